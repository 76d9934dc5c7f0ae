import { afterAll, expect, test } from "vitest";
import { readText, readTextFile, TooLarge } from "../../../adapters/git/read-text.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
repository.git(["config", "uploadpack.allowFilter", "true"]);
const commit = repository.commit({
  files: { "a.ts": "text\n", "empty.ts": "", "folder/b.ts": "b\n", ".github/countersign.yml": "mode: warn\n" },
  symlinks: { link: "a.ts" },
  submodules: { lib: "1".repeat(40) },
});
const open = () => openRepository(repository.path);

test.each([
  { says: "a file", path: "a.ts", text: "text\n" },
  { says: "an empty file", path: "empty.ts", text: "" },
  { says: "a file in a folder", path: "folder/b.ts", text: "b\n" },
  { says: "a folder is no file", path: "folder", text: null },
  { says: "a link is not followed", path: "link", text: null },
  { says: "a submodule is no file", path: "lib", text: null },
  { says: "nothing of that name", path: "none", text: null },
])("$says", async ({ path, text }) => expect(await readTextFile(await open(), commit, path, 100)).toBe(text));

test("a file of just the limit is read, and one over it refused with its size", async () => {
  expect(await readTextFile(await open(), commit, "a.ts", 5)).toBe("text\n");
  const problem = await rejection(readTextFile(await open(), commit, "a.ts", 4));
  expect(problem).toBeInstanceOf(TooLarge);
  expect(String(problem)).toContain("a.ts has 5 bytes; the limit is 4.");
});

test("what a folder calls a file and is none has no text", async () => {
  const entry = { mode: "100644", type: "blob", id: commit };
  const problem = await rejection(readText(await open(), entry, "a.ts", 1000));
  expect(problem).toBeInstanceOf(Problem);
  expect(String(problem)).toContain("a folder calls a commit a file");
});

test("in a clone without contents a policy is there, and cannot be read: never taken for none", async () => {
  const partial = await openRepository(repository.clone("--filter=blob:none", "--no-checkout").path);
  const problem = await rejection(readTextFile(partial, commit, ".github/countersign.yml", 100));
  expect(problem).toBeInstanceOf(Problem);
  expect(String(problem)).toContain("--filter");
});
