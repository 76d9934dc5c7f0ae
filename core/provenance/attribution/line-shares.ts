import { verdicts, type Verdict } from "../../change/authorship.ts";
import { attributionIndex } from "./attribution-index.ts";
import { recordWords, verdictOfRecord, type AttributedLines, type Attribution } from "./attribution.ts";
import type { CommitProvenance } from "../provenance.ts";

/** Some of the lines that a commit added, and who wrote them. */
export interface LineShare {
  verdict: Verdict;
  agent: string | null;
  model: string | null;
  lines: number;
}

/**
 * The lines that a commit added by who wrote them: those that the records name by what they say, the rest by the
 * commit's own marks. Records only raise: a person's line in a commit that names a tool stays the tool's. A record
 * counts lines of files, git those of the diff; no more are shared out than git counts, strongest first.
 */
export function lineShares(
  added: number,
  own: Pick<CommitProvenance, "verdict" | "agent" | "model">,
  attributions: readonly Attribution[],
): LineShare[] {
  let left = added;
  const shares: LineShare[] = [];
  const take = (share: LineShare): void => {
    const lines = Math.min(share.lines, left);
    if (lines > 0) shares.push({ ...share, lines });
    left -= lines;
  };
  for (const recorded of countRecorded(attributions)) {
    const verdict = verdictOfRecord[recorded.by];
    const isStronger = verdicts.indexOf(verdict) <= verdicts.indexOf(own.verdict);
    const { agent, model } = isStronger && recorded.agent !== null ? recorded : own;
    take({ verdict: isStronger ? verdict : own.verdict, agent, model, lines: recorded.lines });
  }
  take({ verdict: own.verdict, agent: own.agent, model: own.model, lines: left });
  return shares;
}

/** How many lines a record names, by its word for who wrote them. */
export function recordedLines(attribution: Attribution): Record<AttributedLines["by"], number> {
  const lines = { ai: 0, mixed: 0, human: 0 };
  for (const counted of countRecorded([attribution])) lines[counted.by] += counted.lines;
  return lines;
}

interface Counted extends Pick<AttributedLines, "by" | "agent" | "model"> {
  lines: number;
}

/** Lines by word, tool and model, the strongest word first; each line once, whatever the number of records. */
function countRecorded(attributions: readonly Attribution[]): Counted[] {
  const index = attributionIndex(attributions);
  const counted = new Map<string, Counted>();
  for (const [commit, path, last] of filesOf(attributions)) {
    for (const { start, end, record } of index.over(commit, path, 1, last)) {
      if (record === null) continue;
      const { by, agent, model } = record;
      const key = `${by}\n${agent}\n${model}`;
      const known = counted.get(key) ?? { by, agent, model, lines: 0 };
      known.lines += end - start + 1;
      counted.set(key, known);
    }
  }
  if (counted.size === 0) addTotals(attributions, counted);
  return [...counted.values()].toSorted((a, b) => recordWords.indexOf(a.by) - recordWords.indexOf(b.by));
}

/** Each file that a record speaks of, with the last line that one does. */
function* filesOf(attributions: readonly Attribution[]): Generator<[commit: string, path: string, last: number]> {
  const last = new Map<string, [commit: string, path: string, last: number]>();
  for (const { commit, files } of attributions)
    for (const { path, lines } of files) {
      const key = `${commit} ${path}`;
      last.set(key, [commit, path, Math.max(last.get(key)?.[2] ?? 0, lines.at(-1)?.end ?? 0)]);
    }
  for (const file of last.values()) if (file[2] > 0) yield file;
}

/** Where no record names a line, what one counts without naming them. */
function addTotals(attributions: readonly Attribution[], counted: Map<string, Counted>): void {
  const totals = attributions.map((each) => each.totals).filter((each) => each !== null);
  const best = totals.toSorted((a, b) => b.aiLines - a.aiLines)[0];
  if (best === undefined) return;
  const { aiLines, humanLines, agent, model } = best;
  if (aiLines > 0) counted.set("ai", { by: "ai", agent, model, lines: aiLines });
  if (humanLines > 0) counted.set("human", { by: "human", agent: null, model: null, lines: humanLines });
}
