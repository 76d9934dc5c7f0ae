import { ancestry } from "./ancestry.ts";
import type { Commit, Move } from "./change.ts";
import { lineIds } from "./line-ids.ts";
import type { FileLineMap } from "./line-map.ts";
import { bringBack, matchStretches, matchWhole, type AddedHunk, type Match, type MatchSources } from "./match-lines.ts";
import { removedLines, type RemovedHunk, type RemovedLines } from "./removed-lines.ts";
import { places } from "./same-place.ts";

/** Finds moves while the diffs of commits stream past. A commit with several parents is left out. */
export interface MoveFinder {
  /** Begins the diff of a commit with its one parent; how many lines it adds and takes away is known before them. */
  begin(addedLines: number, removedLines: number): void;
  /** The next line that it takes away or adds, without its newline. */
  removed(text: Buffer): void;
  added(text: Buffer): void;
  /** Ends it: what the commit moved or brought back, by path and line. The lines came in the order of these hunks. */
  finish(commit: string, parent: string | null, files: readonly FileLineMap[]): Move[];
}

/** Lines taken away that are remembered, and lines that one commit may add; bytes of text that are told apart. */
export interface MoveLimits {
  lines: number;
  textBytes: number;
}
export const moveLimits: MoveLimits = { lines: 1_000_000, textBytes: 64_000_000 };

/**
 * Lines that a commit adds have moved when the same stretch was taken away, word for word, by the same commit or by one
 * of its ancestors: the longest stretch that the same commit took away, or else the latest ancestor that took one. It
 * needs 20 letters or digits, so that a lone brace is nobody's; a whole hunk that comes back where it stood needs none.
 * Each line that was taken away comes back once: a second copy is the copier's. Commits are told parents before children.
 */
export function moveFinder(
  commits: readonly Pick<Commit, "sha" | "parents">[],
  limits: MoveLimits = moveLimits,
): MoveFinder {
  const numbers = new Map(commits.map(({ sha }, number) => [sha, number]));
  const isAncestor = ancestry(commits);
  const ids = lineIds(limits.textBytes);
  const removed = removedLines();
  const sources = { removed, isAncestor, lettersOf: ids.lettersOf, places: places(isAncestor) };
  let lines: DiffLines = { removed: null, added: null, mayMoveWithin: false };
  return {
    begin(addedCount, removedCount) {
      const keeps = removedCount > 0 && removed.size + removedCount <= limits.lines;
      const looks = addedCount > 0 && addedCount <= limits.lines && (keeps || removed.size > 0);
      lines = { removed: keeps ? [] : null, added: looks ? [] : null, mayMoveWithin: keeps };
    },
    removed: (text) => void lines.removed?.push(ids.removed(text)),
    added: (text) => void lines.added?.push(ids.added(text, lines.mayMoveWithin)),
    finish(sha, parent, files) {
      const commit = numbers.get(sha);
      if (commit === undefined) throw new Error("a diff of a commit that is not among those of the change");
      if (parent !== null && lines.removed !== null) keepRemoved(sources, { commit, parent }, files, lines.removed);
      const added = lines.added === null ? [] : addedHunks(commit, files, lines.added.map(ids.settle));
      const matches = matchAll(sources, added);
      for (const file of files) sources.places.edited(commit, file);
      ids.endCommit();
      lines = { removed: null, added: null, mayMoveWithin: false };
      return matches.map(([hunk, match]) => asMove(commits, removed, hunk, match)).sort(byPathAndLine);
    },
  };
}

/** The lines of one diff, in its order; null when they are not looked at. */
interface DiffLines {
  removed: number[] | null;
  added: number[] | null;
  /** Whether an added line may equal one that the same commit takes away further down. */
  mayMoveWithin: boolean;
}

function keepRemoved(
  { removed, places: edits }: MatchSources,
  source: Pick<RemovedHunk, "commit" | "parent">,
  files: readonly FileLineMap[],
  lines: readonly number[],
): void {
  let next = 0;
  for (const { from, hunks } of files) {
    for (const hunk of hunks) {
      const ofHunk = lines.slice(next, (next += hunk.oldLines));
      if (from === null || hunk.oldLines === 0) continue;
      removed.add({ ...source, path: from, hunk }, ofHunk);
      edits.watch(from);
    }
  }
}

function addedHunks(commit: number, files: readonly FileLineMap[], lines: readonly number[]): AddedHunk[] {
  let next = 0;
  return files.flatMap(({ to: path, hunks }) =>
    hunks.flatMap((hunk) => {
      const ids = lines.slice(next, (next += hunk.newLines));
      return path === null || !ids.some((id) => id !== 0) ? [] : [{ commit, path, hunk, ids }];
    }),
  );
}

/** Whole hunks first: what a revert brings back must not be used up by a part of another hunk. */
function matchAll(sources: MatchSources, added: readonly AddedHunk[]): [AddedHunk, Match][] {
  const matches: [AddedHunk, Match][] = [];
  const rest: AddedHunk[] = [];
  for (const hunk of added) {
    const match = matchWhole(sources, hunk);
    if (match === null) rest.push(hunk);
    else {
      bringBack(sources.removed, hunk, match);
      matches.push([hunk, match]);
    }
  }
  for (const hunk of rest) for (const match of matchStretches(sources, hunk)) matches.push([hunk, match]);
  return matches;
}

function asMove(
  commits: readonly Pick<Commit, "sha">[],
  removed: RemovedLines,
  { path, hunk }: AddedHunk,
  { at, position, lines }: Match,
): Move {
  const source = removed.hunkAt(position);
  const { sha: commit } = commits[source.commit]!;
  const start = source.hunk.oldStart + position - source.first;
  return { path, start: hunk.newStart + at, lines, from: { commit, parent: source.parent, path: source.path, start } };
}

/** By code unit of the path. */
function byPathAndLine(a: Move, b: Move): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start;
}
