import type { AttributedLines, Attribution } from "./attribution.ts";
import type { Signal } from "../provenance.ts";

/** What a record counts. Lines that it does not name are in neither number. */
export interface AttributedCounts {
  /** Lines by a tool, or by a tool and a person. */
  aiLines: number;
  humanLines: number;
  /** Of the tool with the most of those lines. */
  agent: string | null;
  model: string | null;
}

/** The lines that a commit adds against its first parent, by path in its own tree; ascending, not overlapping. */
export type AddedByPath = ReadonlyMap<string, AddedStretches>;
type AddedStretches = readonly Pick<AttributedLines, "start" | "end">[];

/**
 * What tools' records of one commit say of it as a whole: a line by a tool makes it `agent-assisted`. Only a record that a
 * change cannot carry makes one `human`, when it names a person for each line that the commit adds: lines of other files,
 * and other lines, say nothing of it, nor does a mere count. Without `added` nobody knows which those are.
 */
export function attributionSignals(attributions: readonly Attribution[], added: AddedByPath | undefined): Signal[] {
  return attributions.flatMap((attribution) => {
    const counts = attributedCounts(attribution);
    const verdict = verdictOf(attribution, counts, added);
    if (verdict === null) return [];
    const { commit, source, strength } = attribution;
    const { agent, model } = counts;
    const place: Signal["place"] = { commit, field: "note", line: null };
    return [{ kind: "note", source, agent, model, class: "note", strength, verdict, place, raw: "" }];
  });
}

/** The lines that a record names, and the tool that wrote most of them. */
export function attributedCounts({ files, totals }: Attribution): AttributedCounts {
  const lines = files.flatMap((file) => file.lines);
  const ai = lines.filter(({ by }) => by !== "human");
  const aiLines = Math.max(countOf(ai), totals?.aiLines ?? 0);
  const humanLines = Math.max(countOf(lines) - countOf(ai), totals?.humanLines ?? 0);
  return { aiLines, humanLines, ...namesOf(ai, totals) };
}

function verdictOf(
  record: Attribution,
  { aiLines }: AttributedCounts,
  added: AddedByPath | undefined,
): "agent-assisted" | "human" | null {
  if (aiLines > 0) return "agent-assisted";
  const isWhole = record.unread.length === 0 && record.strength === "attested";
  return isWhole && added !== undefined && coversAll(record, added) ? "human" : null;
}

/** True when the record names every added line, and there is one. */
function coversAll({ files }: Attribution, added: AddedByPath): boolean {
  const recorded = new Map(files.map(({ path, lines }) => [path, lines]));
  const paths = [...added].filter(([, stretches]) => stretches.length > 0);
  return paths.length > 0 && paths.every(([path, stretches]) => covers(recorded.get(path) ?? [], stretches));
}

/** Both ascend, and are gone through once. */
function covers(lines: readonly AttributedLines[], stretches: AddedStretches): boolean {
  let at = 0;
  return stretches.every(({ start, end }) => {
    let next = start;
    while (at < lines.length && lines[at]!.end < next) at += 1;
    while (at < lines.length && lines[at]!.start <= next && next <= end) {
      next = Math.max(next, lines[at]!.end + 1);
      if (next <= end) at += 1;
    }
    return next > end;
  });
}

function countOf(lines: readonly AttributedLines[]): number {
  return lines.reduce((sum, { start, end }) => sum + Math.max(end - start + 1, 0), 0);
}

/** The first of those with the most lines, so that the same record names the same tool. */
function namesOf(
  ai: readonly AttributedLines[],
  totals: Attribution["totals"],
): Pick<AttributedCounts, "agent" | "model"> {
  const writers = Map.groupBy(ai, ({ agent, model }) => `${agent}\n${model}`);
  const [most] = [...writers.values()].toSorted((a, b) => countOf(b) - countOf(a))[0] ?? [];
  return { agent: most?.agent ?? totals?.agent ?? null, model: most?.model ?? totals?.model ?? null };
}
