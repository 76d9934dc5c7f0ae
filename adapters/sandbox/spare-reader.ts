import { lintLimits, startReader, type LintLimits, type Reader } from "./reader.ts";

/**
 * One process that reads is kept for a while after it was used: to start one takes longer than to read most changes. It
 * has run nothing of what it read, and is ended when it was not asked for some seconds, or has been kept often enough.
 */
let spare: { reader: Reader; timer: NodeJS.Timeout } | null = null;

const keptMs = 5000;
/** A grammar's memory only grows. */
const mostUses = 200;
const uses = new WeakMap<Reader, number>();

/** The spare one, or a new one. */
export async function takeReader(limits: LintLimits): Promise<Reader> {
  const kept = limits === lintLimits ? takeSpare() : null;
  return kept ?? startReader(limits);
}

function takeSpare(): Reader | null {
  if (spare === null) return null;
  const { reader, timer } = spare;
  clearTimeout(timer);
  spare = null;
  return reader.isAlive() ? reader : null;
}

/** Keeps it for the next, or ends it where one is kept already, its limits are others, or it has served enough. */
export function giveBack(reader: Reader, limits: LintLimits): void {
  const used = (uses.get(reader) ?? 0) + 1;
  uses.set(reader, used);
  if (limits !== lintLimits || spare !== null || used >= mostUses || !reader.isAlive()) {
    reader.end();
    return;
  }
  const timer = setTimeout(() => {
    spare = null;
    reader.end();
  }, keptMs);
  timer.unref();
  spare = { reader, timer };
}
