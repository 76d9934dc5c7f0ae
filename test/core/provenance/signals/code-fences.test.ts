import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, test } from "vitest";
import { codeFences } from "../../../../core/provenance/signals/code-fences.ts";
import { cpuTime } from "../../../cpu-time.ts";

/** One letter for each line: `q` where it is quoted. */
function quoted(text: string): string {
  const isFenced = codeFences();
  return text
    .split("\n")
    .map((line) => (isFenced(line) ? "q" : "."))
    .join("");
}

describe("a fence", () => {
  test.each([
    { says: "of backticks", text: "a\n```\nb\n```\nc", lines: ".qqq." },
    { says: "of tildes", text: "~~~\nb\n~~~\nc", lines: "qqq." },
    { says: "with a language", text: "```sh\nb\n```\nc", lines: "qqq." },
    { says: "with line breaks of Windows", text: "```\r\nb\r\n```\r\nc", lines: "qqq." },
    { says: "with blanks behind it", text: "```\nb\n```  \t\nc", lines: "qqq." },
    { says: "code within a text is none", text: "```npm test``` passes\nb", lines: ".." },
    { says: "a backtick in the language is none", text: "``` a`b\nb", lines: ".." },
    { says: "a backtick behind tildes is one", text: "~~~ a`b\nb\n~~~\nc", lines: "qqq." },
    { says: "two backticks are none", text: "``\nb", lines: ".." },
    { says: "four hold three", text: "````\n```\nb\n```\n````\nc", lines: "qqqqq." },
    { says: "more close it", text: "```\nb\n`````\nc", lines: "qqq." },
    { says: "tildes stand in backticks", text: "```\n~~~\nb\n```\nc", lines: "qqqq." },
    { says: "backticks stand in tildes", text: "~~~\n```\nb\n~~~\nc", lines: "qqqq." },
    { says: "with a word behind it closes nothing", text: "```\nb\n``` c\n```\nd", lines: "qqqq." },
    { says: "that is not closed quotes the rest", text: "```\nb\n\nc", lines: "qqqq" },
    { says: "indented by three", text: "   ```\nb\n   ```\nc", lines: "qqq." },
    { says: "indented by four is none", text: "a\n\n    ```\nb", lines: "...." },
    { says: "indented by a tab is none", text: "a\n\n\t```\nb", lines: "...." },
    { says: "indented by four closes nothing", text: "```\n    ```\n```\nc", lines: "qqq." },
    { says: "in a quotation is the quotation's", text: "> ```\n> b\nc\n> ```\nd", lines: "....." },
    { says: "in a list item", text: "- ```\n  b\n  ```\nc", lines: "qqq." },
    { says: "below a list item's text", text: "1.  a\n\n    ```\n    b\n    ```\nc", lines: "..qqq." },
    { says: "in an item of an item", text: "- 1. ```\n     b\n     ```\n  c", lines: "qqq." },
    { says: "ends with its list item", text: "- ```\n  b\nc\nd", lines: "qq.." },
    { says: "behind a list item that is over", text: "- a\n\nb\n\n    ```\nc", lines: "......" },
    { says: "far behind a list marker is none", text: "-      ```\nb", lines: ".." },
    { says: "behind a dash without a blank is none", text: "-```\nb", lines: ".." },
    { says: "behind an empty item", text: "-\n  ```\n  b\n  ```\nc", lines: ".qqq." },
  ])("$says", ({ text, lines }) => expect(quoted(text)).toBe(lines));

  test("is where a Markdown reader sees one", () => {
    const marks = ["```", "````", "~~~", "~~~~", "```a", "~~~ a`", "```a```", "text", "", " ```", "    ```", "``` b"];
    const lines = fc.array(fc.constantFrom(...marks), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(lines, (all) => {
        expect(quoted(all.join("\n"))).toBe(fencedByMarkdown(all));
      }),
      { numRuns: 500 },
    );
  });

  test("a line of many markers is read in time", () => {
    const spent = cpuTime();
    quoted(
      `${"- ".repeat(30_000)}\n${"1. ".repeat(20_000)}\n${" ".repeat(60_000)}\n${"- ".repeat(30_000)}${" ".repeat(30_000)}\n${"`".repeat(60_000)}`,
    );
    expect(spent()).toBeLessThan(1_000);
  });
});

/** Indented code is code too, and no fence. */
function fencedByMarkdown(lines: readonly string[]): string {
  const text = lines.join("\n");
  const letters = lines.map(() => ".");
  for (const { type, position } of fromMarkdown(text).children) {
    if (type !== "code" || position === undefined) continue;
    const isFence = ["`", "~"].includes(text[position.start.offset ?? 0] ?? "");
    if (isFence) letters.fill("q", position.start.line - 1, position.end.line);
  }
  return letters.join("");
}
