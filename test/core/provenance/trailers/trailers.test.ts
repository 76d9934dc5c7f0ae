import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTrailers } from "../../../../core/provenance/trailers/trailers.ts";
import { cpuTime } from "../../../cpu-time.ts";

const scissors = "# ------------------------ >8 ------------------------";

/** The trailers as lines, the way `git interpret-trailers --parse` prints them. */
function printed(message: string): string[] {
  return readTrailers(message).trailers.map(({ key, value }) => `${key}: ${value}`);
}

describe("which lines git takes for trailers", () => {
  test.each([
    { says: "a trailer in the last paragraph counts", message: "Fix\n\nA: 1\n", trailers: ["A: 1"] },
    { says: "the first paragraph is the title", message: "A: 1\n", trailers: [] },
    { says: "no blank line after the subject, no trailers", message: "Fix\nA: 1\n", trailers: [] },
    { says: "a message of trailers alone has a title and no trailers", message: "A: 1\nB: 2\n", trailers: [] },
    { says: "after an empty first line there is no title", message: "\nA: 1\n", trailers: ["A: 1"] },
    { says: "comments before the title are skipped", message: "# c\nFix\n\nA: 1\n", trailers: ["A: 1"] },
    { says: "only the last paragraph counts", message: "Fix\n\nA: 1\n\nB: 2\n", trailers: ["B: 2"] },
    { says: "the same words before prose do not count", message: "Fix\n\nA: 1\n\nprose\n", trailers: [] },
    { says: "order and repeats are kept", message: "Fix\n\nA: 2\na: 1\nA: 2\n", trailers: ["A: 2", "a: 1", "A: 2"] },
    { says: "a missing last newline changes nothing", message: "Fix\n\nA: 1", trailers: ["A: 1"] },
    { says: "a paragraph with prose is no block", message: "Fix\n\nA: 1\nprose\n", trailers: [] },
    { says: "blanks may stand before the colon", message: "Fix\n\nA \t: 1\n", trailers: ["A: 1"] },
    { says: "no blank is needed after it", message: "Fix\n\nA:1\n", trailers: ["A: 1"] },
    { says: "an empty value is a trailer", message: "Fix\n\nA:\nB: 2\n", trailers: ["A: ", "B: 2"] },
    { says: "a key with a blank inside is none", message: "Fix\n\nBREAKING CHANGE: x\nA: 1\n", trailers: [] },
    { says: "an underscore spoils the block", message: "Fix\n\nAI_Model: x\nA: 1\n", trailers: [] },
    { says: "so does a letter beyond ASCII", message: "Fix\n\nÄ: 1\nA: 1\n", trailers: [] },
    { says: "and a look-alike of `A`", message: "Fix\n\nАI-Session: 1\n", trailers: [] },
    { says: "`Fixes #12` spoils the block", message: "Fix\n\nA: 1\nFixes #12\n", trailers: [] },
    { says: "`Fixes: #12` does not", message: "Fix\n\nFixes: #12\n", trailers: ["Fixes: #12"] },
    { says: "a bare link is a trailer", message: "Fix\n\nhttps://claude.ai/x\n", trailers: ["https: //claude.ai/x"] },
    { says: "`---` ends nothing in a commit", message: "Fix\n\nA: 1\n---\n\nB: 2\n", trailers: ["B: 2"] },
    { says: "and in a paragraph it is prose", message: "Fix\n\nA: 1\n---\n", trailers: [] },
  ])("$says", ({ message, trailers }) => expect(printed(message)).toEqual(trailers));
});

describe("the quarter rule", () => {
  test.each([
    {
      says: "one sign-off carries three other lines",
      message: "Fix\n\na\nb\nc\nSigned-off-by: x\n",
      trailers: ["Signed-off-by: x"],
    },
    { says: "but not four", message: "Fix\n\na\nb\nc\nd\nSigned-off-by: x\n", trailers: [] },
    {
      says: "two trailers carry six",
      message: "Fix\n\na\nb\nc\nd\ne\nf\nA: 1\nSigned-off-by: x\n",
      trailers: ["A: 1", "Signed-off-by: x"],
    },
    { says: "the sign-off's spelling is git's own", message: "Fix\n\na\nsigned-off-by: x\n", trailers: [] },
    { says: "and so is its spacing", message: "Fix\n\na\nSigned-off-by:x\n", trailers: [] },
    {
      says: "a cherry-pick line carries others and is no trailer itself",
      message: "Fix\n\nprose\nA: 1\n(cherry picked from commit 12)\n",
      trailers: ["A: 1"],
    },
    {
      says: "a footer glued to co-authors hides them, and a sign-off brings them back",
      message: "Fix\n\n🤖 Generated\nCo-authored-by: A <a@b.c>\nSigned-off-by: B <b@b.c>\n",
      trailers: ["Co-authored-by: A <a@b.c>", "Signed-off-by: B <b@b.c>"],
    },
    {
      says: "indented lines count with the prose above them",
      message: "Fix\n\na\n b\n c\n d\nSigned-off-by: x\n",
      trailers: [],
    },
    {
      says: "and with the trailer above them, not as lines of their own",
      message: "Fix\n\nA: 1\n b\n c\n d\nSigned-off-by: x\n",
      trailers: ["A: 1 b c d", "Signed-off-by: x"],
    },
    {
      says: "a comment between a trailer and its continuation makes that prose",
      message: "Fix\n\nA: 1\n# c\n b\n",
      trailers: [],
    },
  ])("$says", ({ message, trailers }) => expect(printed(message)).toEqual(trailers));
});

describe("folded values", () => {
  test.each([
    { says: "a continuation is joined with one blank", message: "Fix\n\nA: 1\n  \t2\n", trailers: ["A: 1 2"] },
    { says: "an empty first line gives the next one", message: "Fix\n\nA:\n  2\n", trailers: ["A: 2"] },
    { says: "blank continuations vanish", message: "Fix\n\nA: 1\n \n", trailers: ["A: 1"] },
    { says: "CRLF is tolerated", message: "Fix\r\n\r\nA: 1\r\nB: 2\r\n", trailers: ["A: 1", "B: 2"] },
    { says: "inside a folded value the CR stays", message: "Fix\n\nA: 1\r\n 2\r\n", trailers: ["A: 1\r 2"] },
    { says: "white space beyond ASCII is text", message: "Fix\n\nA: \u00a01\u2003\n", trailers: ["A: \u00a01\u2003"] },
    { says: "so are form feeds", message: "Fix\n\nA: \f1\v\n", trailers: ["A: \f1\v"] },
    { says: "a blank-only line ends a paragraph", message: "Fix\n\nA: 1\n \t\nB: 2\n", trailers: ["B: 2"] },
  ])("$says", ({ message, trailers }) => expect(printed(message)).toEqual(trailers));
});

describe("what is cut off before trailers are looked for", () => {
  test.each([
    { says: "blank lines", message: "Fix\n\nA: 1\n\n\n", trailers: ["A: 1"] },
    { says: "comments", message: "Fix\n\nA: 1\n# c\n#\n", trailers: ["A: 1"] },
    { says: "a comment inside the block", message: "Fix\n\nA: 1\n# B: 2\nC: 3\n", trailers: ["A: 1", "C: 3"] },
    { says: "a Markdown heading is a comment", message: "Fix\n\nA: 1\n## Heading\n", trailers: ["A: 1"] },
    { says: "an old conflicts block", message: "Fix\n\nA: 1\n\nConflicts:\n\ta.c\n\tb.c\n", trailers: ["A: 1"] },
    { says: "one glued to the trailers", message: "Fix\n\nx: 1\nConflicts:\n", trailers: ["x: 1"] },
    { says: "without its newline it is a trailer", message: "Fix\n\nConflicts:", trailers: ["Conflicts: "] },
    { says: "below the scissors", message: `Fix\n\nA: 1\n${scissors}\nB: 2\n`, trailers: ["A: 1"] },
    { says: "all of it when they come first", message: `${scissors}\nFix\n\nA: 1\n`, trailers: [] },
    { says: "not below scissors with a blank after them", message: `Fix\n\n${scissors} \nB: 2\n`, trailers: ["B: 2"] },
    { says: "after a NUL", message: "Fix\n\nA: 1\n\0\n\nB: 2\n", trailers: ["A: 1"] },
  ])("$says", ({ message, trailers }) => expect(printed(message)).toEqual(trailers));
});

describe("where the block stands", () => {
  test.each([
    {
      says: "its lines, from 1",
      message: "Fix\n\nA: 1\n b\nB: 2\n\n",
      block: { startLine: 3, endLine: 5 },
      lines: [3, 5],
    },
    { says: "none, no block", message: "Fix\n\nprose\n", block: null, lines: [] },
    {
      says: "a block may hold no trailer that is printed",
      message: "Fix\n\n(cherry picked from commit 12)\n",
      block: { startLine: 3, endLine: 3 },
      lines: [],
    },
  ])("$says", ({ message, block, lines }) => {
    const reading = readTrailers(message);
    expect(reading.block).toEqual(block);
    expect(reading.trailers.map(({ line }) => line)).toEqual(lines);
  });

  test("the last line that git looks at", () => {
    expect(readTrailers(`Fix\n\nA: 1\n\n# c\n${scissors}\nB: 2\n`).lastLine).toBe(3);
    expect(readTrailers("").lastLine).toBe(0);
  });
});

describe("faults row 41: messages of any size and kind", () => {
  const many = "A: 1\n".repeat(10_000);
  const folded = "A: 1\n" + " more\n".repeat(1_000);
  const tenMegabytes = "x".repeat(9_000_000) + "\n\n" + "k: v\n".repeat(200_000);
  test.each([
    { says: "no subject", message: "", count: 0 },
    { says: "10,000 equal trailers", message: `Fix\n\n${many}`, count: 10_000 },
    { says: "1,000 folded lines", message: `Fix\n\n${folded}`, count: 1 },
    { says: "10 MB", message: tenMegabytes, count: 200_000 },
    { says: "a million blank lines", message: "Fix\n" + "\n".repeat(1_000_000), count: 0 },
    { says: "1 MB of indented lines", message: "Fix\n\nA: 1\n" + " x\n".repeat(330_000), count: 1 },
    { says: "1 MB of comments", message: "Fix\n\nA: 1\n" + "#\n".repeat(500_000), count: 1 },
  ])("$says", ({ message, count }) => {
    const spent = cpuTime();
    expect(readTrailers(message).trailers).toHaveLength(count);
    // A linear reader needs well under a second; a quadratic one would need hours.
    expect(spent()).toBeLessThan(10_000);
  });

  test("any text is read, and read the same again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (message) => {
        const reading = readTrailers(message);
        expect(readTrailers(message)).toEqual(reading);
        for (const { key, value } of reading.trailers) expect(`${key}: ${value}`).not.toContain("\n");
      }),
    );
  });
});
