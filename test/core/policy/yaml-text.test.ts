import { describe, expect, test } from "vitest";
import { checkYamlText, legibleText, nestingProblem, visibleText, yamlLimits } from "../../../core/policy/yaml-text.ts";

/** `offset code what`, of each problem of a text. */
function told(text: string): string[] {
  return checkYamlText(text).problems.map(({ offset, code, what }) => `${offset} ${code} ${what}`);
}

const hidden = "CS004 a control or text-direction character stands here";
const width = "CS004 a character without width, which nobody sees, stands here";
const space = "CS004 a no-break space stands here, and YAML does not take it for a space";
const tab = "CS005 a tab stands here";
const directive = "CS017 a YAML directive stands here";

describe("the largest file", () => {
  test.each([
    { says: "is 256 kB of letters", text: `#${"a".repeat(262_143)}`, are: [] },
    { says: "is no letter more", text: `#${"a".repeat(262_144)}`, are: ["0 CS001 the file is larger than 256 kB"] },
    { says: "is half as many of two bytes", text: "é".repeat(131_072), are: [] },
    { says: "and no letter more", text: `${"é".repeat(131_072)}a`, are: ["0 CS001 the file is larger than 256 kB"] },
  ])("$says", ({ text, are }) => {
    expect(told(text)).toEqual(are);
    expect(checkYamlText(text).fatal).toBe(are.length > 0);
  });
});

describe("characters that no reader sees as they are", () => {
  test.each([
    { says: "plain text", text: "a: é 👩\r\nb: 1\n", are: [] },
    {
      says: "a byte order mark at the start",
      text: "\ufeffa",
      are: ["0 CS004 the file begins with a byte order mark"],
    },
    { says: "and further down", text: "a\ufeff", are: [`1 ${hidden}`] },
    {
      says: "a second one at the start",
      text: "\ufeff\ufeff",
      are: ["0 CS004 the file begins with a byte order mark", `1 ${hidden}`],
    },
    { says: "a byte that is not UTF-8", text: "a\ufffd", are: ["1 CS004 a byte that is not UTF-8 stands here"] },
    { says: "a space without width", text: "a\u200b", are: [`1 ${width}`] },
    { says: "a word joiner", text: "ab\u2060", are: [`2 ${width}`] },
    { says: "a tab", text: "a\t", are: [`1 ${tab}`] },
    { says: "the first control character", text: "a\u0000", are: [`1 ${hidden}`] },
    { says: "the last below the space", text: "a\u001f", are: [`1 ${hidden}`] },
    { says: "a space", text: "a ", are: [] },
    { says: "a tilde", text: "a~", are: [] },
    { says: "delete", text: "a\u007f", are: [`1 ${hidden}`] },
    { says: "the last control character", text: "a\u009f", are: [`1 ${hidden}`] },
    { says: "an inverted exclamation mark", text: "a\u00a1", are: [] },
    { says: "a carriage return alone", text: "a\rb", are: [`1 ${hidden}`] },
    { says: "one at the end", text: "a\r", are: [`1 ${hidden}`] },
    { says: "an Arabic letter mark", text: "a\u061c", are: [`1 ${hidden}`] },
    { says: "a left-to-right mark", text: "a\u200e", are: [`1 ${hidden}`] },
    { says: "a right-to-left mark", text: "a\u200f", are: [`1 ${hidden}`] },
    { says: "a joiner, which an emoji has", text: "a\u200d", are: [] },
    { says: "a hyphen", text: "a\u2010", are: [] },
    { says: "an ellipsis in the middle of the line", text: "a\u2027", are: [] },
    { says: "a line separator", text: "a\u2028", are: [`1 ${hidden}`] },
    { says: "a right-to-left override", text: "a\u202e", are: [`1 ${hidden}`] },
    { says: "a narrow no-break space", text: "a\u202f", are: [] },
    { says: "an invisible plus", text: "a\u2064", are: [] },
    { says: "an isolate", text: "a\u2066", are: [`1 ${hidden}`] },
    { says: "its end", text: "a\u2069", are: [`1 ${hidden}`] },
    { says: "behind it", text: "a\u206a", are: [] },
    { says: "the first half of a pair alone", text: "a\ud800b", are: [`1 ${hidden}`] },
    { says: "the last of the first halves", text: "a\udbff", are: [`1 ${hidden}`] },
    { says: "the second half alone", text: "a\udc00", are: [`1 ${hidden}`] },
    { says: "the last of the second halves", text: "\udfff", are: [`0 ${hidden}`] },
    { says: "the first pair", text: "\ud800\udc00", are: [] },
    { says: "the last pair", text: "\udbff\udfff", are: [] },
    { says: "two first halves", text: "\udbff\udbff\udfff", are: [`0 ${hidden}`] },
    { says: "two second halves", text: "\udbff\udfff\udfff", are: [`2 ${hidden}`] },
    { says: "a private character", text: "a\ue000", are: [] },
    {
      says: "the first of each kind alone",
      text: "\t\t\u200b\u200b\u202e\u202e",
      are: [`2 ${width}`, `0 ${tab}`, `4 ${hidden}`],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("a no-break space that is meant to separate", () => {
  const nbsp = "\u00a0";
  test.each([
    { says: "at the start of a line", text: `a:\n${nbsp}b: 1`, are: [`3 ${space}`] },
    { says: "at the start of the file", text: `${nbsp}a: 1`, are: [`0 ${space}`] },
    { says: "behind a dash", text: `-${nbsp}a`, are: [`1 ${space}`] },
    { says: "behind an indented dash", text: `a:\n  -${nbsp}a`, are: [`6 ${space}`] },
    { says: "behind a colon", text: `a:${nbsp}b`, are: [`2 ${space}`] },
    { says: "behind a colon and a space", text: `a: ${nbsp}b`, are: [`3 ${space}`] },
    { says: "behind a comma", text: `a: [b,${nbsp}c]`, are: [`6 ${space}`] },
    { says: "behind a bracket", text: `a: [${nbsp}c]`, are: [`4 ${space}`] },
    { says: "behind a brace", text: `a: {${nbsp}c: 1}`, are: [`4 ${space}`] },
    { says: "within a text", text: `a: b${nbsp}c`, are: [] },
    { says: "behind a word that ends with a dash", text: `a: b-${nbsp}c`, are: [] },
    { says: "in quotes", text: `a: "b:${nbsp}c"`, are: [] },
    { says: "in single quotes", text: `a: 'b:${nbsp}c'`, are: [] },
    { says: "in a comment", text: `a: 1 # b:${nbsp}c`, are: [] },
    { says: "behind one within a text", text: `a: b${nbsp}c\nd:${nbsp}e`, are: [`9 ${space}`] },
    { says: "behind a quote on the line before", text: `a: "b"\nc:${nbsp}d`, are: [`9 ${space}`] },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));

  test("is looked for in the 200 characters before it alone", () => {
    const far = (count: number) => `"${"a".repeat(count)}:${nbsp}b`;
    expect([far(198), far(199)].map(told)).toEqual([[], [`201 ${space}`]]);
  });
});

describe("a directive", () => {
  test.each([
    { says: "on the first line", text: "%YAML 1.1\n---", are: [`0 ${directive}`] },
    { says: "further down", text: "a: 1\n%TAG ! x", are: [`5 ${directive}`] },
    { says: "is none within a line", text: "a: 80%", are: [] },
    { says: "is none with a blank before it", text: "a:\n %x", are: [] },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("what is no text is not read any further", () => {
  test.each([
    { says: "plain text", text: "a: 1", fatal: false },
    { says: "a tab", text: "a:\tb", fatal: false },
    { says: "a tab and Windows line ends", text: "a:\tb\r\n", fatal: false },
    { says: "a text-direction character", text: "a: \u202e", fatal: false },
    { says: "a pair of halves beside a tab", text: "a:\t👩", fatal: false },
    { says: "a byte that is not UTF-8", text: "a: \ufffd", fatal: true },
    { says: "a control character", text: "a: \u0001", fatal: true },
    { says: "a carriage return alone", text: "a: \rb", fatal: true },
    { says: "half a pair", text: "a: \ud800", fatal: true },
    { says: "too deep", text: "[".repeat(33), fatal: true },
  ])("$says: $fatal", ({ text, fatal }) => expect(checkYamlText(text).fatal).toBe(fatal));
});

describe("the depth and the size of a document", () => {
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_one, index) => line(index)).join("\n");
  const stair = (count: number) => lines(count, (index) => `${" ".repeat(index)}a:`);
  const deep = (offset: number) => `${offset} CS002`;
  const many = (offset: number) => `${offset} CS003`;

  test.each([
    { says: "32 brackets", text: "[".repeat(32), is: null },
    { says: "33 brackets", text: "[".repeat(33), is: deep(32) },
    { says: "32 braces", text: "{".repeat(32), is: null },
    { says: "33 braces", text: "{".repeat(33), is: deep(32) },
    { says: "as many one after the other", text: `[${"[],".repeat(100)}]`, is: null },
    { says: "as many braces", text: `[${"{},".repeat(100)}]`, is: null },
    { says: "more ends than beginnings", text: `${"]".repeat(9)}\n${"[".repeat(33)}`, is: deep(42) },
    { says: "32 dashes", text: "- ".repeat(32), is: null },
    { says: "33 dashes", text: "- ".repeat(33), is: deep(64) },
    { says: "32 question marks", text: "? ".repeat(32), is: null },
    { says: "33 question marks", text: "? ".repeat(33), is: deep(64) },
    { says: "keys below each other 32 times", text: stair(32), is: null },
    { says: "keys below each other 33 times", text: stair(33), is: deep(625) },
    { says: "keys side by side", text: lines(100, (index) => `k${index}:`), is: null },
    { says: "keys side by side within one", text: `a:\n${lines(100, (index) => `  k${index}: 1`)}`, is: null },
    { says: "dashes side by side", text: lines(100, () => "- a"), is: null },
    { says: "dashes and keys side by side", text: lines(100, () => "- a: 1\n  b: 2"), is: null },
    { says: "what is as deep again behind a shallow key", text: `${stair(31)}\nb: 1\n${stair(31)}`, is: null },
    { says: "brackets within 31 keys", text: `${stair(31)} [`, is: null },
    { says: "two brackets within 31 keys", text: `${stair(31)} [[`, is: deep(559) },
    { says: "brackets within quotes", text: `a: "${"[".repeat(99)}"`, is: null },
    { says: "brackets within a comment", text: `a: 1 # ${"[".repeat(99)}`, is: null },
    { says: "colons within brackets, which make no block", text: `[${"a: 1,".repeat(99)}]`, is: null },
    { says: "brackets that a document's end gives up", text: `${"[".repeat(20)}\n---\n${"[".repeat(20)}`, is: null },
    { says: "4,999 items in a list", text: `[${"a,".repeat(4_999)}]`, is: null },
    { says: "5,000 items in a list", text: `[${"a,".repeat(5_000)}]`, is: many(9_999) },
    { says: "quoted ones", text: `[${"'a',".repeat(5_000)}]`, is: many(4 * 4_999 + 1) },
    { says: "ones in double quotes", text: `[${'"a",'.repeat(5_000)}]`, is: many(4 * 4_999 + 1) },
    { says: "aliases", text: `[${"*a,".repeat(5_000)}]`, is: many(3 * 4_999 + 1) },
    { says: "mappings", text: `[${"{},".repeat(5_000)}]`, is: many(3 * 4_999 + 1) },
    { says: "lists", text: `[${"[],".repeat(5_000)}]`, is: many(3 * 4_999 + 1) },
    { says: "10,000 marks", text: `[${",".repeat(10_000)}`, is: null },
    { says: "10,001 marks", text: `[${",".repeat(10_001)}`, is: many(10_001) },
    { says: "a comment and an empty line for each", text: lines(9_000, () => "# c\n"), is: null },
  ])("$says", ({ text, is }) => {
    const found = nestingProblem(text);
    expect(found === null ? null : `${found.offset} ${found.code}`).toBe(is);
  });

  test("each limit says what to do", () => {
    const fixOf = (text: string) => checkYamlText(text).problems.map(({ what, fix }) => `${what}. ${fix}`);
    expect([fixOf("[".repeat(33)), fixOf(`[${"a,".repeat(5_000)}]`), fixOf("a".repeat(yamlLimits.bytes + 1))]).toEqual([
      ["nested deeper than 32 levels. Flatten it: no key of a policy needs more than 8."],
      ["the file holds more than 5,000 values. Use fewer, wider patterns."],
      ["the file is larger than 256 kB. Shorten it."],
    ]);
  });
});

describe("a text that is read for what else there is to tell", () => {
  test.each([
    { says: "has blanks for no-break spaces", text: "a:\u00a0b\u00a0", is: "a: b " },
    { says: "has comments for directives", text: "%YAML 1.1\na: 80%\n%T", is: "#YAML 1.1\na: 80%\n#T" },
    { says: "keeps everything else", text: "a: \u202e\tb", is: "a: \u202e\tb" },
  ])("$says", ({ text, is }) => expect(legibleText(text)).toBe(is));

  test.each([
    { says: "has no characters without width", text: "a\u200bb\u2060c", is: "abc" },
    { says: "nor any that turn it around", text: "a\u202eb\ufeffc\u0001", is: "abc" },
    { says: "keeps everything else", text: "a é👩\u00a0-", is: "a é👩\u00a0-" },
  ])("a name $says", ({ text, is }) => expect(visibleText(text)).toBe(is));
});
