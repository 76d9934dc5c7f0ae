import { isByTool, noneOfEach, type Authorship, type Writer } from "../change/authorship.ts";
import type { ChangeProvenance, CommitProvenance, ToolTotal } from "./provenance.ts";
import { byName, spelledAlike, usualSpelling } from "./tools/spellings.ts";

/**
 * Commits and added lines by verdict, and by tool and model: lines by who wrote each one, so that they sum to the added
 * lines. A commit counts for every tool that wrote lines of it; one without such lines, for the tool that it names.
 * A model's spellings are one, under that which most commits have.
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

type Named = Pick<Writer, "agent" | "model">;

interface Tally extends Pick<Named, "agent"> {
  commits: Set<string>;
  lines: number;
  /** The commits of each spelling of the model. */
  spellings: Map<string | null, Set<string | null>>;
}

function count(tools: Map<string, Tally>, { agent, model }: Named, commit: string | null, lines: number): void {
  const key = JSON.stringify([agent, spelledAlike(model)]);
  const tally: Tally = tools.get(key) ?? { agent, commits: new Set(), lines: 0, spellings: new Map() };
  tally.lines += lines;
  if (commit !== null) tally.commits.add(commit);
  const spelled = tally.spellings.get(model) ?? new Set<string | null>();
  tally.spellings.set(model, spelled.add(commit));
  tools.set(key, tally);
}

function toTotal({ agent, commits, lines, spellings }: Tally): ToolTotal {
  const model = usualSpelling(new Map([...spellings].map(([name, { size }]) => [name, size])));
  return { agent, model, commits: commits.size, lines };
}

/** Then most commits, then by name. */
function mostLinesFirst(a: ToolTotal, b: ToolTotal): number {
  return b.lines - a.lines || b.commits - a.commits || byName(a.agent, b.agent) || byName(a.model, b.model);
}
