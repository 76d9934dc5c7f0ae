import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visibleLines } from "../../../../core/provenance/signals/visible-lines.ts";
import { cpuTime } from "../../../cpu-time.ts";

function shown(body: string): string {
  return visibleLines(body)
    .map(({ text }) => text)
    .join("|");
}

describe("what a reader of a body is shown", () => {
  test.each([
    { says: "text", body: "a\n\n  b  \r\nc", shows: "a|b|c" },
    { says: "no fenced code", body: "a\n```\nb\n```\nc", shows: "a|c" },
    { says: "no code fenced with tildes", body: "~~~sh\nb\n~~~\nc", shows: "c" },
    { says: "three backticks within four are code", body: "````\n```\nb\n```\n````\nc", shows: "c" },
    { says: "code within a line opens no fence", body: "```x``` starts\nb", shows: "```x``` starts|b" },
    { says: "no template", body: "a\n<!--\nb\n\nc\n-->\nd", shows: "a|<!--|d" },
    { says: "a comment of one line", body: "<!-- a -->\nb", shows: "<!-- a -->|b" },
    { says: "a comment within code is none", body: "```\n<!--\n```\nb", shows: "b" },
    { says: "nor within a code span", body: "write `<!--` here\nb", shows: "write `<!--` here|b" },
    { says: "nor a fence within a comment", body: "<!--\n```\n-->\nb", shows: "<!--|b" },
    { says: "a comment within a paragraph", body: "a <!-- b\nc\n--> d\ne", shows: "a <!-- b|e" },
    { says: "which ends with the paragraph", body: "a <!-- b\nc\n\nd", shows: "a <!-- b|d" },
    {
      says: "a second comment on the line stays open",
      body: "<!-- a --> <!-- b\nc\n-->\nd",
      shows: "<!-- a --> <!-- b|d",
    },
  ])("$says", ({ body, shows }) => expect(shown(body)).toBe(shows));

  test("lines keep their numbers", () =>
    expect(visibleLines("a\n```\nb\n```\n\nc").map(({ line }) => line)).toEqual([1, 6]));
});

test("any body is read at once", () => {
  const parts = fc.constantFrom("```", "`", "~~~", "<!--", "-->", "a", "\n", " ", "- ");
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (pieces) => {
      const body = pieces.join("");
      const lines = body.split("\n");
      for (const { text, line } of visibleLines(body)) expect(lines[line - 1]?.trim()).toBe(text);
    }),
  );
  const spent = cpuTime();
  visibleLines(`<!-- ${"`".repeat(3)} ${"` `` ```` <!-- ".repeat(50_000)}`);
  visibleLines("a <!-- `b\n\n".repeat(50_000));
  expect(spent()).toBeLessThan(2_000);
});
