import { lineSources, type LineSource } from "../../change/authorship.ts";
import { isMachineWord } from "../../untrusted/index.ts";
import { recordWords, type AttributedLines, type Attribution } from "./attribution.ts";

/** What one record says of a line. */
export interface LineRecord extends Omit<AttributedLines, "start" | "end"> {
  source: LineSource;
}

/** Lines `start` to `end` (inclusive, from 1) of a file in a commit's tree, and the record that counts; null where none speaks. */
export interface RecordedLines {
  start: number;
  end: number;
  record: LineRecord | null;
}

/** Answers, for any lines of a file in a commit's tree, what the tools' records say of them. */
export interface AttributionIndex {
  /** Ascending and without gaps from `first` to `last`; empty when no record speaks of any of these lines. */
  over: (commit: string, path: string, first: number, last: number) => RecordedLines[];
}

/**
 * The records by commit and path. Where several speak of one line the strongest word counts (`ai`, then `mixed`, then
 * `human`), and of equal ones that which names a model, or else a tool: records only raise, so none silences another.
 * A claim, which the change itself can edit, never shows that a person wrote a line.
 */
export function attributionIndex(attributions: readonly Attribution[]): AttributionIndex {
  const files = new Map<string, Stretch[][]>();
  for (const { commit, source: by, strength, files: recorded } of attributions) {
    const source = lineSources.find((each) => each === by);
    if (source === undefined) continue;
    for (const { path, lines } of recorded) {
      const key = keyOf(commit, path);
      const stretches = lines
        .filter(({ by }) => by !== "human" || strength === "attested")
        .map((each) => stretchOf(each, source));
      files.set(key, [...(files.get(key) ?? []), stretches]);
    }
  }
  return {
    over: (commit, path, first, last) => {
      const found = (files.get(keyOf(commit, path)) ?? []).flatMap((list) => overlapping(list, first, last));
      return found.length === 0 ? [] : pieces(found, first, last);
    },
  };
}

function keyOf(commit: string, path: string): string {
  return `${commit} ${path}`;
}

interface Stretch {
  start: number;
  end: number;
  record: LineRecord;
}

/** Replayed facts come from a file: what is no session's id is none. */
function stretchOf({ start, end, session, ...says }: AttributedLines, source: LineSource): Stretch {
  const id = session !== null && isMachineWord(session) ? session : null;
  return { start, end, record: { ...says, session: id, source } };
}

/** Those of ascending stretches that share a line with `first` to `last`. */
function overlapping(stretches: readonly Stretch[], first: number, last: number): Stretch[] {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.end < first) low = middle + 1;
    else high = middle;
  }
  const found: Stretch[] = [];
  for (let index = low; index < stretches.length && stretches[index]!.start <= last; index += 1)
    found.push(stretches[index]!);
  return found;
}

/** Cuts where any stretch begins or ends; between two cuts every line has the same records. */
function pieces(stretches: readonly Stretch[], first: number, last: number): RecordedLines[] {
  const sorted = stretches.toSorted((a, b) => a.start - b.start);
  const starts = sorted.flatMap(({ start, end }) => [start, end + 1]).filter((line) => line > first && line <= last);
  const cuts = [...new Set([first, ...starts])].sort((a, b) => a - b);
  let open: Stretch[] = [];
  let next = 0;
  return cuts.map((start, index) => {
    while (next < sorted.length && sorted[next]!.start <= start) open.push(sorted[next++]!);
    open = open.filter((stretch) => stretch.end >= start);
    return { start, end: (cuts[index + 1] ?? last + 1) - 1, record: strongest(open) };
  });
}

function strongest(stretches: readonly Stretch[]): LineRecord | null {
  const [best] = stretches.map(({ record }) => record).sort((a, b) => rank(a) - rank(b));
  return best ?? null;
}

function rank({ by, agent, model }: LineRecord): number {
  return recordWords.indexOf(by) * 4 + (model === null ? 2 : 0) + (agent === null ? 1 : 0);
}
