import { expect, test } from "vitest";
import { countIn, fieldOf, listOf, objectOf } from "../../../../core/provenance/attribution/json-record.ts";

test.each([
  { value: { a: 1 }, name: "a", field: 1 },
  { value: { a: 1 }, name: "toString", field: undefined },
  { value: JSON.parse('{"__proto__": {"a": 1}}') as unknown, name: "a", field: undefined },
  { value: [1], name: "length", field: undefined },
  { value: "text", name: "length", field: undefined },
  { value: null, name: "a", field: undefined },
])("the field $name of $value", ({ value, name, field }) => {
  expect(fieldOf(value, name)).toBe(field);
});

test.each([
  { value: 0, count: 0 },
  { value: 1_000_000_000, count: 1_000_000_000 },
  { value: 1_000_000_001, count: null },
  { value: -1, count: null },
  { value: 0.5, count: null },
  { value: "1", count: null },
  { value: NaN, count: null },
])("$value as a count is $count", ({ value, count }) => {
  expect(countIn({ value }, "value")).toBe(count);
});

test("what is no object or list is none", () => {
  expect([null, [], "a", 1].map(objectOf)).toEqual([null, null, null, null]);
  expect([null, {}, "a", 1].map(listOf)).toEqual([[], [], [], []]);
});
