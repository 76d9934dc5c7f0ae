import type { Attribution, AttributedLines } from "./attribution.ts";
import { pathProblem } from "./record-path.ts";
import { joinStretches } from "./stretches.ts";

/** Where a record was found, and of which commit it speaks. */
export type RecordPlace = Pick<Attribution, "commit" | "place" | "strength">;

/** Who a record says wrote some lines. */
export type LineWriter = Omit<AttributedLines, "start" | "end">;

/** One record while it is being read. Nothing that is handed to it makes it throw. */
export interface OpenRecord {
  /** Lines `start` to `end` of a file. What cannot be so is counted as unread, and is still the word of the record. */
  add(path: string, start: number, end: number, writer: LineWriter): void;
  /** Lines by somebody that cannot be placed: a tool's raise the commit, of which they are one line, and no line. */
  unplaced(reason: string, writer: LineWriter): void;
  /** Something that could not be read; the reason is ours, never text of the record. */
  unread(reason: string, count?: number): void;
  /** What was read, in its normal form. */
  close(totals?: Attribution["totals"]): Attribution;
}

/** How much of one record is kept. Real ones stay far below: the largest known has 3 MB, nearly all of it messages. */
export const recordLimits = { bytes: 16 * 1024 * 1024, jsonDepth: 500, stretches: 500_000, files: 100_000 } as const;

/** No file has so many lines; sums over all of a record's stretches stay exact below it. */
export const lastLine = 10_000_000;

export function openRecord(at: RecordPlace, source: Attribution["source"]): OpenRecord {
  const files = new Map<string, AttributedLines[] | null>();
  const reasons = new Map<string, number>();
  let stretches = 0;
  let unplacedBy: LineWriter | null = null;

  const unread = (reason: string, count = 1) => void reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  const unplaced = (reason: string, writer: LineWriter) => {
    unread(reason);
    if (writer.by !== "human") unplacedBy ??= writer;
  };
  const openFile = (path: string, writer: LineWriter): AttributedLines[] | null => {
    const known = files.get(path);
    if (known === null && writer.by !== "human") unplacedBy ??= writer;
    if (known !== undefined) return known;
    const problem = files.size >= recordLimits.files ? "a file beyond the limit of files" : pathProblem(path);
    if (problem !== null) unplaced(problem, writer);
    const opened = problem === null ? [] : null;
    if (files.size < recordLimits.files) files.set(path, opened);
    return opened;
  };
  return {
    unread,
    unplaced,
    add(path, start, end, writer) {
      const lines = openFile(path, writer);
      if (lines === null) return;
      if (!isLine(start) || !isLine(end) || start > end) unplaced("lines that no file can have", writer);
      else if (stretches >= recordLimits.stretches) unplaced("lines beyond the limit of stretches", writer);
      else {
        stretches += 1;
        lines.push({ start, end, ...writer });
      }
    },
    close: (totals = null) => ({
      commit: at.commit,
      source,
      place: at.place,
      strength: at.strength,
      files: [...files]
        .flatMap(([path, lines]) => (lines?.length ? [{ path, lines: joinStretches(lines) }] : []))
        .sort(byPath),
      totals: totals ?? totalsOf(unplacedBy),
      unread: [...reasons].map(([reason, count]) => ({ reason, count })).sort(byReason),
    }),
  };
}

/** One line is the least that it can be. */
function totalsOf(writer: LineWriter | null): Attribution["totals"] {
  if (writer === null) return null;
  const { agent, model, session } = writer;
  return { aiLines: 1, humanLines: 0, agent, model, session };
}

/** A record of which nothing could be read, and why. */
export function unreadRecord(at: RecordPlace, source: Attribution["source"], reason: string): Attribution {
  const record = openRecord(at, source);
  record.unread(reason);
  return record.close();
}

/** True for a line that a file can have. */
export function isLine(line: number): boolean {
  return Number.isInteger(line) && line >= 1 && line <= lastLine;
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function byReason(a: { reason: string }, b: { reason: string }): number {
  return a.reason < b.reason ? -1 : 1;
}
