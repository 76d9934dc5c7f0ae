import type { Commit, Move } from "./change.ts";
import { partOf, pushRun, runEnds, runReader, type Run } from "./line-runs.ts";

/** Owners by path, in one commit's tree. */
type TreeOwners = Map<string, readonly Run[]>;

/** Hands the owners of lines that were taken away to where they stand again. */
export interface MovedOwners {
  /** Keeps what moves will ask for of the files that `commit` changes, as `parent` had them. */
  keep(commit: string, parent: string | null, tree: ReadonlyMap<string, readonly Run[]>): void;
  /** Gives back their owners to the lines that the commit moved or brought back. */
  restore(commit: Commit, tree: TreeOwners): void;
}

/**
 * A line that was moved keeps the owner that it had, when that is a commit of the change; one that is older than the
 * change belongs to whoever moved it. Commits are to be told of parents before children.
 */
export function movedOwners(commits: readonly Commit[]): MovedOwners {
  const wanted = movesBySource(commits);
  const kept = new Map<Move, readonly Run[]>();
  const findPart = partFinder();
  return {
    keep(commit, parent, tree) {
      for (const move of wanted.get(`${commit} ${parent ?? ""}`) ?? []) kept.set(move, tree.get(move.from.path) ?? []);
    },
    restore({ sha, moves }, tree) {
      for (const [path, ofFile] of byPath(moves)) {
        const runs = tree.get(path);
        if (runs !== undefined) tree.set(path, restoreFile(runs, ofFile, sha, kept, findPart));
      }
      for (const move of moves) kept.delete(move);
    },
  };
}

function movesBySource(commits: readonly Commit[]): Map<string, Move[]> {
  const wanted = new Map<string, Move[]>();
  for (const { moves } of commits) {
    for (const move of moves) {
      const key = `${move.from.commit} ${move.from.parent}`;
      const known = wanted.get(key);
      if (known === undefined) wanted.set(key, [move]);
      else known.push(move);
    }
  }
  return wanted;
}

function byPath(moves: readonly Move[]): Map<string, Move[]> {
  const files = new Map<string, Move[]>();
  for (const move of moves.toSorted((a, b) => a.start - b.start)) {
    const known = files.get(move.path);
    if (known === undefined) files.set(move.path, [move]);
    else known.push(move);
  }
  return files;
}

function restoreFile(
  runs: readonly Run[],
  moves: readonly Move[],
  mover: string,
  kept: ReadonlyMap<Move, readonly Run[]>,
  findPart: ReturnType<typeof partFinder>,
): Run[] {
  const restored: Run[] = [];
  const reader = runReader(runs);
  let line = 1;
  for (const move of moves) {
    const source = kept.get(move);
    if (source === undefined || move.start < line) continue;
    reader.take(move.start - line, (run) => pushRun(restored, run));
    line = move.start;
    reader.take(move.lines, (run) => {
      // Only what the commit adds can have been moved by it.
      if (run.commit !== mover) pushRun(restored, run);
      else restoreRun(restored, run, findPart(source, move.from.start + line - move.start, run.length));
      line += run.length;
    });
  }
  reader.takeRest((run) => pushRun(restored, run));
  return restored;
}

function restoreRun(restored: Run[], run: Run, owners: readonly Run[]): void {
  let skipped = 0;
  for (const owner of owners) {
    pushRun(restored, owner.commit === null ? partOf(run, skipped, owner.length) : owner);
    skipped += owner.length;
  }
}

/** Finds lines in the midst of runs by halving: the runs of one file may be asked for thousands of moves. */
function partFinder(): (runs: readonly Run[], start: number, lines: number) => Run[] {
  const known = new WeakMap<readonly Run[], number[]>();
  return (runs, start, lines) => {
    const ends = known.get(runs) ?? runEnds(runs);
    known.set(runs, ends);
    const first = firstEndingAt(ends, start);
    const part: Run[] = [];
    const reader = runReader(runs.slice(first, firstEndingAt(ends, start + lines - 1) + 1));
    reader.take(start - 1 - (ends[first - 1] ?? 0), () => undefined);
    reader.take(lines, (run) => part.push(run));
    return part;
  };
}

/** The index of the first run whose end is not before the line. */
function firstEndingAt(ends: readonly number[], line: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
