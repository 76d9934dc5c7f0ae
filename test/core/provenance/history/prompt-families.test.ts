import { describe, expect, test } from "vitest";
import { promptFamilies, revertedCommits } from "../../../../core/provenance/history/prompt-families.ts";
import { sampleSha } from "../../../builders.ts";
import { judged, type SampleCommit } from "../history-commits.ts";

/** Commits by the prompts that they name. */

const one = `sha256:${"1".repeat(64)}`;
const two = `hmac-sha256:team:${"2".repeat(64)}`;
const prompted = (...prompts: string[]) =>
  `Fix\n\nAssisted-by: codex:gpt-5\n${prompts.map((prompt) => `AI-Prompt: ${prompt}\n`).join("")}`;

function grouped(commits: readonly SampleCommit[], limit?: number) {
  const tally = promptFamilies(limit);
  for (const commit of judged(...commits)) tally.add(commit);
  return tally.result();
}

test("a prompt that comes again, with what became of its commits", () => {
  const reverts = `Revert "Fix"\n\nThis reverts commit ${sampleSha("history 2")}.\n`;
  const sums = grouped([
    { message: reverts },
    { message: prompted(one), committedAt: "2026-02-01T00:00:00Z", lines: 5 },
    { message: prompted(`${one} tpl=fix@2`), committedAt: "2026-01-01T00:00:00Z", lines: 7 },
    { message: prompted(two) },
  ]);
  expect(sums).toEqual({
    families: [
      {
        fingerprint: one,
        commits: 2,
        reverted: 1,
        lines: 12,
        first: "2026-01-01T00:00:00Z",
        last: "2026-02-01T00:00:00Z",
        verdicts: { "agent-assisted": 2 },
        agents: ["codex"],
        models: ["gpt-5"],
      },
    ],
    once: 1,
    dropped: 0,
  });
});

test("most reverts first, then most commits", () => {
  const revertOf = (name: string) => `Revert\n\nThis reverts commit ${sampleSha(name)}.\n`;
  const sums = grouped([
    ...[one, one, one, two, two].map((prompt) => ({ message: prompted(prompt) })),
    // A revert may come to the history by another way than its commit, and so be read after it.
    { message: revertOf("history 3") },
  ]);
  expect(sums.families.map(({ fingerprint, reverted }) => ({ fingerprint, reverted }))).toEqual([
    { fingerprint: two, reverted: 1 },
    { fingerprint: one, reverted: 0 },
  ]);
});

test.each([
  { says: "the same prompt twice in one commit is one", messages: [prompted(one, one)], families: 0, once: 1 },
  {
    says: "what is no fingerprint groups nothing",
    messages: [prompted("fix it"), prompted("fix it")],
    families: 0,
    once: 0,
  },
  {
    says: "prose groups nothing",
    messages: [`Fix\n\nAI-Prompt: ${one}\n\nMore.\n`, prompted(one)],
    families: 0,
    once: 1,
  },
])("$says", ({ messages, families, once }) => {
  const sums = grouped(messages.map((message) => ({ message })));
  expect({ families: sums.families.length, once: sums.once }).toEqual({ families, once });
});

test("beyond the limit, new prompts are counted and known ones go on", () => {
  const sums = grouped(
    [one, two, one].map((prompt) => ({ message: prompted(prompt) })),
    1,
  );
  expect(sums.families.map(({ fingerprint, commits }) => [fingerprint, commits])).toEqual([[one, 2]]);
  expect({ once: sums.once, dropped: sums.dropped }).toEqual({ once: 0, dropped: 1 });
});

describe("the commits that a message reverts", () => {
  const sha = "a".repeat(40);
  test.each([
    { says: "as git writes it", message: `Revert "x"\n\nThis reverts commit ${sha}.\n`, found: [sha] },
    {
      says: "of a merge",
      message: `Revert\n\nThis reverts commit ${sha}, reversing\nchanges made to b.\n`,
      found: [sha],
    },
    {
      says: "several",
      message: `This reverts commit ${sha}.\nThis reverts commit ${"b".repeat(64)}.`,
      found: [sha, "b".repeat(64)],
    },
    { says: "not a short id", message: "This reverts commit abc1234.", found: [] },
    { says: "not other words", message: `Reverts ${sha}`, found: [] },
  ])("$says", ({ message, found }) => {
    expect(revertedCommits(message)).toEqual(found);
  });
});
