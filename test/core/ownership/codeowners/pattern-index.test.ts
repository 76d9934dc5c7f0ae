import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../core/ownership/codeowners/pattern.ts";
import { indexPatterns } from "../../../../core/ownership/codeowners/pattern-index.ts";
import { matchOwners, parseCodeowners, problemsThatCouldDecide } from "../../../../core/ownership/index.ts";
import { Problem } from "../../../../core/problem.ts";
import { path, pattern } from "./arbitraries.ts";
import { naiveMatch } from "./naive-oracle.ts";

const indexed = (patterns: readonly string[], limit?: number) =>
  indexPatterns(
    patterns.map((text, index) => ({ line: index + 1, matches: compilePattern(text) })),
    ({ matches }) => [matches],
    limit,
  );

test("whatever folders patterns begin with, every entry that matches is found, and the lowest is the last", () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 12 }), path, (patterns, at) => {
      const expected = patterns.flatMap((text, index) => (naiveMatch(text, at) ? [index + 1] : []));
      const index = indexed(patterns);
      expect(index.all(at.split("/")).map(({ line }) => line)).toEqual(expected);
      expect(index.last(at.split("/"), () => true)?.line).toBe(expected.at(-1));
      expect(index.last(at.split("/"), ({ line }) => line % 2 === 0)?.line).toBe(
        expected.findLast((line) => line % 2 === 0),
      );
    }),
    { numRuns: 500 },
  );
});

describe("work", () => {
  const folders = Array.from({ length: 10_000 }, (_, index) => `/src/module${index}/`);
  const wild = (count: number) => Array.from({ length: count }, (_, index) => `/src/*/*${"a".repeat(100)}b${index}`);
  const at = ["src", "module7", `${"a".repeat(200)}b7`];

  test("10,000 folders beside each other cost what one does", () => {
    expect(indexed(folders, 10).last(at, () => true)?.line).toBe(8);
  });

  test("patterns that must all be compared are refused past the limit, with the reason", () => {
    expect(indexed(wild(100), 10_000).last(at, () => true)?.line).toBe(8);
    expect(() => indexed(wild(100), 100).last(at, () => true)).toThrow(
      "CODEOWNERS takes too much work: its 100 lines on the files of this change need more than 100 comparisons",
    );
    expect(() => indexed(wild(100), 100).all(at)).toThrow(Problem);
  });

  test("many stars in one name cost no more than its length each", () => {
    const stars = [`${"*a".repeat(50)}*b`];
    expect(indexed(stars, 10_000).last(["a".repeat(250)], () => true)).toBeUndefined();
    expect(indexed([`${"?*a".repeat(50)}*b`], 100_000).last(["a".repeat(250)], () => true)).toBeUndefined();
  });

  test("a path is compared once, however often it is asked about", () => {
    const file = parseCodeowners(
      `${wild(1_000)
        .map((text) => `${text} @a`)
        .join("\n")}\n[bad @a`,
    );
    const path = at.join("/");
    for (let rule = 0; rule < 50_000; rule += 1) {
      expect(matchOwners(file, path).line).toBe(8);
      if (problemsThatCouldDecide(file, path).length > 1) throw new Error("one line is wrong");
    }
  });
});
