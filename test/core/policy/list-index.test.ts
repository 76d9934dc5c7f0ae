import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexLists } from "../../../core/policy/list-index.ts";
import { listMatches } from "../../../core/policy/path-list.ts";
import { touchedAreas } from "../../../core/policy/touched-areas.ts";
import { newWork } from "../../../core/policy/work.ts";
import { buildPolicy, buildSubject } from "../../subjects.ts";

const mayMean = (lists: readonly (readonly string[])[], path: string) =>
  indexLists(lists, (list) => list)([path]).map((list) => lists.indexOf(list));

describe("the lists that a path is compared with", () => {
  const lists = [["src/**"], ["services/a/**"], ["services/b/**"], ["**/auth/*.ts"], ["*.md"], ["!x"], ["go.mod"]];
  test.each([
    { path: "src/a.ts", are: [0, 4] },
    { path: "src", are: [0, 4] },
    { path: "services/a/b/c.ts", are: [1, 4] },
    { path: "services/c/b.ts", are: [4] },
    { path: "lib/auth/x.ts", are: [3, 4] },
    { path: "lib/go.mod", are: [4] },
    { path: "go.mod", are: [4, 6] },
    { path: "AUTHEN~1/x.ts", are: [0, 1, 2, 3, 4, 5, 6] },
    { path: `${"a/".repeat(31)}b`, are: [4] },
    { path: `${"a/".repeat(32)}b`, are: [0, 1, 2, 3, 4, 5, 6] },
    { path: `${"a/".repeat(40)}b`, are: [0, 1, 2, 3, 4, 5, 6] },
  ])("$path", ({ path, are }) => expect(mayMean(lists, path)).toEqual(are));
});

describe("a pattern that begins with a star stands under the longest name in it", () => {
  const lists = [["**/ab/abcd/*"], ["**/abcd/ab/*"], ["**/ef/gh/*"]];
  test.each([
    { path: "x/ab/y", says: "not under another", are: [] },
    { path: "x/abcd/y", says: "wherever it stands", are: [0, 1] },
    { path: "x/ef/y", says: "the first of those that are as long", are: [2] },
    { path: "x/gh/y", says: "and not the last", are: [] },
  ])("$says: $path", ({ path, are }) => expect(mayMean(lists, path)).toEqual(are));
});

test("a path of too many folders under one of its names is compared with every list", () => {
  const lists = [["src/**"], ["docs/**"]];
  const find = indexLists(lists, (list) => list);
  expect(find(["lib/a", `lib/${"a/".repeat(40)}b`])).toEqual(lists);
  expect(find(["lib/a", "lib/b"])).toEqual([]);
});

test("each name and beginning that is looked up is counted", () => {
  const find = indexLists([["src/**"]], (list) => list);
  const taken = (forms: readonly string[]) => {
    const work = newWork();
    find(forms, work);
    return work.spent;
  };
  expect(["a", "a/b/c", "a/b/c/d/e"].map((path) => taken([path]))).toEqual([8 * 2, 8 * 6, 8 * 8]);
  expect(taken(["a", "b"])).toBe(2 * 8 * 2);
});

test("no area is lost by it, whatever the patterns and the paths are", () => {
  const part = fc.constantFrom("a", "b", "src", "SRC", "*", "?", "**", "*a", "a*b", "ab~1");
  const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
  const lists = fc.array(fc.array(pattern, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });
  const name = fc.constantFrom("a", "b", "src", "SRC", "Src", "aab", "ab~1", "abc");
  const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => names.join("/"));
  fc.assert(
    fc.property(lists, path, (written, changed) => {
      const { areas } = buildPolicy("mode: warn");
      const own = written.map((paths, index) => ({
        name: `a${index}`,
        paths,
        tier: 2 as const,
        undeclaredCountsAsAi: false,
        owners: "codeowners" as const,
        fallback: null,
      }));
      const [file] = buildSubject({ files: [{ path: changed }] }).files;
      const plain = own.filter(({ paths }) => listMatches(paths, file!)).map((area) => area.name);
      expect(touchedAreas({ areas: [...areas, ...own] }, file!).map((area) => area.name)).toEqual(plain);
    }),
  );
});

test("areas by folders cost a file the same, however many there are", () => {
  const policy = (count: number) =>
    buildPolicy(
      `areas: { ${Array.from({ length: count }, (_, n) => `a${n}: { paths: ["services/s${n}/**"] }`).join(", ")} }`,
    );
  const taken = (count: number) => {
    const work = newWork(Infinity);
    const [file] = buildSubject({ files: [{ path: "services/s1/a.ts" }] }).files;
    touchedAreas(policy(count), file!, work);
    return work.spent;
  };
  expect(taken(300)).toBe(taken(3));
});
