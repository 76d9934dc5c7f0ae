/**
 * A stretch of `length` lines that one commit brought, and where they began in its tree; null: older than the change.
 * The end of a list of runs is open: lines past it are older than the change.
 */
export interface Run {
  length: number;
  commit: string | null;
  /** The path in the tree of the commit that brought them, and the first of the lines there, from 1. */
  path: string | null;
  line: number | null;
}

/** Lines that no commit of the change brought. */
export function olderRun(length: number): Run {
  return { length, commit: null, path: null, line: null };
}

/** Takes lines from the front of runs, in parts that each lie in one run. */
export function runReader(runs: readonly Run[]) {
  let index = 0;
  let used = 0;
  return {
    take(count: number, give: (run: Run) => void) {
      for (let left = count; left > 0;) {
        const run = runs[index];
        const length = run === undefined ? left : Math.min(left, run.length - used);
        give(run === undefined ? olderRun(length) : partOf(run, used, length));
        left -= length;
        used += length;
        if (run !== undefined && used >= run.length) {
          index += 1;
          used = 0;
        }
      }
    },
    takeRest(give: (run: Run) => void) {
      for (let at = index; at < runs.length; at += 1) {
        const run = runs[at]!;
        give(at === index ? partOf(run, used, run.length - used) : run);
      }
    },
  };
}

/** `length` lines of a run, behind its first `skipped`. */
export function partOf({ commit, path, line }: Run, skipped: number, length: number): Run {
  return { length, commit, path, line: line === null ? null : line + skipped };
}

/** Adds a run at the end, joined to the last one when it goes on where that one ends. */
export function pushRun(runs: Run[], run: Run): void {
  const last = runs[runs.length - 1];
  if (run.length <= 0) return;
  if (last !== undefined && goesOn(last, run)) last.length += run.length;
  else runs.push({ ...run });
}

function goesOn(last: Run, next: Run): boolean {
  if (last.commit !== next.commit) return false;
  return last.line === null || (last.path === next.path && last.line + last.length === next.line);
}

/** The last line of each run, counted from 1. */
export function runEnds(runs: readonly Run[]): number[] {
  let end = 0;
  return runs.map((run) => (end += run.length));
}
