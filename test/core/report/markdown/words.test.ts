import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cell, code, path, prose } from "../../../../core/report/markdown/words.ts";
import { activeParts, allNodes, parseMarkdown } from "../markdown-tree.ts";

/** What a reader sees of one line of Markdown; code spans in brackets, and without the breaks that nobody sees. */
function seen(markdown: string): string {
  return allNodes(parseMarkdown(`x ${markdown} y`))
    .map(({ type, value }) => (type === "inlineCode" ? `[${value ?? ""}]` : type === "text" ? (value ?? "") : ""))
    .join("")
    .replaceAll("\u200b", "")
    .slice(2, -2);
}

describe("prose", () => {
  test.each([
    { says: "plain words stay", text: "65 % of 3 lines", shown: "65 % of 3 lines" },
    {
      says: "backticks make code",
      text: "rethrow it with `cause`, or say why",
      shown: "rethrow it with [cause], or say why",
    },
    { says: "code at both ends", text: "`a` and `b`", shown: "[a] and [b]" },
    { says: "an odd backtick is text", text: "a `b` c ` d", shown: "a [b] c ` d" },
    { says: "markup in code is only code", text: "`<b>@x</b>`", shown: "[<b>@x</b>]" },
    { says: "a commit id is code", text: "mark 1405df66cb, and deadbeef", shown: "mark [1405df66cb], and [deadbeef]" },
    { says: "a shorter one is text", text: "see 1405df", shown: "see 1405df" },
    { says: "markup outside is only text", text: "*a* <b> [c](d) @e #1", shown: "*a* <b> [c](d) @e #1" },
  ])("$says", ({ text, shown }) => expect(seen(prose(text))).toBe(shown));

  test("nothing in it acts, whatever it says", () => {
    const bits = fc.constantFrom(
      "`",
      "``",
      "[",
      "](",
      "!",
      "<",
      ">",
      "@a",
      "#1",
      "www.",
      "x.com",
      "http",
      "://",
      "\\",
      "&lt;",
      "|",
      " ",
      "\n",
      "*",
      "_",
      "a",
      "1.",
      "- ",
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 24 }), (parts) => {
        const text = parts.join("");
        for (const line of [
          prose(text),
          `- ${prose(text)}`,
          `| a |\n|---|\n| ${cell(text)} ${code(text)} ${path(text)} |`,
        ]) {
          expect(activeParts(line)).toEqual([]);
        }
      }),
    );
  });
});

test("a cell stays one cell", () => {
  const table = `| a | b |\n|---|---|\n| ${cell("x | y\nz")} | ${code("x | `y`")} |`;
  const row = allNodes(parseMarkdown(table)).filter(({ type }) => type === "tableRow")[1];
  expect(row?.children).toHaveLength(2);
});

test("a path with a line break stays on its line", () => {
  expect(path("a\nb")).toBe('`"a\\nb"`');
});
