import type { History, RecordTotals } from "../../provenance/index.ts";

/** A change of what the fields mean raises it; new fields do not. */
export const historyVersion = 1;

/** What was asked for, and what it came to. */
export interface HistoryRange {
  /** The words of the request: `HEAD`, `v1.0..v2.0`. */
  asked: string;
  /** The newest commit, and the one whose history is left out. */
  head: string;
  excluded: string | null;
  /** ISO 8601 in UTC; null for no limit. */
  since: string | null;
  until: string | null;
  /** True for a clone whose history is cut: what is older was not read. */
  shallow: boolean;
}

/** A history as one document: what `--json` prints and what the table is drawn from. */
export interface HistoryDocument extends History {
  version: typeof historyVersion;
  range: HistoryRange;
  /** What a reader should know about these numbers, in sentences of ours. */
  notes: string[];
}

/** The document, with the notes that its own numbers call for behind those of the reader. */
export function historyDocument(history: History, range: HistoryRange, notes: readonly string[]): HistoryDocument {
  return { version: historyVersion, range, ...history, notes: [...notes, ...ownNotes(history, range)] };
}

function ownNotes({ commits, lines, records, promptFamilies }: History, range: HistoryRange): string[] {
  return [
    ...(range.shallow ? ["This clone is shallow: its history is cut, and nothing older was read."] : []),
    ...(lines !== null && commits.merges > 0
      ? ["Git counts no lines of a merge: its lines are those of the commits that it brings."]
      : []),
    ...(commits.withoutLines > 0 ? ["Lines of the oldest commits of a shallow clone are not known."] : []),
    ...(commits.undated > 0 ? ["Commits without a date that can be read stand in no month."] : []),
    ...(records === null ? [] : unproven(records)),
    ...(promptFamilies !== null && promptFamilies.dropped > 0
      ? ["There are more different prompts than are kept; the newest ones are shown."]
      : []),
  ];
}

function unproven({ unproven }: RecordTotals): string[] {
  return unproven === 0 ? [] : ["Records that could not be read whole, or whose commit adds no line, prove nothing."];
}
