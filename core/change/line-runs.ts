/**
 * A stretch of `length` lines that one commit brought, and where they began in its tree; null: older than the change.
 * The end of a list of runs is open: lines past it are older than the change. Lists share runs, so none is ever changed.
 */
export interface Run {
  readonly length: number;
  readonly commit: string | null;
  /** The path in the tree of the commit that brought them, and the first of the lines there, from 1. */
  readonly path: string | null;
  readonly line: number | null;
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
export function partOf(run: Run, skipped: number, length: number): Run {
  if (skipped === 0 && length === run.length) return run;
  const { commit, path, line } = run;
  return { length, commit, path, line: line === null ? null : line + skipped };
}

/** Adds a run at the end, joined to the last one when it goes on where that one ends. */
export function pushRun(runs: Run[], run: Run): void {
  if (run.length <= 0) return;
  const last = runs[runs.length - 1];
  if (last === undefined || !goesOn(last, run)) runs.push(run);
  else
    runs[runs.length - 1] = { length: last.length + run.length, commit: last.commit, path: last.path, line: last.line };
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
