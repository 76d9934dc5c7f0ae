import { afterAll, expect, test } from "vitest";
import { listPaths, presentPaths, readEntry, readTree } from "../../../adapters/git/read-tree.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
repository.git(["config", "uploadpack.allowFilter", "true"]);
const commit = repository.commit({
  files: [
    ["a.ts", "text\n"],
    ["folder/b.ts", "b\n"],
    ["*", "star\n"],
    ["x\ta.tsx", "a tab\n"],
    ["x\tz.ts", "a tab\n"],
    ["ä.ts", "text\n"],
    [Buffer.from("\xff.ts", "latin1"), "text\n"],
    [".github/countersign.yml", "mode: warn\n"],
  ],
  symlinks: { link: "a.ts" },
  submodules: { lib: "1".repeat(40) },
});
const open = () => openRepository(repository.path);

test("of several paths, those that are there", async () => {
  const paths = ["none", "link", "a.ts", ".github", "folder/b.ts", "lib", "*"];
  const present = await presentPaths(await open(), commit, paths);
  expect(present.toSorted()).toEqual(["*", ".github", "a.ts", "folder/b.ts", "lib", "link"]);
});

test.each([
  { says: "a file", path: "a.ts", is: "100644 blob" },
  { says: "a file in a folder", path: "folder/b.ts", is: "100644 blob" },
  { says: "a star is a name, not a pattern", path: "*", is: "100644 blob" },
  { says: "a pattern is no name", path: "a.*", is: null },
  { says: "magic is no name", path: ":(glob)**", is: null },
  { says: "a folder", path: "folder", is: "040000 tree" },
  { says: "a link is not followed", path: "link", is: "120000 blob" },
  { says: "a submodule", path: "lib", is: "160000 commit" },
  { says: "letters beyond ASCII", path: "ä.ts", is: "100644 blob" },
  { says: "bytes that are no text are not what they are shown as", path: "\\xff.ts", is: null },
  { says: "a tab in a name", path: "x\tz.ts", is: "100644 blob" },
  { says: "what stands behind a tab in a name is no name", path: "z.ts", is: null },
  { says: "the beginning of a name", path: "a.t", is: null },
  { says: "nothing of that name", path: "none", is: null },
  { says: "another case", path: "A.ts", is: null },
  { says: "a folder with a slash", path: "folder/", is: null },
  { says: "the root", path: "", is: null },
  { says: "a path from the root of the disk", path: "/a.ts", is: null },
  { says: "a way round", path: "folder/../a.ts", is: null },
  { says: "a way out", path: "../a.ts", is: null },
  { says: "a NUL", path: "a.ts\0", is: null },
])("one path, asked alone and of the whole tree: $says", async ({ path, is }) => {
  const opened = await open();
  const alone = await readEntry(opened, commit, path);
  expect(alone && `${alone.mode} ${alone.type}`).toBe(is);
  expect((await readTree(opened, commit)).at(path)).toEqual(alone);
});

test("a name that ends like another one hides it nowhere", async () => {
  const other = createRepository();
  const [tabbed, plain] = [other.blob("1"), other.blob("2")];
  const both = other.commit({ files: { "a\tz.ts": "1", "z.ts": "2", "b/a\tz.ts": "1" } });
  const tree = await readTree(await openRepository(other.path), both);
  expect([tree.at("a\tz.ts")?.id, tree.at("z.ts")?.id]).toEqual([tabbed, plain]);
});

test("everything of a tree, in git's order", async () => {
  const all = [...(await readTree(await open(), commit)).all()];
  const told = all.map(({ mode, type, id, path }) => `${mode} ${type} ${id}\t${path.toString("latin1")}`);
  const git = repository.git(["ls-tree", "-rtz", commit]).toString("latin1");
  expect(told).toEqual(git.split("\0").slice(0, -1));
  const files = repository.git(["ls-tree", "-rz", "--name-only", commit]).toString("latin1").split("\0").slice(0, -1);
  const shown = files.map((path) => (path.startsWith("\xff") ? "\\xff.ts" : Buffer.from(path, "latin1").toString()));
  expect(await listPaths(await open(), commit)).toEqual(shown);
});

test("a tree without anything", async () => {
  const empty = createRepository();
  const root = empty.commit({});
  const tree = await readTree(await openRepository(empty.path), root);
  expect([[...tree.all()], tree.at("a")]).toEqual([[], null]);
});

test("a tree that is not here is no empty one", async () => {
  const missing = "9".repeat(40);
  expect(await rejection(readTree(await open(), missing))).toBeInstanceOf(Problem);
  expect(await rejection(readEntry(await open(), missing, "a.ts"))).toBeInstanceOf(Problem);
});

test("a clone without contents has all names", async () => {
  const partial = await openRepository(repository.clone("--filter=blob:none", "--no-checkout").path);
  expect((await readTree(partial, commit)).at(".github/countersign.yml")).toMatchObject({ type: "blob" });
});
