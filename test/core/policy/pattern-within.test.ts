import fc from "fast-check";
import { expect, test } from "vitest";
import { compileGlob, globMatches } from "../../../core/policy/glob.ts";
import { globIsWithin } from "../../../core/policy/pattern-within.ts";
import { newWork } from "../../../core/policy/work.ts";

test.each([
  { one: "src/auth/**", other: "**", is: true },
  { one: "src/auth/**", other: "src/**", is: true },
  { one: "src", other: "src/**", is: true },
  { one: "src/a/auth/x", other: "**/auth/**", is: true },
  { one: "src/a.ts", other: "src/*.ts", is: true },
  { one: "src/?.ts", other: "src/*.ts", is: true },
  { one: "src/*.ts", other: "src/*", is: true },
  { one: "src/ab.ts", other: "src/a?.ts", is: true },
  { one: "?*", other: "?*", is: true },
  { one: "**", other: "src/**", is: false },
  { one: "src/**", other: "src/auth/**", is: false },
  { one: "src/**", other: "src/*", is: false },
  { one: "src/*.ts", other: "src/?.ts", is: false },
  { one: "src/authz/**", other: "src/auth/**", is: false },
  { one: "**", other: "**/*", is: false },
])("$one within $other: $is", ({ one, other, is }) => expect(globIsWithin(one, other)).toBe(is));

test("comparing two patterns counts as work", () => {
  const work = newWork(Infinity);
  expect(globIsWithin("src/a", "lib", work)).toBe(false);
  // Both lengths, and beginning to match.
  expect(work.spent).toBe(5 + 3 + 3);
});

test("what a pattern matches, one that it lies within matches too", () => {
  const text = (units: readonly string[], most: number) =>
    fc.string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: most });
  const paths = (segment: fc.Arbitrary<string>) =>
    fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const wild = text(["a", "b", "*", "?"], 3).filter((part) => !part.includes("**"));
  const pattern = paths(fc.oneof(wild, fc.constant("**")));
  const path = paths(text(["a", "b"], 3));
  const seen = { within: 0 };
  fc.assert(
    fc.property(pattern, pattern, fc.array(path, { minLength: 20, maxLength: 20 }), (one, other, tried) => {
      if (!globIsWithin(one, other)) return;
      seen.within += 1;
      const [inner, outer] = [compileGlob(one), compileGlob(other)];
      expect(tried.filter((name) => globMatches(inner, name) && !globMatches(outer, name))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  expect(seen.within).toBeGreaterThan(50);
});
