import { afterAll, describe, expect, test } from "vitest";
import { findCommit, findCommits, hasCommit } from "../../../adapters/git/find-commits.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";

afterAll(removeRepositories);

const repository = createRepository();
const commit = repository.commit({ files: { "a.ts": "text\n" } });
repository.git(["tag", "-a", "-m", "one", "v1"]);
const idOf = (name: string) => repository.text(["rev-parse", name]);
const tree = idOf("HEAD^{tree}");
repository.git(["tag", "-a", "-m", "a tree", "of-tree", tree]);
const blob = idOf("HEAD:a.ts");
const nine = "9".repeat(40);
const open = () => openRepository(repository.path);

test.each([
  { says: "a commit", name: commit, is: commit },
  { says: "a tag's commit", name: idOf("v1"), is: commit },
  { says: "a branch", name: "main", is: commit },
  { says: "an abbreviation", name: commit.slice(0, 12), is: commit },
  { says: "capital letters", name: commit.toUpperCase(), is: commit },
  { says: "a blob is none", name: blob, is: null },
  { says: "a blob by its path is none", name: `${commit}:a.ts`, is: null },
  { says: "a tree is none", name: tree, is: null },
  { says: "a tag of a tree is none", name: idOf("of-tree"), is: null },
  { says: "an id that is not here", name: nine, is: null },
  { says: "an id of the other length", name: commit + "0".repeat(24), is: null },
  { says: "an option", name: "--all", is: null },
  { says: "a NUL", name: `main\0`, is: null },
  { says: "two lines", name: `${commit}\n${commit}`, is: null },
])("a name: $says", async ({ name, is }) => {
  expect(await findCommit(await open(), name)).toBe(is);
  expect(await hasCommit(await open(), name)).toBe(is !== null);
});

describe("several ids at once", () => {
  test("each that is here, and no other", async () => {
    const found = await findCommits(await open(), [nine, blob, commit, tree, idOf("v1"), commit, "main"]);
    expect([...found]).toEqual([
      [commit, commit],
      [idOf("v1"), commit],
    ]);
  });

  test("none", async () => expect(await findCommits(await open(), [])).toEqual(new Map()));

  test("one that git cannot read is not here, and hides none before it", async () => {
    const opened = await open();
    const broken = "b".repeat(40);
    repository.write(`.git/objects/bb/${broken.slice(2)}`, "nothing");
    expect([...(await findCommits(opened, [commit, broken])).keys()]).toEqual([commit]);
  });

  test("what was not here is looked for again", async () => {
    const opened = await open();
    const other = createRepository();
    const next = other.commit({ message: "Next" });
    expect((await findCommits(opened, [next])).has(next)).toBe(false);
    repository.git(["fetch", "--quiet", other.path, "main"]);
    expect((await findCommits(opened, [next])).has(next)).toBe(true);
  });
});
