import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchPaths } from "../../../core/coverage/match-paths.ts";
import { TreeIndex } from "../../../core/coverage/tree-index.ts";
import { cpuTime } from "../../cpu-time.ts";

const nfd = "src/cafe\u0301.ts";
const nfc = "src/caf\u00E9.ts";

function match(paths: readonly string[], tree: readonly string[], root: string | null = "/home/dev/repo") {
  const { matched, unmatched } = matchPaths(paths, new TreeIndex(tree), root);
  return { matched: Object.fromEntries(matched), unmatched };
}

describe("one path", () => {
  const tree = ["src/a.ts", "src/b c/ü.ts", "index.js", "packages/x/lib/deep.ts"];
  test.each([
    { says: "as it is in the tree", path: "src/a.ts", is: "src/a.ts" },
    { says: "below the repository's root", path: "/home/dev/repo/src/a.ts", is: "src/a.ts" },
    { says: "below the root, with spaces and letters", path: "/home/dev/repo/src/b c/ü.ts", is: "src/b c/ü.ts" },
    { says: "below the root and not in the tree: no guess", path: "/home/dev/repo/node_modules/x/index.js", is: null },
    { says: "below a folder that only begins like the root", path: "/home/dev/repository/src/a.ts", is: "src/a.ts" },
    { says: "with ./", path: "./src/a.ts", is: "src/a.ts" },
    { says: "with . and // and .. inside", path: "src//./b/../a.ts", is: "src/a.ts" },
    { says: "absolute on another machine", path: "/home/ci/build/src/a.ts", is: "src/a.ts" },
    { says: "Windows, absolute", path: "C:\\build\\src\\a.ts", is: "src/a.ts" },
    { says: "Windows, relative", path: "src\\a.ts", is: "src/a.ts" },
    { says: "Windows, with /", path: "D:/build/src/a.ts", is: "src/a.ts" },
    { says: "relative to a folder of the tree", path: "lib/deep.ts", is: "packages/x/lib/deep.ts" },
    { says: "with folders before that the tree has not", path: "github.com/o/r/src/a.ts", is: "src/a.ts" },
    { says: "../ leads out", path: "../src/a.ts", is: null },
    { says: "../ leads out, further in", path: "src/../../src/a.ts", is: null },
    { says: "/../ cannot lead out of the root of the file system", path: "/../src/a.ts", is: null },
    { says: "not in the tree", path: "src/z.ts", is: null },
    { says: "the end of a name is no end of a path", path: "/x/zsrc/a.ts", is: null },
    { says: "a folder", path: "src", is: null },
    { says: "nothing", path: "", is: null },
    { says: "only dots", path: "././", is: null },
    { says: "longer than any path", path: `${"x/".repeat(4_000)}src/a.ts`, is: null },
    { says: "other case: not the same name", path: "SRC/A.ts", is: null },
  ])("row 58: $says", ({ path, is }) => {
    expect(match([path], tree)).toEqual(
      is === null ? { matched: {}, unmatched: [path] } : { matched: { [path]: is }, unmatched: [] },
    );
  });

  test.each([
    { says: "a decomposed name in the report", path: nfd, tree: [nfc], is: nfc },
    { says: "a decomposed name in the tree", path: `/x/${nfc}`, tree: [nfd], is: nfd },
    {
      says: "a decomposed name in a package of the tree",
      path: nfc,
      tree: [`packages/a/${nfd}`],
      is: `packages/a/${nfd}`,
    },
    { says: "both in the tree: the one that is written the same", path: nfd, tree: [nfc, nfd], is: nfd },
    { says: "a backslash that is part of a name", path: "src\\a.ts", tree: ["src\\a.ts", "src/a.ts"], is: "src\\a.ts" },
  ])("$says", ({ path, tree: files, is }) => expect(match([path], files).matched).toEqual({ [path]: is }));

  test("both forms in the tree and neither written the same: two could be meant", () => {
    const mixed = "cafe\u0301/caf\u00E9.ts";
    expect(match([mixed], [mixed.normalize("NFC"), mixed.normalize("NFD")]).unmatched).toEqual([mixed]);
  });
});

describe("the paths of one report together", () => {
  const packages = ["packages/a/src/index.ts", "packages/a/src/only.ts", "packages/b/src/index.ts", "README.md"];
  test.each([
    {
      says: "two packages have the file: ambiguous",
      paths: ["src/index.ts"],
      tree: packages,
      is: [],
    },
    {
      says: "another path of the report shows which package it is",
      paths: ["src/index.ts", "src/only.ts"],
      tree: packages,
      is: ["packages/a/src/index.ts", "packages/a/src/only.ts"],
    },
    {
      says: "a path that is nowhere does not spoil that",
      paths: ["src/index.ts", "src/only.ts", "src/gone.ts"],
      tree: packages,
      is: ["packages/a/src/index.ts", "packages/a/src/only.ts"],
    },
    {
      says: "the root comes first where everything is in it",
      paths: ["src/index.ts"],
      tree: [...packages, "src/index.ts"],
      is: ["src/index.ts"],
    },
    {
      says: "not where only a package has all of it",
      paths: ["src/index.ts", "src/only.ts"],
      tree: [...packages, "src/index.ts"],
      is: ["packages/a/src/index.ts", "packages/a/src/only.ts"],
    },
    {
      says: "two that no folder explains are each judged alone",
      paths: ["a/src/only.ts", "b/src/index.ts", "src/index.ts"],
      tree: packages,
      is: ["packages/a/src/only.ts", "packages/b/src/index.ts"],
    },
    {
      says: "most paths show where the repository begins on another machine",
      paths: ["/app/src/a.ts", "/app/src/b.ts", "/app/node_modules/x/index.js", "/app/build/src/a.ts"],
      tree: ["src/a.ts", "src/b.ts", "index.js"],
      is: ["src/a.ts", "src/b.ts"],
    },
    {
      says: "the longest end counts",
      paths: ["/app/packages/x/src/a.ts"],
      tree: ["src/a.ts", "packages/x/src/a.ts"],
      is: ["packages/x/src/a.ts"],
    },
    {
      says: "a bare file name elsewhere is not the one at the root",
      paths: ["/app/src/a.ts", "/app/src/b.ts", "/usr/include/stdio.h"],
      tree: ["src/a.ts", "src/b.ts", "stdio.h"],
      is: ["src/a.ts", "src/b.ts"],
    },
  ])("$says", ({ paths, tree, is }) => expect(Object.values(match(paths, tree).matched).sort()).toEqual(is));

  test("what is unmatched is listed, sorted", () => {
    expect(match(["z.ts", "../b.ts", "a.ts"], ["src/x.ts"]).unmatched).toEqual(["../b.ts", "a.ts", "z.ts"]);
  });
});

test("every path of the tree is found again, however it is written", () => {
  const segment = fc.constantFrom("src", "lib", "a.ts", "b.ts", "ü", "x y", "index.ts");
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { minLength: 1, maxLength: 8 }),
      fc.constantFrom("", "./", "/home/dev/repo/"),
      (tree, prefix) => {
        const { matched } = match(
          tree.map((each) => prefix + each),
          tree,
        );
        expect(Object.values(matched)).toEqual(tree);
      },
    ),
  );
});

test("a hundred thousand paths of a hundred thousand files take seconds, not minutes", () => {
  const tree = Array.from(
    { length: 100_000 },
    (_, index) => `packages/p${index % 300}/src/f${Math.floor(index / 300)}.ts`,
  );
  const spent = cpuTime();
  expect(
    match(
      tree.map((path) => `/elsewhere/${path}`),
      tree,
    ).unmatched,
  ).toEqual([]);
  expect(
    match(
      tree.map((path) => path.slice(path.indexOf("/") + 1)),
      tree,
    ).unmatched,
  ).toEqual([]);
  expect(spent()).toBeLessThan(15_000);
});
