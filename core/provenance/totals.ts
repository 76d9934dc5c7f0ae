import { verdicts, type Authorship, type Verdict, type Writer } from "../change/authorship.ts";
import type { ChangeProvenance, CommitProvenance, ToolTotal } from "./provenance.ts";

/**
 * Commits and added lines by verdict, and by tool and model: lines by who wrote each one, so that they sum to the added
 * lines. A commit counts for every tool that wrote lines of it; one without such lines, for the tool that it names.
 */
export function provenanceTotals(
  commits: readonly CommitProvenance[],
  authorship: Authorship,
): ChangeProvenance["totals"] {
  const totals = { commits: noneOfEach(), lines: noneOfEach() };
  const tools = new Map<string, Tally>();
  const withLines = new Set<string>();
  for (const { verdict } of commits) totals.commits[verdict] += 1;
  for (const stretches of authorship.files.values()) {
    for (const { start, end, writer } of stretches) {
      const lines = end - start + 1;
      totals.lines[writer.verdict] += lines;
      if (!isByTool(writer.verdict)) continue;
      count(tools, writer, writer.commit, lines);
      if (writer.commit !== null) withLines.add(writer.commit);
    }
  }
  for (const commit of commits)
    if (isByTool(commit.verdict) && !withLines.has(commit.sha)) count(tools, commit, commit.sha, 0);
  return { ...totals, tools: [...tools.values()].map(toTotal).sort(mostLinesFirst) };
}

function noneOfEach(): Record<Verdict, number> {
  return { "agent-authored": 0, "agent-assisted": 0, suggestion: 0, automation: 0, human: 0, undeclared: 0 };
}

function isByTool(verdict: Verdict): boolean {
  return verdicts.indexOf(verdict) <= verdicts.indexOf("suggestion");
}

type Named = Pick<Writer, "agent" | "model">;

interface Tally extends Named {
  commits: Set<string>;
  lines: number;
}

function count(tools: Map<string, Tally>, { agent, model }: Named, commit: string | null, lines: number): void {
  const key = JSON.stringify([agent, model]);
  const tally = tools.get(key) ?? { agent, model, commits: new Set(), lines: 0 };
  tally.lines += lines;
  if (commit !== null) tally.commits.add(commit);
  tools.set(key, tally);
}

function toTotal({ agent, model, commits, lines }: Tally): ToolTotal {
  return { agent, model, commits: commits.size, lines };
}

/** Then most commits, then by name; what has no name comes last. */
function mostLinesFirst(a: ToolTotal, b: ToolTotal): number {
  return b.lines - a.lines || b.commits - a.commits || byName(a.agent, b.agent) || byName(a.model, b.model);
}

/** By code unit, so that the order is the same on every machine. */
function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
