import { describe, expect, test } from "vitest";
import { endOfMatch } from "../../../../core/ownership/codeowners/wildcards.ts";

const rules = {
  isStar: (part: string) => part === "*",
  fits: (part: string, item: string) => part === "?" || part === item,
};

describe("where the shortest stretch ends that fits", () => {
  test.each([
    { parts: "", items: "", end: 0, whole: 0 },
    { parts: "", items: "a", end: 0, whole: null },
    { parts: "a", items: "", end: null, whole: null },
    { parts: "a", items: "a", end: 1, whole: 1 },
    { parts: "a", items: "ab", end: 1, whole: null },
    { parts: "b", items: "ab", end: null, whole: null },
    { parts: "?b", items: "ab", end: 2, whole: 2 },
    { parts: "?", items: "", end: null, whole: null },
    { parts: "a?", items: "a", end: null, whole: null },
    { parts: "*", items: "", end: 0, whole: 0 },
    { parts: "*", items: "ab", end: 0, whole: 2 },
    { parts: "a*", items: "abc", end: 1, whole: 3 },
    { parts: "*b", items: "abcb", end: 2, whole: 4 },
    { parts: "*b", items: "abc", end: 2, whole: null },
    { parts: "*bc", items: "abbc", end: 4, whole: 4 },
    { parts: "*a", items: "", end: null, whole: null },
    { parts: "*a", items: "bb", end: null, whole: null },
    { parts: "a*b*c", items: "axbxxc", end: 6, whole: 6 },
    { parts: "a*b*c", items: "abcc", end: 3, whole: 4 },
    { parts: "**a", items: "ba", end: 2, whole: 2 },
    { parts: "*ab*ab", items: "ab", end: null, whole: null },
  ])("$parts in $items: $end, in all of it $whole", ({ parts, items, end, whole }) => {
    expect(endOfMatch(rules, Array.from(parts), Array.from(items), false)).toBe(end);
    expect(endOfMatch(rules, Array.from(parts), Array.from(items), true)).toBe(whole);
  });
});

test("a star at the end takes what is left at once, not item by item", () => {
  let reads = 0;
  const parts = new Proxy(["a", "*"], {
    get: (target, key, receiver): unknown => {
      reads += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const items = ["a", ...Array.from({ length: 1_000 }, () => "b")];
  expect(endOfMatch(rules, parts, items, true)).toBe(items.length);
  expect(reads).toBeLessThan(10);
});
