import type { AttributedLines, Attribution } from "./attribution.ts";
import type { Signal } from "./provenance.ts";

/** What a record counts. Lines that it does not name are in neither number. */
export interface AttributedCounts {
  /** Lines by a tool, or by a tool and a person. */
  aiLines: number;
  humanLines: number;
  /** Of the tool with the most of those lines. */
  agent: string | null;
  model: string | null;
}

/**
 * What tools' records of one commit say of it as a whole: a line by a tool makes it `agent-assisted`. Only a record that a
 * change cannot carry makes one `human`, when it names a person for all lines that the commit adds: `addedLines`, against
 * its first parent, undefined when that is not known.
 */
export function attributionSignals(attributions: readonly Attribution[], addedLines: number | undefined): Signal[] {
  return attributions.flatMap((attribution) => {
    const counts = attributedCounts(attribution);
    const verdict = verdictOf(attribution, counts, addedLines);
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
  { strength, unread }: Attribution,
  { aiLines, humanLines }: AttributedCounts,
  addedLines: number | undefined,
): "agent-assisted" | "human" | null {
  if (aiLines > 0) return "agent-assisted";
  const isWhole = addedLines !== undefined && addedLines > 0 && humanLines >= addedLines && unread.length === 0;
  return isWhole && strength === "attested" ? "human" : null;
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
