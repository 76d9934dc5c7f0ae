import { expect, test } from "vitest";
import type { Verdict } from "../../../../core/change/authorship.ts";
import { lineShares, recordedLines } from "../../../../core/provenance/attribution/line-shares.ts";
import { recorded, sampleAttribution } from "../../../builders.ts";

/** Added lines of a commit by who wrote them. */

const file = (path: string, ...lines: ReturnType<typeof recorded>[]) => sampleAttribution({ path, lines });
const own = (verdict: Verdict) => ({ verdict, agent: null, model: null });

test.each([
  { says: "without a record all are the commit's", verdict: "human", records: [], shares: { human: 10 } },
  {
    says: "a tool's raise",
    verdict: "undeclared",
    records: [file("a", recorded("ai", 1, 3))],
    shares: { "agent-authored": 3, undeclared: 7 },
  },
  {
    says: "mixed ones raise less",
    verdict: "human",
    records: [file("a", recorded("mixed", 1, 3))],
    shares: { "agent-assisted": 3, human: 7 },
  },
  {
    says: "a person's lower nothing",
    verdict: "agent-assisted",
    records: [file("a", recorded("human", 1, 3))],
    shares: { "agent-assisted": 10 },
  },
  {
    says: "a person's raise silence",
    verdict: "undeclared",
    records: [file("a", recorded("human", 1, 3))],
    shares: { human: 3, undeclared: 7 },
  },
  {
    says: "a line in two records counts once, by the stronger word",
    verdict: "undeclared",
    records: [file("a", recorded("human", 1, 4)), file("a", recorded("ai", 2, 3))],
    shares: { "agent-authored": 2, human: 2, undeclared: 6 },
  },
  {
    says: "the same lines of two files are two",
    verdict: "undeclared",
    records: [file("a", recorded("ai", 1, 2)), file("b", recorded("ai", 1, 2))],
    shares: { "agent-authored": 4, undeclared: 6 },
  },
  {
    says: "no more than git counts, strongest first",
    verdict: "undeclared",
    records: [file("a", recorded("human", 1, 50)), file("b", recorded("ai", 1, 8))],
    shares: { "agent-authored": 8, human: 2 },
  },
] as const)("$says", ({ verdict, records, shares }) => {
  const sums: Record<string, number> = {};
  for (const share of lineShares(10, own(verdict), records))
    sums[share.verdict] = (sums[share.verdict] ?? 0) + share.lines;
  expect(sums).toEqual(shares);
});

test("lines bear the names of the record, or else of the commit", () => {
  const named = recorded("ai", 1, 1, { agent: "cursor", model: "gpt-5" });
  const unnamed = recorded("ai", 2, 2, { agent: null, model: null });
  const shares = lineShares(3, { verdict: "agent-assisted", agent: "codex", model: "o3" }, [file("a", named, unnamed)]);
  expect(shares).toEqual([
    { verdict: "agent-authored", agent: "cursor", model: "gpt-5", lines: 1 },
    { verdict: "agent-authored", agent: "codex", model: "o3", lines: 1 },
    { verdict: "agent-assisted", agent: "codex", model: "o3", lines: 1 },
  ]);
});

test("a record that only counts says how many, but not which", () => {
  const totals = { aiLines: 7, humanLines: 2, agent: "claude-code", model: null, session: null };
  const record = { ...sampleAttribution({ path: "a", lines: [] }), totals };
  expect(recordedLines(record)).toEqual({ ai: 7, mixed: 0, human: 2 });
});
