import { afterAll, expect, test } from "vitest";
import { findCommits } from "../../adapters/git/find-commits.ts";
import { launchHere } from "../../adapters/git/launch.ts";
import { missingBlobs } from "../../adapters/git/mirror-blobs.ts";
import { openRepository, type GitRepository } from "../../adapters/git/run-git.ts";
import { absent } from "../../core/evidence.ts";
import { plainStage } from "../../core/stage.ts";
import { readFacts } from "../../gate/read-facts.ts";
import { createRepository, removeRepositories } from "../git-repository.ts";

/** To start a process costs more than what it is asked for: each one that is added here is added to every evaluation. */

afterAll(removeRepositories);

const repository = createRepository();
const base = repository.commit({
  files: { ".github/countersign.yml": "version: 1\nmode: warn\n", CODEOWNERS: "* @ann\n", "a.ts": "one\n" },
});
repository.switchTo("feature");
const first = repository.commit({ files: { "a.ts": "two\n" } });
const head = repository.commit({ files: { "b.ts": "one\n" } });

async function counted(): Promise<{ opened: GitRepository; commands: string[] }> {
  const commands: string[] = [];
  const launch: typeof launchHere = (args, options) => {
    // Before the command stand settings, each of two words.
    commands.push(args.find((arg, index) => index % 2 === 0 && !arg.startsWith("-")) ?? "");
    return launchHere(args, options);
  };
  return { opened: { ...(await openRepository(repository.path)), launch }, commands };
}

const read = (clone: GitRepository) =>
  readFacts(
    {
      ...{ clone, range: { event: "pull_request", base, head, workTree: false } },
      repository: { host: "github.com", owner: "octo", name: "orders" },
      pullRequest: absent("none"),
      branch: absent("none"),
      policy: { from: "base", path: null },
      coverage: { folder: repository.path, head: null, base: null, tested: null, baseline: null },
      earlier: null,
    },
    { now: () => new Date("2026-11-21T08:00:00Z"), stage: plainStage },
  );

const reading = [
  ...[
    "cat-file",
    "cat-file",
    "cat-file",
    "cat-file",
    "cat-file",
    "diff-tree",
    "diff-tree",
    "diff-tree",
    "for-each-ref",
  ],
  ...["ls-tree", "ls-tree"],
];

test("a change is read by sixteen processes", async () => {
  const { opened, commands } = await counted();
  await read(opened);
  const asked = ["cat-file", "cat-file", "ls-tree", "merge-base", "rev-list"];
  expect(commands.sort()).toEqual([...asked, ...reading].sort());
});

test("what was asked to fill a mirror is not asked again", async () => {
  const { opened, commands } = await counted();
  await findCommits(opened, [base, head, first]);
  await missingBlobs(opened, { base, head, reviewed: [first] }, 100);
  commands.length = 0;
  await read(opened);
  expect(commands.sort()).toEqual(reading);
});
