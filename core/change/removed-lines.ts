import type { Hunk } from "./line-map.ts";

/** What one hunk of a commit took away. */
export interface RemovedHunk {
  /** The commit's place in the list of commits. */
  commit: number;
  parent: string;
  /** The path in the parent's tree. */
  path: string;
  hunk: Hunk;
  /** Where its lines stand in the index. */
  first: number;
}

/** All lines that were taken away so far, each at a position from 1; between two hunks there is a position of no line. */
export interface RemovedLines {
  /** How many positions there are. */
  readonly size: number;
  add(hunk: Omit<RemovedHunk, "first">, ids: readonly number[]): void;
  /** The number of the line at a position; 0 for none. */
  idAt(position: number): number;
  hunkAt(position: number): RemovedHunk;
  /** The latest position of a line, and the next earlier one of the same line; 0 for none. */
  latest(id: number): number;
  earlier(position: number): number;
  /** How often a line was taken away. */
  count(id: number): number;
  /** The hunks that may be equal to these lines as a whole; the latest last. */
  wholeHunks(ids: readonly number[]): readonly RemovedHunk[];
  /** Which commit brought the line back last, by its place in the list; -1 for none. */
  broughtBackBy(position: number): number;
  bringBack(position: number, commit: number): void;
}

export function removedLines(): RemovedLines {
  const ids = [0];
  const earlier = [0];
  const hunkNumbers = [0];
  const broughtBack = [-1];
  const hunks: RemovedHunk[] = [];
  const latest: number[] = [0];
  const counts: number[] = [0];
  const whole = new Map<string, RemovedHunk[]>();
  const push = (id: number) => {
    const position = ids.push(id) - 1;
    earlier.push(id === 0 ? 0 : (latest[id] ?? 0));
    hunkNumbers.push(hunks.length - 1);
    broughtBack.push(-1);
    if (id === 0) return;
    latest[id] = position;
    counts[id] = (counts[id] ?? 0) + 1;
  };
  return {
    get size() {
      return ids.length - 1;
    },
    add(hunk, lines) {
      const added = { ...hunk, first: ids.length };
      hunks.push(added);
      for (const id of lines) push(id);
      push(0);
      const known = whole.get(wholeKey(lines));
      if (known === undefined) whole.set(wholeKey(lines), [added]);
      else known.push(added);
    },
    idAt: (position) => ids[position] ?? 0,
    hunkAt: (position) => hunks[hunkNumbers[position]!]!,
    latest: (id) => latest[id] ?? 0,
    earlier: (position) => earlier[position] ?? 0,
    count: (id) => counts[id] ?? 0,
    wholeHunks: (lines) => whole.get(wholeKey(lines)) ?? [],
    broughtBackBy: (position) => broughtBack[position] ?? -1,
    bringBack(position, commit) {
      broughtBack[position] = commit;
    },
  };
}

function wholeKey(ids: readonly number[]): string {
  return `${ids.length} ${ids[0] ?? 0} ${ids[ids.length - 1] ?? 0}`;
}
