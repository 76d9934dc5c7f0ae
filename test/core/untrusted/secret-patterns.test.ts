import { expect, test } from "vitest";
import { secretPatterns } from "../../../core/untrusted/index.ts";
import { canaries } from "../../untrusted-canaries.ts";

test.each(secretPatterns.map((pattern, index) => ({ index, ...pattern })))(
  "row $index, $kind, finds a canary of its own and nothing in words",
  ({ kind, description, source, find }) => {
    expect(kind).toMatch(/^[a-z][a-z0-9-]{2,39}$/);
    expect(description).toMatch(/^[A-Za-z]/);
    expect(source.length).toBeGreaterThan(5);
    expect(canaries.filter((canary) => canary.kind === kind && find(canary.value).length > 0)).not.toEqual([]);
    expect(find("Just words, 12 numbers and src/a/path.ts with a (note).")).toEqual([]);
  },
);

test("every canary belongs to a row", () => {
  const kinds = new Set(secretPatterns.map((pattern) => pattern.kind));
  expect(canaries.filter((canary) => !kinds.has(canary.kind))).toEqual([]);
});

test("no two canaries are the same", () => {
  expect(new Set(canaries.map((canary) => canary.value)).size).toBe(canaries.length);
});
