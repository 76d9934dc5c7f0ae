import { acceptances, type Acceptance, type Verdict } from "../change/authorship.ts";
import { changeSignals, type ChangeMarks } from "./change-signals.ts";
import { commitProvenance, type CommitWords } from "./commit-provenance.ts";
import type { ChangeProvenance, CommitProvenance } from "./provenance.ts";

/** What the verdict on a whole change is made from. */
export interface ProvenanceInput extends ChangeMarks {
  /** Parents before children. */
  commits: readonly CommitWords[];
}

/**
 * Who or what wrote the change, commit by commit and in sum. `linesByCommit` holds the added lines that each commit
 * brought; lines under `null`, which no commit of the change brought, count by what the change as a whole says.
 */
export function changeProvenance(
  input: ProvenanceInput,
  linesByCommit: ReadonlyMap<string | null, number>,
): ChangeProvenance {
  const signals = changeSignals(input);
  const commits = input.commits.map((commit) => commitProvenance(commit, signals));
  const orphan: Verdict = signals.length > 0 ? "agent-assisted" : "undeclared";
  const ofCommit = new Map<string | null, Verdict>(commits.map(({ sha, verdict }) => [sha, verdict]));
  const lines = [...linesByCommit].map(([sha, count]) => ({ verdict: ofCommit.get(sha) ?? orphan, count }));
  return {
    commits,
    signals,
    totals: {
      commits: totalsOf(commits.map(({ verdict }) => ({ verdict, count: 1 }))),
      lines: totalsOf(lines),
      tools: [],
    },
    disagreements: [],
    acceptance: acceptanceOfChange(commits),
  };
}

/**
 * The strictest acceptance among commits that tools wrote or helped to write. One that says nothing weighs as taken
 * as it came; when none says anything, nothing is made up: `unstated`.
 */
export function acceptanceOfChange(commits: readonly CommitProvenance[]): Acceptance {
  const stated = commits
    .filter(({ verdict }) => verdict === "agent-authored" || verdict === "agent-assisted")
    .map(({ acceptance }) => acceptance);
  if (stated.every((acceptance) => acceptance === "unstated")) return "unstated";
  const weighed = stated.map((acceptance): Acceptance => (acceptance === "unstated" ? "as-is" : acceptance));
  return acceptances.find((acceptance) => weighed.includes(acceptance)) ?? "unstated";
}

function totalsOf(counted: readonly { verdict: Verdict; count: number }[]): Record<Verdict, number> {
  const totals: Record<Verdict, number> = {
    "agent-authored": 0,
    "agent-assisted": 0,
    suggestion: 0,
    automation: 0,
    human: 0,
    undeclared: 0,
  };
  for (const { verdict, count } of counted) totals[verdict] += count;
  return totals;
}
