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
