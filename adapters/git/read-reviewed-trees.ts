import { treeFileOf, type ReviewedTree } from "../../core/change/tree-file.ts";
import { Problem } from "../../core/problem.ts";
import { deepen } from "./deepen.ts";
import { hasCommit } from "./find-commits.ts";
import { changeLimits } from "./read-change.ts";
import { readFiles } from "./read-files.ts";
import type { Remote } from "./remote.ts";
import { findMergeBases, type Range } from "./resolve-range.ts";

/** More commits that somebody reviewed are not looked at: the first ones asked for are. */
export const mostReviewedTrees = 50;

/**
 * What the change was at commits that somebody reviewed: the files that differ between each commit and its merge base with
 * today's base, as `readChange` reads them at the head. A commit that is neither here nor given by the server, or whose
 * merge base is not a single one, is left out: nobody can say what was seen there. Sorted by commit.
 * @param remote the server to fetch commits from that were pushed away; null: only what is here is read
 */
export async function readReviewedTrees(
  range: Pick<Range, "repository" | "base">,
  commits: readonly string[],
  remote: Remote | null,
): Promise<ReviewedTree[]> {
  const trees: ReviewedTree[] = [];
  for (const commit of [...new Set(commits)].slice(0, mostReviewedTrees)) {
    const tree = await readReviewedTree(range, commit, remote).catch(withoutTree);
    if (tree !== null) trees.push(tree);
  }
  return trees.sort((a, b) => (a.commit < b.commit ? -1 : 1));
}

async function readReviewedTree(
  { repository, base }: Pick<Range, "repository" | "base">,
  commit: string,
  remote: Remote | null,
): Promise<ReviewedTree | null> {
  if (remote !== null) await deepen(repository, remote, { base: base.sha, head: commit, others: [] });
  if (!(await hasCommit(repository, commit))) return null;
  const asked = { base: { name: base.name ?? base.sha, sha: base.sha }, head: { name: commit, sha: commit } };
  const { mergeBase, mergeBases } = await findMergeBases(repository, asked.base, asked.head);
  if (mergeBases > 1) return null;
  const incomplete: string[] = [];
  const files = await readFiles({ repository, mergeBase, head: asked.head }, changeLimits.files, incomplete);
  return incomplete.length > 0 ? null : { commit, files: files.map(treeFileOf) };
}

/** The commit is gone, the history is cut, contents are missing: for each there is a `Problem`, and none stops the reading. */
function withoutTree(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}
