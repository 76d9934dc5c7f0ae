import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "../../../core/policy/index.ts";

describe("equal data gives equal text", () => {
  test.each<{ says: string; value: unknown; is: string }>([
    { says: "keys in code-unit order", value: { b: 1, a: { d: 2, c: 3 } }, is: '{"a":{"c":3,"d":2},"b":1}' },
    { says: "lists keep their order", value: [2, 1, { b: 1, a: 2 }], is: '[2,1,{"a":2,"b":1}]' },
    { says: "what is not there is not written", value: { a: undefined, b: null }, is: '{"b":null}' },
    { says: "what is missing in a list keeps its place", value: [undefined, 1], is: "[null,1]" },
    { says: "nothing at all", value: undefined, is: "null" },
    { says: "texts as in JSON", value: 'a"\n', is: '"a\\"\\n"' },
  ])("$says", ({ value, is }) => expect(canonicalJson(value)).toBe(is));

  test("it is JSON, and the order of keys makes no difference", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy: unknown = JSON.parse(canonicalJson(value));
        expect(copy).toEqual(JSON.parse(JSON.stringify(value)));
        expect(digestOf(reversed(copy))).toBe(digestOf(value));
      }),
      { numRuns: 200 },
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
