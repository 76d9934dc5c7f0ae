import { afterAll, describe, expect, test } from "vitest";
import { readHistoryTraces } from "../../../adapters/git/read-history-traces.ts";
import { resolveHistory, type HistoryRequest } from "../../../adapters/git/read-history.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { runCommand } from "../../command-line.ts";
import { createRepository, removeRepositories, type TestRepository } from "../../git-repository.ts";

/** Agent Trace files of the newest commit's tree, for a whole history. */
afterAll(removeRepositories);

const trace = (revision: string, ...ranges: readonly [start: number, end: number][]) =>
  JSON.stringify({
    vcs: { type: "git", revision },
    files: [
      {
        path: "a.ts",
        conversations: [
          {
            contributor: { type: "ai" },
            ranges: ranges.map(([start_line, end_line]) => ({ start_line, end_line })),
          },
        ],
      },
    ],
  });

/** Four commits; the third holds two lines by a tool, which the record gives to the second, its parent. */
function traced(): { repository: TestRepository; shas: string[] } {
  const repository = createRepository();
  const shas = repository.commitAll([
    { message: "One\n", files: { "a.ts": "1\n2\n" } },
    { message: "Two\n", files: { "b.ts": "b\n" } },
    { message: "Three\n", files: { "a.ts": "1\n2\n3\n4\n5\n" } },
    { message: "Four\n", files: { "b.ts": "b\nc\n" } },
  ]);
  const records = [trace(shas[1]!, [3, 4]), trace("0".repeat(40), [1, 9]), trace(shas[0]!.slice(0, 12), [1, 1])];
  shas.push(repository.commit({ message: "Record\n", files: { ".agent-trace/traces.jsonl": records.join("\n") } }));
  return { repository, shas };
}

async function read(repository: TestRepository, request: Partial<HistoryRequest> = {}) {
  const everything = { range: null, since: null, until: null, lines: true };
  const range = await resolveHistory(await openRepository(repository.path), { ...everything, ...request });
  const found = await readHistoryTraces(range);
  return found === null
    ? null
    : [...found].map(([sha, attributions]) => [
        sha,
        attributions.flatMap(({ files }) => files.flatMap(({ lines }) => lines.map(({ start, end }) => [start, end]))),
      ]);
}

test("lines are those of the commits that added them; a commit elsewhere is no news", async () => {
  const { repository, shas } = traced();
  expect(await read(repository)).toEqual([
    [shas[2], [[3, 4]]],
    [shas[0], [[1, 1]]],
  ]);
});

test.each([
  { says: "a range", range: (shas: string[]) => `${shas[1]!}..HEAD`, found: [2] },
  { says: "a range without those commits", range: (shas: string[]) => `${shas[2]!}..HEAD`, found: [] },
  { says: "an older tip, whose tree has no record", range: (shas: string[]) => shas[3]!, found: null },
])("$says", async ({ range, found }) => {
  const { repository, shas } = traced();
  const named = await read(repository, { range: range(shas) });
  expect(named?.map(([sha]) => sha) ?? null).toEqual(found?.map((index) => shas[index]) ?? null);
});

test("at the edge of a shallow clone no line is known to be added", async () => {
  const { repository, shas } = traced();
  expect(await read(repository.clone("--depth=3"))).toEqual([]);
  expect(await read(repository.clone("--depth=4"))).toEqual([[shas[2], [[3, 4]]]]);
});

describe("`history` judges by them as `check` does", () => {
  const history = async (repository: TestRepository, ...args: string[]) => {
    const { code, stdout } = await runCommand(["history", "--repo", repository.path, ...args]);
    expect(code).toBe(0);
    return stdout;
  };

  test("line by line and in sum", async () => {
    const { repository, shas } = traced();
    const lines = (await history(repository, "--ndjson")).trim().split("\n");
    const verdicts = lines.map((line) => JSON.parse(line) as { commit: string; verdict: string });
    expect(verdicts.filter(({ verdict }) => verdict === "agent-assisted").map(({ commit }) => commit)).toEqual([
      shas[2],
      shas[0],
    ]);
    expect(JSON.parse(await history(repository, "--json"))).toMatchObject({
      verdicts: { "agent-authored": { commits: 0, lines: 3 }, "agent-assisted": { commits: 2, lines: 0 } },
      records: { sources: [{ source: "agent-trace", commits: 2 }], withAiLines: { commits: 2 } },
    });
  });

  test("a clone without contents says that they were not read", async () => {
    const { repository } = traced();
    repository.git(["config", "uploadpack.allowFilter", "true"]);
    const clone = repository.clone("--filter=blob:none", "--no-checkout");
    expect(await history(clone, "--no-lines")).toContain("5 commits");
  });
});
