import type { Change, ChangedFile, Commit, ParentDiff } from "./change.ts";
import type { FileLineMap, Hunk } from "./line-map.ts";

/** Lines `start` to `end` (inclusive, from 1) at head, and the commit of the change that brought them; null when none did. */
export interface LineOrigin {
  start: number;
  end: number;
  commit: string | null;
}

/** By path at head: which commit brought each added line. Together the stretches of a file are its added lines. */
export type LineOrigins = ReadonlyMap<string, readonly LineOrigin[]>;

/**
 * Says for every added line which commit of the change brought it, by carrying line owners through each commit's own
 * hunks, parents before children: through renames, moves of files, merges and reverts, and without a `blame` per file.
 * A merge keeps, line by line, what either parent knows; what neither has is the merge's own.
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

/** A stretch of `length` lines with one owner; null: older than the change. The end of the file is open. */
interface Run {
  length: number;
  commit: string | null;
}

/**
 * Owners of the files that the change touched so far. A file that is not listed is all older than the change; one that
 * is gone may still be listed, since whatever comes to stand at its path brings owners of its own.
 */
type TreeOwners = Map<string, readonly Run[]>;

function ownersByCommit(commits: readonly Commit[], head: string): Map<string, TreeOwners> {
  const trees = new Map<string, TreeOwners>();
  const waiting = childrenLeft(commits);
  for (const commit of commits) {
    const perParent = commit.diffs.map((diff) => carry(takeTree(trees, waiting, diff.parent, head), diff, commit.sha));
    trees.set(commit.sha, perParent.length === 1 ? perParent[0]! : joinParents(commit, perParent));
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
  return applyHunks(before, file.hunks, commit);
}

/** Owners after the hunks: kept lines keep theirs, added lines get `commit`. */
function applyHunks(before: readonly Run[], hunks: readonly Hunk[], commit: string): Run[] {
  const after: Run[] = [];
  const reader = runReader(before);
  let oldLine = 1;
  for (const hunk of hunks) {
    const firstTouched = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    reader.take(firstTouched - oldLine, (run) => push(after, run));
    reader.take(hunk.oldLines, () => undefined);
    oldLine = firstTouched + hunk.oldLines;
    push(after, { length: hunk.newLines, commit });
  }
  reader.takeRest((run) => push(after, run));
  return after;
}

/** Takes lines from the front of runs; past their end lines are older than the change. */
function runReader(runs: readonly Run[]) {
  let index = 0;
  let used = 0;
  return {
    take(count: number, give: (run: Run) => void) {
      for (let left = count; left > 0;) {
        const run = runs[index];
        const length = run === undefined ? left : Math.min(left, run.length - used);
        give({ length, commit: run?.commit ?? null });
        left -= length;
        used += length;
        if (run !== undefined && used >= run.length) {
          index += 1;
          used = 0;
        }
      }
    },
    takeRest(give: (run: Run) => void) {
      for (const [offset, run] of runs.slice(index).entries())
        give(offset === 0 ? { ...run, length: run.length - used } : run);
    },
  };
}

function push(runs: Run[], run: Run): void {
  const last = runs[runs.length - 1];
  if (run.length <= 0) return;
  if (last?.commit === run.commit) last.length += run.length;
  else runs.push({ ...run });
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
    const owners = readers.map((reader) => {
      let owner: string | null = null;
      reader.take(end - line, (run) => (owner = run.commit));
      return owner;
    });
    push(joined, { length: end - line, commit: joinOwners(owners, merge) });
    line = end;
  }
  return joined;
}

/** Where each run ends, counted from the top: between two ends of all views every line has the same owners. */
function runEnds(runs: readonly Run[]): number[] {
  let end = 0;
  return runs.map((run) => (end += run.length));
}

function joinOwners(owners: readonly (string | null)[], merge: string): string | null {
  const inherited = owners.filter((owner) => owner !== merge);
  if (inherited.length === 0) return merge;
  return inherited.find((owner) => owner !== null) ?? null;
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
    reader.take(hunk.newLines, (run) => push(inHunk, run));
    line = hunk.newStart;
    // A line of a new file has no owner only when it came from an older file, too different now to be its old name.
    for (const run of status === "added" ? inHunk : fillFromNeighbours(inHunk)) {
      origins.push({ start: line, end: line + run.length - 1, commit: run.commit });
      line += run.length;
    }
  }
  return origins;
}

/**
 * Two diffs may align equal lines (`}`) differently, so that an added line has no owner; the line before it in the
 * same hunk, or else after it, says whose edit this was.
 */
function fillFromNeighbours(runs: readonly Run[]): Run[] {
  const filled: Run[] = [];
  const firstOwner = runs.find((run) => run.commit !== null)?.commit ?? null;
  let owner = firstOwner;
  for (const run of runs) {
    owner = run.commit ?? owner;
    push(filled, { length: run.length, commit: owner });
  }
  return filled;
}
