import { mostReviewedTrees } from "../../adapters/git/read-reviewed-trees.ts";
import { absent, present } from "../../core/evidence.ts";
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
