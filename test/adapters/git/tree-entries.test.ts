import { expect, test } from "vitest";
import { findEntries } from "../../../adapters/git/tree-entries.ts";

/** A tree as git stores it; the ids count up from 1. */
function treeOf(entries: readonly (readonly [mode: string, name: string | Buffer])[], idBytes = 20): Buffer {
  return Buffer.concat(
    entries.flatMap(([mode, name], index) => [
      Buffer.from(`${mode} `),
      Buffer.from(name),
      Buffer.from([0]),
      Buffer.alloc(idBytes, index + 1),
    ]),
  );
}

const tree = treeOf([
  ["100644", "README.md"],
  ["40000", "Src"],
  ["120000", "src"],
  ["100644", "café"],
  ["160000", "lib"],
  ["100644", Buffer.from([0x61, 0xff])],
]);

test.each([
  { says: "the name as it stands", name: "lib", found: ["lib"] },
  { says: "in every case", name: "SRC", found: ["Src", "src"] },
  { says: "in another case, with a dot", name: "readme.MD", found: ["README.md"] },
  { says: "composed otherwise", name: "cafe\u0301", found: ["café"] },
  { says: "with a dot that Windows drops", name: "lib.", found: ["lib"] },
  { says: "with a look-alike", name: "\u0455rc", found: ["Src", "src"] },
  { says: "bytes that are not UTF-8", name: "a\\xff", found: ["a\\xff"] },
  { says: "the beginning of a name", name: "READ", found: [] },
  { says: "no such name", name: "gone", found: [] },
])("$says", ({ name, found }) => {
  expect(
    findEntries(tree, [name], 20)
      .get(name)
      ?.map((entry) => entry.name),
  ).toEqual(found);
});

test("each name has its own entries, with their modes and ids", () => {
  const found = findEntries(tree, ["lib", "gone", "src"], 20);
  expect(found.get("lib")).toEqual([{ name: "lib", mode: "160000", id: "05".repeat(20) }]);
  expect(found.get("src")?.map(({ mode }) => mode)).toEqual(["40000", "120000"]);
  expect(found.get("gone")).toEqual([]);
});

test("ids of sha256", () => {
  const found = findEntries(
    treeOf(
      [
        ["100644", "a"],
        ["100644", "b"],
      ],
      32,
    ),
    ["b"],
    32,
  );
  expect(found.get("b")).toEqual([{ name: "b", mode: "100644", id: "02".repeat(32) }]);
});

test("an empty tree", () => expect(findEntries(Buffer.alloc(0), ["a"], 20).get("a")).toEqual([]));

test.each([
  { says: "no space", bytes: Buffer.from("100644a\0") },
  { says: "no end of the name", bytes: Buffer.from("100644 a") },
])("a tree of an unknown shape: $says", ({ bytes }) => {
  expect(() => findEntries(bytes, ["a"], 20)).toThrow("a tree of git has an unknown shape");
});
