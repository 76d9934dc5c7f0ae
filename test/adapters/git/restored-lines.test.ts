import { afterAll, describe, expect, test } from "vitest";
import { readBlame } from "../../../adapters/git/read-blame.ts";
import { writersOfRestored } from "../../../adapters/git/restored-lines.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { runCommand } from "../../command-line.ts";
import { createRepository, removeRepositories, type CommitRequest } from "../../git-repository.ts";

/** Lines that were taken away and came back go to who wrote them, not to who brought them back. */
afterAll(removeRepositories);

const base = "export const one = 1;\nexport const two = 2;\n";
const tool = "export const three = compute(one, two);\nexport const four = compute(two, two);\n";
const other = "export const five = somethingElse(one);\n";

/** Each line of `file` at the end, by the index of the commit that it goes to. */
async function owners(commits: readonly CommitRequest[], file = "a.ts"): Promise<number[]> {
  const repository = createRepository();
  const shas = repository.commitAll(commits);
  const read = await readBlame(await openRepository(repository.path), shas.at(-1)!, file);
  expect(read.restoredFound).toBe(true);
  expect(read.stretches.at(-1)?.end).toBe(read.text.length);
  for (const { start, end, commit, path, line } of read.stretches) {
    const there = repository.text(["show", `${commit}:${path}`]).split("\n");
    expect(there.slice(line - 1, line + end - start)).toEqual(read.text.slice(start - 1, end));
  }
  return read.stretches.flatMap(({ start, end, commit }) =>
    Array.from({ length: end - start + 1 }, () => shas.indexOf(commit)),
  );
}

const file = (text: string): CommitRequest => ({ files: { "a.ts": text } });

test.each([
  {
    says: "a revert of a revert",
    commits: [file(base), file(base + tool), file(base), file(base + tool)],
    owners: [0, 0, 1, 1],
  },
  {
    says: "a revert of a revert of a revert of a revert",
    commits: [base, base + tool, base, base + tool, base, base + tool].map(file),
    owners: [0, 0, 1, 1],
  },
  {
    says: "a revert that others edited around",
    commits: [base, base + tool, base, other + base, other + base + tool].map(file),
    owners: [3, 0, 0, 1, 1],
  },
  {
    says: "one line of two that were taken away",
    commits: [base, base + tool, base, base + (tool.split("\n")[0] ?? "") + "\n"].map(file),
    owners: [0, 0, 1],
  },
  {
    says: "lines beside them are whose they are",
    commits: [base, base + tool, base, base + other + tool].map(file),
    owners: [0, 0, 3, 1, 1],
  },
  {
    says: "a file that was deleted and came back",
    commits: [file(base + tool), { delete: ["a.ts"] }, { files: { "b.ts": "x\n" } }, file(base + tool)],
    owners: [0, 0, 0, 0],
  },
  {
    says: "a lone brace elsewhere is nobody's",
    commits: [base + "}\n", base, "}\n" + base].map(file),
    owners: [2, 0, 0],
  },
  { says: "nothing came back", commits: [base, base + tool].map(file), owners: [0, 0, 1, 1] },
])("$says", async ({ commits, owners: expected }) => {
  expect(await owners(commits)).toEqual(expected);
});

test("through a rename in between", async () => {
  const commits = [
    file(base + tool),
    { rename: { "a.ts": "b.ts" } },
    { files: { "b.ts": base } },
    { files: { "b.ts": base + tool } },
  ];
  expect(await owners(commits, "b.ts")).toEqual([0, 0, 0, 0]);
});

test("reverts come by merges, among merges of something else", async () => {
  const repository = createRepository();
  const [, written] = repository.commitAll([file(base), file(base + tool)]);
  const merge = (text: string, branch: string): void => {
    const head = repository.text(["rev-parse", "main"]);
    const side = repository.commit({ ...file(text), branch, parents: [head] });
    const elsewhere = repository.commit({ files: { [branch]: "x\n" }, parents: [head] });
    repository.commit({ ...file(text), parents: [elsewhere, side] });
  };
  const texts = [base, base, base, base + tool, base + tool];
  for (const [index, text] of texts.entries()) merge(text, `side${index}`);
  const opened = await openRepository(repository.path);
  const head = repository.text(["rev-parse", "main"]);
  const read = await readBlame(opened, head, "a.ts");
  expect(read.restoredFound).toBe(true);
  expect(read.stretches.map(({ start, end, commit }) => [start, end, commit === written])).toEqual([
    [1, 2, false],
    [3, 4, true],
  ]);
  // Of all those commits four say something of the file: the first two, the revert, and the revert of it.
  const edge = { commits: new Set<string>(), environment: {} };
  const limits = { commits: 4, blames: 9, rounds: 9 };
  const place = { commit: head, path: "a.ts" };
  const found = await writersOfRestored(opened, edge, place, read.stretches, () => Promise.resolve([]), limits);
  expect(found.isWhole).toBe(true);
});

describe("what is not looked into is said", () => {
  test.each([
    { says: "a longer history", limits: { commits: 2, blames: 9, rounds: 9 } },
    { says: "more runs of blame", limits: { commits: 9, blames: 0, rounds: 9 } },
  ])("$says", async ({ limits }) => {
    const repository = createRepository();
    const shas = repository.commitAll([base, base + tool, base, base + tool].map(file));
    const opened = await openRepository(repository.path);
    const stretch = { start: 1, end: 2, commit: shas[3]!, path: "a.ts", line: 3, cut: false };
    const edge = { commits: new Set<string>(), environment: {} };
    const place = { commit: shas[3]!, path: "a.ts" };
    const found = await writersOfRestored(opened, edge, place, [stretch], () => Promise.resolve([]), limits);
    expect(found).toEqual({ stretches: [stretch], isWhole: false });
  });
});

test("`blame` and `check` name the same writer", async () => {
  const repository = createRepository();
  const trailer = "Add\n\nAssisted-by: claude-code:claude-opus-4-5\n";
  const shas = repository.commitAll([
    file(base),
    { ...file(base + tool), message: trailer },
    { ...file(base), message: "Revert\n" },
    { ...file(base + tool), message: 'Revert "Revert"\n' },
  ]);
  const { stdout } = await runCommand(["blame", "--repo", repository.path, "--json", "a.ts"], { cwd: repository.path });
  const { lines } = JSON.parse(stdout) as { lines: { commit: string; verdict: string }[] };
  expect(lines).toMatchObject([
    { start: 1, end: 2, commit: shas[0], verdict: "undeclared" },
    { start: 3, end: 4, commit: shas[1], verdict: "agent-assisted", agent: "claude-code", originalStart: 3 },
  ]);
});
