import { describe, expect, test } from "vitest";
import { historyTally } from "../../../../core/provenance/history/history.ts";
import { recorded, sampleAttribution } from "../../../builders.ts";
import { judged, type SampleCommit } from "../history-commits.ts";

/** A history in numbers. */

const codex = "Fix\n\nAssisted-by: codex:gpt-5\n";
const claude = "Fix\n\nGenerated-by: claude-code:claude-opus-4-5\n";
const record = (by: "ai" | "human", lines = 10) => sampleAttribution({ path: "a", lines: [recorded(by, 1, lines)] });

function tallied(commits: readonly SampleCommit[], options = { lines: true, records: true }) {
  const tally = historyTally(options);
  for (const commit of judged(...commits)) tally.add(commit);
  return tally.result();
}

test("commits and lines by verdict, tool and model", () => {
  const sums = tallied([
    { message: codex, lines: 3 },
    { message: codex, lines: 4 },
    { message: claude, lines: 5 },
    { lines: 6 },
  ]);
  expect(sums.verdicts).toEqual({
    "agent-authored": { commits: 1, lines: 5 },
    "agent-assisted": { commits: 2, lines: 7 },
    suggestion: { commits: 0, lines: 0 },
    automation: { commits: 0, lines: 0 },
    human: { commits: 0, lines: 0 },
    undeclared: { commits: 1, lines: 6 },
  });
  expect(sums.tools).toEqual([
    { agent: "codex", commits: 2, lines: 7 },
    { agent: "claude-code", commits: 1, lines: 5 },
  ]);
  expect(sums.models).toEqual([
    { model: "gpt-5", commits: 2, lines: 7 },
    { model: "claude-opus-4-5", commits: 1, lines: 5 },
  ]);
  expect(sums.lines).toEqual({ added: 18, deleted: 4 });
});

test("a model's spellings are one, under the most usual; another version is another", () => {
  const models = ["claude-opus-4-6", "Claude Opus 4.6", "Claude Opus 4.6", "Claude Opus 4.7"];
  const sums = tallied(
    models.map((model) => ({ message: `Fix\n\nCo-authored-by: ${model} <noreply@anthropic.com>\n` })),
  );
  expect(sums.models).toEqual([
    { model: "Claude Opus 4.6", commits: 3, lines: 30 },
    { model: "Claude Opus 4.7", commits: 1, lines: 10 },
  ]);
});

test("lines that were not counted are unknown everywhere, and never 0", () => {
  const sums = tallied([{ message: codex, lines: null }], { lines: false, records: false });
  expect(sums.lines).toBeNull();
  expect(sums.verdicts["agent-assisted"]).toEqual({ commits: 1, lines: null });
  expect(sums.tools).toEqual([{ agent: "codex", commits: 1, lines: null }]);
  expect(sums.months.map(({ lines }) => lines)).toEqual([null]);
  expect(sums.commits.withoutLines).toBe(0);
});

test("merges and the edge of a shallow clone have no lines", () => {
  const sums = tallied([{ parents: ["a", "b"], lines: null }, { lines: null }, {}]);
  expect(sums.commits).toMatchObject({ total: 3, merges: 1, withoutLines: 1 });
});

describe("months", () => {
  const at = (...dates: string[]) => tallied(dates.map((committedAt) => ({ committedAt })));
  test.each([
    { says: "in UTC", dates: ["2026-01-31T23:30:00-02:00"], months: ["2026-02"] },
    {
      says: "with those between",
      dates: ["2026-02-01T00:00:00Z", "2025-11-30T12:00:00Z"],
      months: ["2025-11", "2025-12", "2026-01", "2026-02"],
    },
    {
      says: "without those between where a date is odd",
      dates: ["1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z"],
      months: ["1970-01", "9999-12"],
    },
    { says: "none without a date", dates: ["", "nonsense", "+275760-09-13T00:00:00Z"], months: [] },
  ])("$says", ({ dates, months }) => {
    expect(at(...dates).months.map(({ month }) => month)).toEqual(months);
  });

  test("first and last are instants; dates that cannot be read are counted", () => {
    const { commits } = at("2026-01-02T00:00:00+05:00", "2026-01-01T20:00:00Z", "");
    expect(commits).toMatchObject({ first: "2026-01-01T19:00:00.000Z", last: "2026-01-01T20:00:00.000Z", undated: 1 });
  });
});

describe("declared and attested", () => {
  test("both ways", () => {
    const denied = "Fix\n\nAI-Assisted: no\n";
    const footer = "Fix\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nMore.\n";
    const sums = tallied([
      { message: codex, records: [record("ai")] },
      { message: footer, records: [record("ai")] },
      { records: [record("ai")] },
      { message: denied, records: [record("ai")] },
      { message: codex, records: [record("human")] },
      { records: [record("human")] },
      { message: codex },
    ]);
    expect(sums.records).toEqual({
      sources: [{ source: "git-ai", commits: 6 }],
      withAiLines: { commits: 4, marked: 2, inTrailers: 1 },
      withoutAiLines: { commits: 2, marked: 1, inTrailers: 1 },
      unproven: 0,
      disagreements: { "attested-not-declared": 1, "declared-not-attested": 1, "denied-but-attested": 1 },
    });
    expect(sums.conflicts).toBe(2);
  });

  test("a record that was not read whole proves nothing", () => {
    const unread = { ...record("human"), unread: [{ reason: "an entry of an unknown shape", count: 1 }] };
    const { records, conflicts } = tallied([{ message: codex, records: [unread] }]);
    expect(records).toMatchObject({ withoutAiLines: { commits: 0 }, unproven: 1 });
    expect(conflicts).toBe(0);
  });

  test("a repository without records says so, and not 0", () => {
    expect(tallied([{}], { lines: true, records: false }).records).toBeNull();
  });
});
