import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document, Scalar } from "yaml";
import { offsetInScalar, readYaml, type YamlNode } from "../../../core/policy/read-yaml.ts";
import { scalarOffsets } from "../../../core/policy/scalar-offsets.ts";

function scalarIn(text: string): YamlNode {
  const node = readYaml(text).root?.entries.get("if");
  if (node === undefined) throw new Error("there is no key `if`");
  return node;
}

describe("a character of a text is found in the file, however the text is written", () => {
  test.each([
    { says: "plain", text: "if: a == b", find: "b" },
    { says: "single quotes", text: "if: 'a == b'", find: "b" },
    { says: "a doubled quote before it", text: "if: 'it''s == b'", find: "b" },
    { says: "double quotes", text: 'if: "a == b"', find: "b" },
    {
      says: "escapes of every length before it",
      text: String.raw`if: "\"\x41\u0041\U00000041\U0001F600 b"`,
      find: "b",
    },
    { says: "an escaped line break before it", text: 'if: "a &&\\n b"', find: "b" },
    { says: "a text over several lines", text: "if: a &&\n  c &&\n  b", find: "b" },
    { says: "quotes over several lines", text: 'if: "a &&\n  c &&\n\n  b"', find: "b" },
    { says: "a backslash that joins lines", text: 'if: "a && \\\n  b"', find: "b" },
    { says: "a literal block", text: "if: |\n  a &&\n    c &&\n  b\n", find: "b" },
    { says: "a literal block with its own indentation", text: "if: |2\n    a &&\n  b\n", find: "b" },
    { says: "a block with empty lines first", text: "if: |\n\n  a &&\n\n  b\n", find: "b" },
    { says: "a folded block", text: "if: >-\n  a &&\n  c\n\n  && b\n", find: "b" },
    { says: "a folded block with a comment in its header", text: "if: > # why b not\n  a\n   c\n  b\n", find: "b" },
    { says: "windows line ends", text: "if: |\r\n  a &&\r\n  b\r\n", find: "b" },
  ])("$says", ({ text, find }) => {
    const node = scalarIn(text);
    const at = String(node.value).lastIndexOf(find);
    expect(offsetInScalar(node, at)).toBe(text.lastIndexOf(find));
  });

  test.each([
    { says: "before the text", index: -1, is: 5 },
    { says: "at its end", index: 3, is: 8 },
    { says: "far beyond it", index: 99, is: 8 },
  ])("an index $says", ({ index, is }) => expect(offsetInScalar(scalarIn('if: "abc" # d'), index)).toBe(is));

  test("a value that is no text has one place", () => expect(offsetInScalar(scalarIn("if: 1234"), 3)).toBe(4));
});

describe("where each code unit of a text stands in its source, and where it ends", () => {
  test.each([
    { says: "plain", style: "PLAIN", raw: "ab", value: "ab", are: [0, 1, 2] },
    { says: "nothing", style: "PLAIN", raw: "", value: "", are: [0] },
    { says: "a fold, where it begins", style: "PLAIN", raw: "a\r\n\tb", value: "a b", are: [0, 1, 4, 5] },
    { says: "empty lines", style: "PLAIN", raw: "a\n\n b", value: "a\nb", are: [0, 1, 4, 5] },
    { says: "an escaped line break", style: "QUOTE_DOUBLE", raw: '"a\\nb"', value: "a\nb", are: [1, 2, 4, 5] },
    { says: "one before a fold", style: "QUOTE_DOUBLE", raw: '"\\n\n b"', value: "\n b", are: [1, 3, 5, 6] },
    { says: "two digits", style: "QUOTE_DOUBLE", raw: '"\\x41b"', value: "Ab", are: [1, 5, 6] },
    { says: "four digits", style: "QUOTE_DOUBLE", raw: '"\\u0041b"', value: "Ab", are: [1, 7, 8] },
    {
      says: "four digits before others",
      style: "QUOTE_DOUBLE",
      raw: '"\\uabcdabcd"',
      value: "\uabcdabcd",
      are: [1, 7, 8, 9, 10, 11],
    },
    {
      says: "eight digits of a pair",
      style: "QUOTE_DOUBLE",
      raw: '"\\U0001F600b"',
      value: "\u{1f600}b",
      are: [1, 1, 11, 12],
    },
    {
      says: "eight digits of the first pair",
      style: "QUOTE_DOUBLE",
      raw: '"\\U00010000b"',
      value: "\u{10000}b",
      are: [1, 1, 11, 12],
    },
    { says: "eight digits of one", style: "QUOTE_DOUBLE", raw: '"\\U0000FFFFb"', value: "\uffffb", are: [1, 11, 12] },
    { says: "joined lines", style: "QUOTE_DOUBLE", raw: '"a\\\n  b"', value: "ab", are: [1, 6, 7] },
    { says: "joined lines of Windows", style: "QUOTE_DOUBLE", raw: '"a\\\r\n b"', value: "ab", are: [1, 6, 7] },
    {
      says: "a backslash in single quotes",
      style: "QUOTE_SINGLE",
      raw: "'a\\\n b'",
      value: "a\\ b",
      are: [1, 2, 3, 5, 6],
    },
    { says: "a doubled quote", style: "QUOTE_SINGLE", raw: "'a''b'", value: "a'b", are: [1, 2, 4, 5] },
    { says: "two quotes in double ones", style: "QUOTE_DOUBLE", raw: "\"a''b\"", value: "a''b", are: [1, 2, 3, 4, 5] },
    { says: "a block", style: "BLOCK_LITERAL", raw: "|\n  ab\n", value: "ab\n", are: [4, 5, 6, 7] },
    {
      says: "a block without its last line break",
      style: "BLOCK_LITERAL",
      raw: "|\n  a",
      value: "a\n",
      are: [4, 5, 5],
    },
    {
      says: "a block that begins with a line break",
      style: "BLOCK_LITERAL",
      raw: "|\n\n  a",
      value: "\na",
      are: [2, 5, 6],
    },
    {
      says: "one that is indented by what its header counts",
      style: "BLOCK_LITERAL",
      raw: "|1\n   ab\n",
      value: "  ab\n",
      are: [3, 4, 6, 7, 8, 9],
    },
    {
      says: "with what is kept of its end first",
      style: "BLOCK_LITERAL",
      raw: "|-2\n   a",
      value: " a",
      are: [4, 7, 8],
    },
    { says: "and behind it", style: "BLOCK_FOLDED", raw: ">2+\n   a\n", value: " a\n", are: [4, 7, 8, 9] },
    {
      says: "a number in a block that counts nothing",
      style: "BLOCK_LITERAL",
      raw: "|\n  >1 a",
      value: ">1 a",
      are: [4, 5, 6, 7, 8],
    },
    { says: "a header alone", style: "BLOCK_LITERAL", raw: "|", value: "", are: [1] },
    {
      says: "more white space than the source has",
      style: "PLAIN",
      raw: "a b",
      value: "a   b",
      are: [0, 1, 2, 2, 2, 3],
    },
  ] as const)("$says", ({ style, raw, value, are }) => expect(scalarOffsets({ raw, style }, value)).toEqual(are));
});

test("every character that is not white space is found where it stands, for any text in any style", () => {
  const styles = ["PLAIN", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;
  const word = fc.string({ unit: fc.constantFrom("a", "é", "😀", " ", " ", "\n", "'", "b", ":", "#"), maxLength: 60 });
  fc.assert(
    fc.property(word, fc.constantFrom(...styles), (value, style) => {
      const scalar = new Scalar(value);
      scalar.type = style;
      const text = new Document({ if: scalar }).toString({ lineWidth: 20 });
      const node = readYaml(text).root?.entries.get("if");
      fc.pre(node?.value === value && !text.includes('if: "'));
      const found = Array.from({ length: value.length }, (_one, index) => text.charAt(offsetInScalar(node, index)));
      expect(found.map((char, index) => (/\s/.test(value.charAt(index)) ? value.charAt(index) : char)).join("")).toBe(
        value,
      );
    }),
    { numRuns: 500 },
  );
});
