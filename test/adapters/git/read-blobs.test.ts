import { afterAll, describe, expect, test } from "vitest";
import { blobLimitBytes, hasPath, presentPaths, readObjects, readTextFile } from "../../../adapters/git/read-blobs.ts";
import { openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
repository.git(["config", "uploadpack.allowFilter", "true"]);
const commit = repository.commit({
  files: { "a.ts": "text\n", "folder/b.ts": "b\n", "*": "star\n", ".github/countersign.yml": "mode: warn\n" },
  symlinks: { link: "a.ts" },
  submodules: { lib: "1".repeat(40) },
});
const open = () => openRepository(repository.path);

async function readAll(opened: GitRepository, ids: readonly string[]): Promise<(string | null)[]> {
  const read: (string | null)[] = [];
  await readObjects(opened, ids, (_id, bytes) => read.push(bytes === null ? null : bytes.toString("latin1")));
  return read;
}

describe("objects by id", () => {
  const contents = [
    "",
    "\n",
    "one",
    "two\n",
    "\0\xff\n\0",
    "x".repeat(200_000),
    `${"1".repeat(40)} missing\n`,
    "blob 5\n",
  ];
  const ids = contents.map((content) => repository.blob(Buffer.from(content, "latin1")));
  const missing = "9".repeat(40);

  test("each comes whole and in the order asked, whatever it holds", async () => {
    expect(await readAll(await open(), ids)).toEqual(contents);
    expect(await readAll(await open(), [...ids].reverse())).toEqual([...contents].reverse());
  });

  test("a missing one is told, and the others are read", async () => {
    expect(await readAll(await open(), [missing, ids[2]!, missing, ids[3]!])).toEqual([null, "one", null, "two\n"]);
  });

  test("none", async () => expect(await readAll(await open(), [])).toEqual([]));

  test("one that is too large is passed over without being held", async () => {
    const large = repository.blob(Buffer.alloc(blobLimitBytes + 1));
    const limit = repository.blob(Buffer.alloc(blobLimitBytes));
    const sizes: (number | undefined)[] = [];
    await readObjects(await open(), [ids[2]!, large, limit, ids[3]!], (_id, bytes) => sizes.push(bytes?.length));
    expect(sizes).toEqual([3, undefined, blobLimitBytes, 4]);
  });

  test("an error in the one who takes them comes through", async () => {
    const error = new Error("stop");
    const take = () => {
      throw error;
    };
    expect(await rejection(readObjects(await open(), ids, take))).toBe(error);
  });
});

test("of several paths, those that are there", async () => {
  const paths = ["none", "link", "a.ts", ".github", "folder/b.ts", "lib", "*"];
  const present = await presentPaths(await open(), commit, paths);
  expect(present.toSorted()).toEqual(["*", ".github", "a.ts", "folder/b.ts", "lib", "link"]);
});

describe("a file at a commit", () => {
  test.each([
    { says: "a file", path: "a.ts", text: "text\n", is: true },
    { says: "a file in a folder", path: "folder/b.ts", text: "b\n", is: true },
    { says: "a star is a name, not a pattern", path: "*", text: "star\n", is: true },
    { says: "a pattern is no name", path: "a.*", text: null, is: false },
    { says: "magic is no name", path: ":(glob)**", text: null, is: false },
    { says: "a folder is no file", path: "folder", text: null, is: true },
    { says: "a link is not followed", path: "link", text: null, is: true },
    { says: "a submodule is no file", path: "lib", text: null, is: true },
    { says: "nothing of that name", path: "none", text: null, is: false },
    { says: "another case", path: "A.ts", text: null, is: false },
    { says: "a folder with a slash", path: "folder/", text: null, is: false },
    { says: "the root", path: "", text: null, is: false },
    { says: "a path from the root of the disk", path: "/a.ts", text: null, is: false },
    { says: "a way round", path: "folder/../a.ts", text: null, is: false },
    { says: "a way out", path: "../a.ts", text: null, is: false },
  ])("$says", async ({ path, text, is }) => {
    const opened = await open();
    expect(await readTextFile(opened, commit, path, 100)).toBe(text);
    expect(await hasPath(opened, commit, path)).toBe(is);
  });

  test("a file over the limit is refused with its size", async () => {
    const problem = await rejection(readTextFile(await open(), commit, "a.ts", 4));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("a.ts has 5 bytes; the limit is 4.");
  });

  test("in a clone without contents a policy is there, and cannot be read: never taken for none", async () => {
    const partial = await openRepository(repository.clone("--filter=blob:none", "--no-checkout").path);
    expect(await hasPath(partial, commit, ".github/countersign.yml")).toBe(true);
    const problem = await rejection(readTextFile(partial, commit, ".github/countersign.yml", 100));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("--filter");
  });
});
