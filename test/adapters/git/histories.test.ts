import { afterAll, expect, test } from "vitest";
import { commitsAhead, mergeBases } from "../../../adapters/git/histories.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";

afterAll(removeRepositories);

const repository = createRepository();
const [root, main] = repository.commitAll([{ files: { a: "1" } }, { files: { a: "2" } }]) as [string, string];
repository.switchTo("feature", root);
const [one, merge] = repository.commitAll([{ files: { b: "1" } }, { parents: [":1", main], files: { b: "2" } }]) as [
  string,
  string,
];
repository.switchTo("other");
const alone = repository.commit({ parents: [], files: { c: "1" } });
const opened = openRepository(repository.path);

test.each([
  { says: "a branch that goes on", base: main, head: merge, bases: [main], commits: [one, merge], hasRoot: false },
  { says: "two branches", base: main, head: one, bases: [root], commits: [one], hasRoot: false },
  { says: "nothing more", base: merge, head: main, bases: [main], commits: [], hasRoot: false },
  { says: "nothing in common", base: main, head: alone, bases: [], commits: [alone], hasRoot: true },
])("$says", async ({ base, head, bases, commits, hasRoot }) => {
  expect(await mergeBases(await opened, base, head)).toEqual(bases);
  expect(await commitsAhead(await opened, base, head)).toEqual({ commits, hasRoot });
});

test("several merge bases, sorted", async () => {
  repository.switchTo("left", root);
  const left = repository.commit({ files: { l: "1" } });
  repository.switchTo("right", root);
  const right = repository.commit({ files: { r: "1" } });
  const [a, b] = repository.commitAll([
    { branch: "left", parents: [left, right], files: { x: "1" } },
    { branch: "right", parents: [right, left], files: { x: "2" } },
  ]) as [string, string];
  expect(await mergeBases(await opened, a, b)).toEqual([left, right].sort());
});

test("at the edge of a shallow clone stands a root", async () => {
  const shallow = await openRepository(repository.clone("--depth=1", "--no-single-branch").path);
  expect(await commitsAhead(shallow, main, merge)).toEqual({ commits: [merge], hasRoot: true });
});
