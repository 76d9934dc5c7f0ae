import type { Commit } from "../../core/change/change.ts";
import type { FileLineMap } from "../../core/change/line-map.ts";
import { readPath } from "../../core/change/path-name.ts";
import { listDifferences } from "./diff-tree.ts";
import type { GitRepository } from "./run-git.ts";

/** What is known of a merge before any content is compared. */
export interface MergePaths {
  /** Paths that differ from every parent: the merge's own work. Only there do hunks say whose a line is. */
  own: ReadonlySet<string>;
  /**
   * For each parent the paths that the merge took whole from a later one. The first parent that has the merge's file
   * counts, so nothing is kept for those behind it: merging the base differs from it in all that the branch did.
   */
  taken: FileLineMap[][];
}

/** Says of each merge what is its own work and what it took whole from which parent. No content of a file is read. */
export async function readMerges(
  repository: GitRepository,
  merges: readonly Commit[],
  count: () => void,
): Promise<ReadonlyMap<string, MergePaths>> {
  const read = new Map<string, MergePaths>();
  const name = pathNames();
  const pairs = merges.flatMap(({ sha, parents }) => parents.map((parent, index) => ({ commit: sha, parent, index })));
  let own: Listed = new Map();
  await listDifferences(repository, pairs, count, ({ commit, index }, differences) => {
    const listed: Listed = new Map(differences.map(({ path, status }) => [name(path), status === "D"]));
    const paths = read.get(commit) ?? { own: new Set(), taken: [] };
    if (index === 0) own = listed;
    else takeFrom(index, own, listed, paths.taken);
    read.set(commit, { ...paths, own: new Set(own.keys()) });
  });
  return read;
}

/** By path, whether the merge lacks it. */
type Listed = Map<string, boolean>;

/** What was listed against all parents before and is not listed against this one came from this one. */
function takeFrom(parent: number, own: Listed, listed: Listed, taken: FileLineMap[][]): void {
  while (taken.length < parent) taken.push([]);
  for (const [path, isGone] of own) {
    if (listed.has(path)) continue;
    own.delete(path);
    const file = { from: null, to: path, hunks: [] };
    // Who owned the lines of a file that is gone is never asked.
    if (!isGone) for (const files of taken.slice(0, parent)) files.push(file);
  }
}

/** One string for each path: the same thousands are listed for every merge. */
function pathNames(): (path: Buffer) => string {
  const names = new Map<string, string>();
  return (path) => {
    const bytes = path.toString("latin1");
    const known = names.get(bytes) ?? readPath(path).path;
    names.set(bytes, known);
    return known;
  };
}
