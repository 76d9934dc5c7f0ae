import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../core/ownership/codeowners/pattern.ts";
import { clueKinds, cluesOf, lookForClues, type Clue } from "../../../../core/ownership/codeowners/clues.ts";
import { indexPatterns, TooMuchWork } from "../../../../core/ownership/codeowners/pattern-index.ts";
import { matchOwners, parseCodeowners, problemsThatCouldDecide } from "../../../../core/ownership/index.ts";
import { path, pattern, realPath, realPattern } from "./arbitraries.ts";
import { naiveMatch } from "./naive-oracle.ts";

const indexed = (patterns: readonly string[], limit?: number) =>
  indexPatterns(
    patterns.map((text, index) => ({ line: index + 1, matches: compilePattern(text) })),
    ({ matches }) => [matches],
    limit,
  );

test.each([
  { says: "of few letters", patterns: pattern, paths: path },
  { says: "as real files hold them", patterns: realPattern, paths: realPath },
])("patterns $says: every entry that matches is found, and the lowest is the last", ({ patterns: some, paths }) => {
  const matched = new Set<Clue["kind"] | undefined>();
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), paths, (patterns, at) => {
      const expected = patterns.flatMap((text, index) => (naiveMatch(text, at) ? [index + 1] : []));
      const index = indexed(patterns);
      expect(index.all(at.split("/")).map(({ line }) => line)).toEqual(expected);
      expect(index.last(at.split("/"), () => true)?.line).toBe(expected.at(-1));
      expect(index.last(at.split("/"), ({ line }) => line % 2 === 0)?.line).toBe(
        expected.findLast((line) => line % 2 === 0),
      );
      for (const line of expected) for (const kind of kindsOf(patterns[line - 1] ?? "")) matched.add(kind);
    }),
    { numRuns: 1_000 },
  );
  // A way into the index that no match takes would be proven by nothing.
  expect([...matched].sort()).toEqual([...clueKinds, undefined].sort());
});

/** Under which kinds of clues a pattern may stand; `undefined` for one without any. */
function kindsOf(text: string): (Clue["kind"] | undefined)[] {
  const clues = cluesOf(compilePattern(text));
  return clues.length === 0 ? [undefined] : clues.map(({ kind }) => kind);
}

test.each([
  { pattern: "*", is: [] },
  { pattern: "**", is: [] },
  { pattern: "?*/*", is: [] },
  { pattern: "/src/auth/", is: ["folder src/auth"] },
  { pattern: "logs", is: ["name logs"] },
  { pattern: "/src/**/test/x", is: ["folder src", "name test", "name x"] },
  { pattern: "*.ts", is: ["ending .ts"] },
  { pattern: "**/foo-*.ts", is: ["beginning foo-", "ending .ts"] },
  { pattern: "*service*", is: ["inside vice", "inside serv"] },
  { pattern: "a?bc*d", is: ["beginning a", "ending d", "inside bc"] },
  { pattern: `*${"x".repeat(40)}`, is: [`ending ${"x".repeat(32)}`] },
  { pattern: `${"x".repeat(40)}*`, is: [`beginning ${"x".repeat(32)}`] },
  { pattern: "/a".repeat(40), is: [`folder ${"a/".repeat(31)}a`] },
  { pattern: `a${"/*/b".repeat(40)}`, is: ["folder a", ...Array.from({ length: 15 }, () => "name b")] },
])("the clues of $pattern", ({ pattern: text, is }) => {
  expect(cluesOf(compilePattern(text)).map(({ kind, text: clue }) => `${kind} ${clue}`)).toEqual(is);
});

test("a path is looked through for clues in linear time, whatever sizes they have", () => {
  const every = new Set(Array.from({ length: 32 }, (_, index) => index + 1));
  const sizes = { folder: every, name: every, beginning: every, ending: every, inside: new Set([1, 2, 3, 4]) };
  const looksAt = (names: readonly string[]) => {
    let looks = 0;
    lookForClues(names, sizes, () => (looks += 1));
    return looks;
  };
  const length = 10_000;
  expect(looksAt(["a".repeat(length)])).toBeLessThan(5 * length);
  expect(looksAt(Array.from({ length }, () => "a"))).toBeLessThan(8 * length);
});

test("entries are told by line, wherever in the index they stand", () => {
  const index = indexed(["/a", "*", "a", "/b"]);
  expect(index.all(["a"]).map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(index.all(["a"], ({ line }) => line !== 2).map(({ line }) => line)).toEqual([1, 3]);
});

describe("the limit is the number of comparisons", () => {
  test.each([
    { says: "of a name, twice, and of the pattern", isAsked: true, limit: 3, line: 1 },
    { says: "one less", isAsked: true, limit: 2, line: null },
    { says: "of an entry that is passed over", isAsked: false, limit: 1, line: undefined },
    { says: "not even that", isAsked: false, limit: 0, line: null },
  ])("$says", ({ isAsked, limit, line }) => {
    const ask = () => indexed(["/a"], limit).last(["a"], () => isAsked)?.line;
    if (line === null) expect(ask).toThrow(TooMuchWork);
    else expect(ask()).toBe(line);
  });

  test.each([
    { says: "the first of its clues", of: (index: number) => `**/p${index}/**/*.sql`, at: ["p7", "x", "a.sql"] },
    { says: "the last of its clues", of: (index: number) => `**/lib/**/*.e${index}`, at: ["lib", "x", "a.e7"] },
  ])("a pattern stands under the rarest: $says", ({ of, at }) => {
    const patterns = Array.from({ length: 100 }, (_, index) => of(index));
    expect(indexed(patterns, 30).last(at, () => true)?.line).toBe(8);
  });
});

describe("work", () => {
  const folders = Array.from({ length: 10_000 }, (_, index) => `/src/module${index}/`);
  const wild = (count: number) => Array.from({ length: count }, (_, index) => `/src/*/*${"a".repeat(100)}*b${index}*c`);
  const at = ["src", "module7", `${"a".repeat(200)}b7c`];

  test("10,000 folders beside each other cost what one does", () => {
    expect(indexed(folders, 10).last(at, () => true)?.line).toBe(8);
  });

  const kinds = [
    { says: "endings", of: (index: number) => `*.ext${index}` },
    { says: "beginnings and endings", of: (index: number) => `**/foo${index}-*.ts` },
    { says: "endings behind a word", of: (index: number) => `*-gen${index}.go` },
    { says: "words inside", of: (index: number) => `*service${index}*` },
    { says: "endings below one folder", of: (index: number) => `/packages/**/*.e${index}` },
    { says: "one ending below many folders", of: (index: number) => `/packages/p${index}/**/*.sql` },
    { says: "names anywhere", of: (index: number) => `file${index}.ts` },
    { says: "names below any folder", of: (index: number) => `/packages/*/src/x${index}` },
    { says: "one character of any kind", of: (index: number) => `file?${index}.ts` },
  ];
  const mixed = (index: number) => kinds[index % kinds.length]?.of(index) ?? "";
  const paths = Array.from({ length: 3_000 }, (_, index) => [
    "packages",
    `p${index % 97}`,
    "src",
    `foo${index}-gen.${index % 5 === 0 ? `ext${index}` : "ts"}`,
  ]);

  test.each([...kinds, { says: "all of these", of: mixed }])(
    "20,000 lines of $says on 3,000 files: a file costs some comparisons",
    ({ of }) => {
      const index = indexed(
        Array.from({ length: 20_000 }, (_, line) => of(line)),
        100 * paths.length,
      );
      for (const names of paths) index.last(names, () => true);
    },
  );

  test("patterns that must all be compared are refused past the limit, with the reason", () => {
    expect(indexed(wild(100), 1_000_000).last(at, () => true)?.line).toBe(8);
    expect(() => indexed(wild(100), 100).last(at, () => true)).toThrow(
      "CODEOWNERS takes too much work: for these files its 100 lines need more than 100 comparisons of names",
    );
    expect(() => indexed(wild(100), 100).all(at)).toThrow(TooMuchWork);
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
