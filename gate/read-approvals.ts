import { mostReviewedTrees, readReviewedTrees } from "../adapters/git/read-reviewed-trees.ts";
import type { Remote } from "../adapters/git/remote.ts";
import type { Range } from "../adapters/git/resolve-range.ts";
import type { QueuedPullRequest } from "../adapters/github/read-merge-group.ts";
import type { Change } from "../core/change/change.ts";
import { treeFileOf, type ReviewedTree } from "../core/change/tree-file.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import type { PullRequestReview } from "../core/ownership/index.ts";

/** The commits whose content somebody approved, newest approval first, each once: only these need be compared with the head. */
export function approvedCommits({
  reviews,
  overrides,
  mergeGroup,
}: Pick<Facts, "reviews" | "overrides" | "mergeGroup">) {
  const ofGroup = mergeGroup.state === "present" ? mergeGroup.value.flatMap((member) => member.reviews) : [];
  const given = overrides.state === "present" ? overrides.value : [];
  const approvals = [...(reviews.state === "present" ? reviews.value : []), ...ofGroup].filter(isApproval);
  const dated = [
    ...approvals.map(({ commit, submittedAt }) => ({ commit, at: submittedAt })),
    ...given.map(({ commit, at }) => ({ commit, at })),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return [...new Set(dated.flatMap(({ commit }) => (commit === null ? [] : [commit])))];
}

function isApproval({ state }: PullRequestReview): boolean {
  return state === "approved";
}

/** The change as it was at these commits; at the head it is what was read already. Sorted by commit. */
export async function readTreesOf(
  commits: readonly string[],
  range: Range,
  change: Change,
  server: Remote | null,
): Promise<ReviewedTree[]> {
  const others = commits.filter((commit) => commit !== change.head.sha).slice(0, mostReviewedTrees);
  const head = commits.includes(change.head.sha)
    ? [{ commit: change.head.sha, files: change.files.map(treeFileOf) }]
    : [];
  const trees = [...head, ...(await readReviewedTrees(range, others, server))];
  return trees.sort((a, b) => (a.commit < b.commit ? -1 : 1));
}

/** The pull requests of a merge group with the files that each changes at its own head. Absent when one's cannot be read. */
export async function withFiles(
  queued: Evidence<readonly QueuedPullRequest[]>,
  range: Range,
  server: Remote | null,
): Promise<Facts["mergeGroup"]> {
  if (queued.state === "absent") return queued;
  const trees = await readReviewedTrees(
    range,
    queued.value.map(({ head }) => head),
    server,
  );
  const files = new Map(trees.map((tree) => [tree.commit, tree.files]));
  const without = queued.value.find(({ head }) => !files.has(head));
  if (without !== undefined)
    return absent(`the commits of #${without.number}, which is part of the merge group, could not be read`);
  return present(
    queued.value.map(({ number, author, authorType, agentRequesters, head, reviews }) => {
      return { number, author, authorType, agentRequesters, head, files: files.get(head) ?? [], reviews };
    }),
  );
}
