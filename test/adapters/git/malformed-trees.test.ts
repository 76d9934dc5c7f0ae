import { afterAll, describe, expect, test } from "vitest";
import { Problem } from "../../../core/problem.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { readRange, rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository({ bare: true });
const one = repository.blob("one\n");
const two = repository.blob("two\n");
const folder = repository.tree([{ mode: "100644", id: one, path: "x.ts" }]);
const other = repository.tree([{ mode: "100644", id: two, path: "x.ts" }]);

/** A tree object as its bytes say, in this very order. */
function rawTree(entries: readonly (readonly [mode: string, name: string, id: string])[]): string {
  const parts = entries.map(([mode, name, id]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]),
  );
  const args = ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"];
  return repository.text(args, { input: Buffer.concat(parts) });
}

function commit(tree: string, ...parents: string[]): string {
  const person = "Ann <ann@example.com> 1750000000 +0000";
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${person}`,
    `committer ${person}`,
  ];
  return repository.rawCommit(`${lines.join("\n")}\n\nx\n`);
}

const base = commit(
  rawTree([
    ["100644", "a", one],
    ["100644", "b", one],
    ["40000", "d", folder],
  ]),
);

describe("trees that git itself would not write are told apart from a fault of ours", () => {
  test.each<{ says: string; tree: string }>([
    {
      says: "entries out of order",
      tree: rawTree([
        ["100644", "b", two],
        ["100644", "a", two],
        ["40000", "d", folder],
      ]),
    },
    {
      says: "a folder before the files",
      tree: rawTree([
        ["40000", "d", other],
        ["100644", "b", two],
        ["100644", "a", one],
      ]),
    },
    {
      says: "a name with a slash",
      tree: rawTree([
        ["100644", "a", one],
        ["100644", "d/x.ts", two],
        ["40000", "d", folder],
      ]),
    },
    {
      says: "an empty name",
      tree: rawTree([
        ["100644", "", two],
        ["100644", "a", one],
      ]),
    },
    {
      says: "an empty name of a folder",
      tree: rawTree([
        ["40000", "", other],
        ["100644", "a", one],
      ]),
    },
    {
      says: "a file with a folder's mode",
      tree: rawTree([
        ["100644", "a", one],
        ["40000", "d", two],
      ]),
    },
    { says: "no tree at all", tree: two },
  ])("$says", async ({ tree }) => {
    const problem = await rejection(readRange(repository.path, { base, head: commit(tree, base) }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("git fsck");
    expect(String(problem)).not.toContain("--filter");
  });
});

describe("what git reads in one way is judged under the path that it lists", () => {
  test.each<{ says: string; path: string; tree: string }>([
    {
      says: "a name twice",
      path: "a",
      tree: rawTree([
        ["100644", "a", one],
        ["100644", "a", two],
        ["40000", "d", folder],
      ]),
    },
    {
      says: "a file and a folder of one name",
      path: "d",
      tree: rawTree([
        ["100644", "d", two],
        ["40000", "d", folder],
      ]),
    },
    {
      says: "a folder with a file's mode",
      path: "a",
      tree: rawTree([
        ["100644", "a", folder],
        ["40000", "d", folder],
      ]),
    },
    {
      says: "a mode that git has no name for",
      path: "a",
      tree: rawTree([
        ["100000", "a", two],
        ["40000", "d", folder],
      ]),
    },
    {
      says: "a mode of zero",
      path: "a",
      tree: rawTree([
        ["0", "a", two],
        ["40000", "d", folder],
      ]),
    },
  ])("$says", async ({ tree, path }) => {
    const { files } = await readRange(repository.path, { base, head: commit(tree, base) });
    expect(files.map((file) => file.path)).toContain(path);
  });
});
