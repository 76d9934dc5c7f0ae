import { mostReviewedTrees } from "../../adapters/git/read-reviewed-trees.ts";
import type { QueuedPullRequest } from "../../adapters/github/read-merge-group.ts";
import { absent, mapEvidence, present, type Evidence } from "../../core/evidence.ts";
import type { People } from "../../core/ownership/index.ts";
import { approvedCommits } from "../../gate/read-approvals.ts";
import type { Now } from "./read-pull-now.ts";

/**
 * The commits beside the head that somebody approved: those that the gate will compare with what stands there now, in its
 * order and as many. Whoever may push comes first, for anybody may approve.
 */
export function reviewedCommits({ reviews, writers, head }: Pick<Now, "reviews" | "writers" | "head">): string[] {
  const none = absent("it is no merge group");
  // Of people only their right to push matters here.
  const people = present({ writers: [...writers], teams: [], accounts: absent("not read yet"), load: [] });
  const commits = approvedCommits({ reviews: present([...reviews]), overrides: none, mergeGroup: none, people });
  return commits.filter((commit) => commit !== head.sha).slice(0, mostReviewedTrees);
}

/**
 * Of a merge group: each pull request's own head, and as many of the commits that somebody approved as will be compared.
 * Anybody may approve, and any commit of a pull request: where there are more, those of whoever may push come first.
 */
export async function reviewedInGroup(
  queued: Evidence<readonly QueuedPullRequest[]>,
  everyWriter: () => Promise<Evidence<People["writers"]>>,
): Promise<string[]> {
  if (queued.state === "absent") return [];
  const heads = queued.value.map(({ head }) => head);
  const mergeGroup = present(queued.value.map((member) => ({ ...member, files: [] })));
  const approvedBy = (people: Evidence<People>) =>
    approvedCommits({ reviews: notOne, overrides: notOne, mergeGroup, people }).filter((sha) => !heads.includes(sha));
  const all = approvedBy(notOne);
  if (all.length <= mostReviewedTrees) return [...heads, ...all];
  const writers = await everyWriter();
  const known = mapEvidence(writers, (value) => ({ writers: value, teams: [], accounts: notOne, load: [] }));
  return [...heads, ...approvedBy(known).slice(0, mostReviewedTrees)];
}

const notOne = absent("it is of several pull requests");
