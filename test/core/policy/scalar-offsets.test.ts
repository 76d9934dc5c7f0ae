import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document, Scalar } from "yaml";
import { offsetInScalar, readYaml, type YamlNode } from "../../../core/policy/read-yaml.ts";

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
