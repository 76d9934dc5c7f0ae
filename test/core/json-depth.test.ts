import { expect, test } from "vitest";
import { jsonDepthWithin } from "../../core/json-depth.ts";

test.each([
  { json: "", limit: 0, within: true },
  { json: "7", limit: 0, within: true },
  { json: "[]", limit: 0, within: false },
  { json: "[[1],{}]", limit: 2, within: true },
  { json: "[[1],{}]", limit: 1, within: false },
  { json: '["[[[["]', limit: 1, within: true },
  { json: '["\\"[[[["]', limit: 1, within: true },
  { json: '["\\\\", [[]]]', limit: 2, within: false },
  { json: '["a', limit: 1, within: true },
  { json: "[".repeat(1000), limit: 999, within: false },
])("$json within $limit: $within", ({ json, limit, within }) => {
  expect(jsonDepthWithin(new TextEncoder().encode(json), limit)).toBe(within);
});

test("brackets in a string do not count, however long it is and whatever it escapes", () => {
  for (let length = 0; length <= 140; length += 1)
    for (let slashes = 0; slashes <= 3; slashes += 1) {
      const text = `${"a".repeat(length)}${"\\".repeat(slashes)}"[[[${"\\".repeat(slashes)}${"b".repeat(70)}"`;
      const bytes = new TextEncoder().encode(JSON.stringify([text, [[]]]));
      expect([text, jsonDepthWithin(bytes, 3), jsonDepthWithin(bytes, 2)]).toEqual([text, true, false]);
      // Cut off anywhere it ends.
      expect(jsonDepthWithin(bytes.subarray(0, length + 1), 1)).toBe(true);
    }
});
