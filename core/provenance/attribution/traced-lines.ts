import { isSha, type Commit, type Sha } from "../../change/change.ts";
import { hexDigits, isMadeOf } from "../signals/characters.ts";

/** Lines `start` to `end` (inclusive, from 1) of a file. */
export interface PathLines {
  path: string;
  start: number;
  end: number;
}

/** A commit that records may speak of, and the lines that it added, ascending in each file. */
export interface TracedCommit {
  sha: Sha;
  parents: readonly Sha[];
  added: readonly PathLines[];
}

/** What a commit of a change added to its one parent. Which lines a merge brought itself is not asked here: none. */
export function tracedCommit({ sha, parents, diffs }: Pick<Commit, "sha" | "parents" | "diffs">): TracedCommit {
  const files = diffs.length === 1 ? (diffs[0]?.files ?? []) : [];
  const added = files.flatMap(({ to, hunks }) =>
    hunks.flatMap(({ newStart, newLines }) =>
      to === null || newLines === 0 ? [] : [{ path: to, start: newStart, end: newStart + newLines - 1 }],
    ),
  );
  return { sha, parents, added };
}

type Stretch = Omit<PathLines, "path">;

/** Lines of one commit that a record names and that the commit added. */
export interface NamedLines {
  sha: Sha;
  /** What the commit added of these lines. */
  within: (start: number, end: number) => Stretch[];
}

/**
 * Says of which commits a record speaks. A record is written while a revision is checked out, and so names the parent of
 * the commit that its lines came in; the format leaves open that another tool names that commit itself. So its lines
 * are those that a child of the revision added there; where none did, those that the revision itself added; and never others.
 */
export class TracedLines {
  readonly #byStart = new Map<string, Sha>();
  readonly #added = new Map<string, Stretch[]>();
  readonly #children = new Map<string, Set<Sha>>();

  constructor(commits: readonly TracedCommit[]) {
    for (const { sha, parents, added } of commits) {
      for (const known of [sha, ...parents]) this.#byStart.set(known.slice(0, shortestRevision), known);
      for (const { path, ...stretch } of added) {
        push(this.#added, keyOf(sha, path), stretch);
        for (const parent of parents) {
          const key = keyOf(parent, path);
          const children = this.#children.get(key) ?? new Set<Sha>();
          if (children.size < mostChildren) this.#children.set(key, children.add(sha));
        }
      }
    }
  }

  /** The commit of the change, or the parent of one, by its id or a beginning that is long enough to mean no other. */
  named(revision: string): Sha | null {
    if (!isRevision(revision)) return null;
    const sha = this.#byStart.get(revision.slice(0, shortestRevision));
    return sha !== undefined && isSha(sha) && sha.startsWith(revision) ? sha : null;
  }

  /** The commits that added some of the named lines of a file. */
  of(revision: Sha, path: string, named: readonly Stretch[]): NamedLines[] {
    const children = [...(this.#children.get(keyOf(revision, path)) ?? [])];
    const next = children.flatMap((sha) => this.#adding(sha, path, named));
    return next.length > 0 ? next : this.#adding(revision, path, named);
  }

  #adding(sha: Sha, path: string, named: readonly Stretch[]): NamedLines[] {
    const added = this.#added.get(keyOf(sha, path)) ?? [];
    const within = (start: number, end: number) => overlaps(added, start, end);
    return named.some(({ start, end }) => firstOverlap(added, start, end) !== null) ? [{ sha, within }] : [];
  }
}

/** Digits that mean one commit and no other. */
export const shortestRevision = 12;

/** True for enough digits of an id, in lower case. */
export function isRevision(revision: string): boolean {
  return revision.length >= shortestRevision && isMadeOf(revision, hexDigits);
}

/** Nobody edits one file in more commits on one; each record would be looked for in all of them. */
const mostChildren = 100;

function keyOf(sha: Sha, path: string): string {
  return `${sha} ${path}`;
}

function push(lists: Map<string, Stretch[]>, key: string, stretch: Stretch): void {
  const list = lists.get(key) ?? [];
  list.push(stretch);
  lists.set(key, list);
}

function overlaps(added: readonly Stretch[], start: number, end: number): Stretch[] {
  const found: Stretch[] = [];
  for (let at = firstOverlap(added, start, end) ?? added.length; at < added.length; at += 1) {
    const stretch = added[at]!;
    if (stretch.start > end) break;
    found.push({ start: Math.max(start, stretch.start), end: Math.min(end, stretch.end) });
  }
  return found;
}

/** The index of the first of ascending stretches that shares a line with `start` to `end`. */
function firstOverlap(added: readonly Stretch[], start: number, end: number): number | null {
  let low = 0;
  let high = added.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (added[middle]!.end < start) low = middle + 1;
    else high = middle;
  }
  const first = added[low];
  return first !== undefined && first.start <= end ? low : null;
}
