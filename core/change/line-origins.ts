import type { Change, ChangedFile, Commit, ParentDiff } from "./change.ts";
import type { FileLineMap, Hunk } from "./line-map.ts";
import { olderRun, partOf, pushRun, runEnds, runReader, type Run } from "./line-runs.ts";
import { movedOwners } from "./moved-owners.ts";

/** Lines `start` to `end` (inclusive, from 1) at head, and the commit of the change that brought them; null when none did. */
export interface LineOrigin {
  start: number;
  end: number;
  commit: string | null;
  /** Where the commit brought them: the path in its tree, and the first of the lines there, from 1; null with `commit`. */
  path: string | null;
  line: number | null;
}

/** By path at head: which commit brought each added line. Together the stretches of a file are its added lines. */
export type LineOrigins = ReadonlyMap<string, readonly LineOrigin[]>;

/**
 * Says for every added line which commit of the change brought it, by carrying line owners through each commit's own
 * hunks, parents before children: through renames, moves of files and of lines, merges and reverts, and without a
 * `blame` per file. A merge keeps, line by line, what either parent knows; what neither has is the merge's own.
 */
export function lineOrigins(change: Pick<Change, "commits" | "files" | "head">): LineOrigins {
  const trees = ownersByCommit(change.commits, change.head.sha);
  const head = trees.get(change.head.sha) ?? new Map<string, readonly Run[]>();
  return new Map(
    change.files
      .filter((file) => file.hunks.some((hunk) => hunk.newLines > 0))
      .map((file) => [file.path, originsOfAddedLines(file, head.get(file.path) ?? [])]),
  );
}

/**
 * Owners of the files that the change touched so far. A file that is not listed is all older than the change; one that
 * is gone may still be listed, since whatever comes to stand at its path brings owners of its own.
 */
type TreeOwners = Map<string, readonly Run[]>;

function ownersByCommit(commits: readonly Commit[], head: string): Map<string, TreeOwners> {
  const trees = new Map<string, TreeOwners>();
  const waiting = childrenLeft(commits);
  const moved = movedOwners(commits);
  for (const commit of commits) {
    const perParent = commit.diffs.map((diff) => {
      const tree = takeTree(trees, waiting, diff.parent, head);
      moved.keep(commit.sha, diff.parent, tree);
      return carry(tree, diff, commit.sha);
    });
    const tree = perParent.length === 1 ? perParent[0]! : joinParents(commit, perParent);
    moved.restore(commit, tree);
    trees.set(commit.sha, tree);
  }
  return trees;
}

function childrenLeft(commits: readonly Commit[]): Map<string, number> {
  const left = new Map<string, number>();
  for (const commit of commits) for (const parent of commit.parents) left.set(parent, (left.get(parent) ?? 0) + 1);
  return left;
}

/** The parent's owners, to be changed by the child: the same map for the last child, a copy for those before. */
function takeTree(
  trees: Map<string, TreeOwners>,
  waiting: Map<string, number>,
  parent: string | null,
  head: string,
): TreeOwners {
  const tree = parent === null ? undefined : trees.get(parent);
  if (parent === null || tree === undefined) return new Map();
  const left = (waiting.get(parent) ?? 1) - 1;
  waiting.set(parent, left);
  if (left > 0 || parent === head) return new Map(tree);
  trees.delete(parent);
  return tree;
}

function carry(tree: TreeOwners, diff: ParentDiff, commit: string): TreeOwners {
  // Read all before writing any: two files may swap their names.
  const carried = diff.files.map((file) => ({ file, runs: carryFile(file, tree, commit) }));
  for (const { file, runs } of carried) if (file.to !== null) tree.set(file.to, runs);
  return tree;
}

function carryFile(file: FileLineMap, tree: TreeOwners, commit: string): readonly Run[] {
  const before = file.from === null ? [] : (tree.get(file.from) ?? []);
  return applyHunks(before, file.hunks, commit, file.to);
}

/** Owners after the hunks: kept lines keep theirs, added lines get `commit`, and stand where it brought them. */
function applyHunks(before: readonly Run[], hunks: readonly Hunk[], commit: string, path: string | null): Run[] {
  const after: Run[] = [];
  const reader = runReader(before);
  let oldLine = 1;
  for (const hunk of hunks) {
    const firstTouched = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    reader.take(firstTouched - oldLine, (run) => pushRun(after, run));
    reader.take(hunk.oldLines, () => undefined);
    oldLine = firstTouched + hunk.oldLines;
    pushRun(after, { length: hunk.newLines, commit, path, line: hunk.newStart });
  }
  reader.takeRest((run) => pushRun(after, run));
  return after;
}

/**
 * A merge's owners. A line that the merge took from a parent keeps that parent's owner; the first parent that knows
 * an owner inside the change wins, so that a line of the change never turns old by merging the base into it.
 */
function joinParents(merge: Commit, perParent: readonly TreeOwners[]): TreeOwners {
  const changed = merge.diffs.map((diff) => new Set(diff.files.map((file) => file.to ?? file.from)));
  const joined: TreeOwners = new Map();
  for (const path of new Set(perParent.flatMap((tree) => [...tree.keys()]))) {
    // A file that the merge took whole from one parent has that parent's owners.
    const same = changed.findIndex((files) => !files.has(path));
    const views = perParent.map((tree) => tree.get(path) ?? []);
    joined.set(path, same === -1 ? joinRuns(views, merge.sha) : views[same]!);
  }
  return joined;
}

function joinRuns(views: readonly (readonly Run[])[], merge: string): Run[] {
  const joined: Run[] = [];
  const ends = [...new Set(views.flatMap(runEnds))].sort((a, b) => a - b);
  const readers = views.map(runReader);
  let line = 0;
  for (const end of ends) {
    // Between two ends of all views, what a view gives is one run.
    const owners = readers.map((reader) => {
      let owner = olderRun(end - line);
      reader.take(end - line, (run) => (owner = run));
      return owner;
    });
    pushRun(joined, joinOwners(owners, merge) ?? olderRun(end - line));
    line = end;
  }
  return joined;
}

function joinOwners(owners: readonly Run[], merge: string): Run | undefined {
  const inherited = owners.filter(({ commit }) => commit !== merge);
  return inherited.length === 0 ? owners[0] : inherited.find(({ commit }) => commit !== null);
}

/** The owners of exactly the added lines. */
function originsOfAddedLines({ hunks, status }: ChangedFile, runs: readonly Run[]): LineOrigin[] {
  const origins: LineOrigin[] = [];
  const reader = runReader(runs);
  let line = 1;
  for (const hunk of hunks) {
    if (hunk.newLines === 0) continue;
    reader.take(hunk.newStart - line, () => undefined);
    const inHunk: Run[] = [];
    reader.take(hunk.newLines, (run) => pushRun(inHunk, run));
    line = hunk.newStart;
    // A line of a new file has no owner only when it came from an older file, too different now to be its old name.
    for (const { length, ...origin } of status === "added" ? inHunk : fillFromNeighbours(inHunk)) {
      origins.push({ start: line, end: line + length - 1, ...origin });
      line += length;
    }
  }
  return origins;
}

/**
 * Two diffs may align equal lines (`}`) differently, so that an added line has no owner; the line before it in the
 * same hunk, or else after it, says whose edit this was. There it stood next to that line, too.
 */
function fillFromNeighbours(runs: readonly Run[]): Run[] {
  const filled: Run[] = [];
  const first = runs.findIndex(({ commit }) => commit !== null);
  if (first === -1) return [...runs];
  if (first > 0) pushRun(filled, runBefore(runs[first]!, runs[0]!.length));
  for (const run of runs.slice(first)) {
    const last = filled[filled.length - 1];
    pushRun(filled, run.commit === null && last !== undefined ? partOf(last, last.length, run.length) : run);
  }
  return filled;
}

/** `length` lines in front of a run. No file has a line before the first. */
function runBefore({ commit, path, line }: Run, length: number): Run {
  return { length, commit, path, line: Math.max(1, (line ?? 1) - length) };
}
