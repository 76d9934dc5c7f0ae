import { compareInstants } from "../instant.ts";
import { nameKey } from "./names.ts";
import type { PullRequestReview } from "./review.ts";

/**
 * The reviews in the order of their submission, each once. The order in which they come does not matter: of two records of
 * one review the one that gives less counts, and a dismissed review is never undismissed.
 */
export function orderedReviews(reviews: readonly PullRequestReview[]): PullRequestReview[] {
  const byId = new Map<string, PullRequestReview>();
  for (const review of reviews) {
    const other = byId.get(review.id);
    byId.set(review.id, other === undefined ? review : givingLess(review, other));
  }
  return [...byId.values()].sort(bySubmission);
}

/**
 * What each person thinks now: the last of their reviews that approves or asks for changes, also when it was dismissed
 * since. A comment changes nothing, and an approval does not come back when a later one is dismissed. By login, lower case.
 */
export function latestOpinions(ordered: readonly PullRequestReview[]): ReadonlyMap<string, PullRequestReview> {
  const opinions = ordered.filter(({ state }) => state !== "commented");
  return new Map(opinions.map((review) => [nameKey(review.user), review]));
}

const weight: Readonly<Record<PullRequestReview["state"], number>> = {
  dismissed: 3,
  changes_requested: 2,
  commented: 1,
  approved: 0,
};

function givingLess(a: PullRequestReview, b: PullRequestReview): PullRequestReview {
  if (a.state !== b.state) return weight[a.state] > weight[b.state] ? a : b;
  return JSON.stringify(a) < JSON.stringify(b) ? a : b;
}

function bySubmission(a: PullRequestReview, b: PullRequestReview): number {
  return compareInstants(a.submittedAt, b.submittedAt) || compareIds(a.id, b.id);
}

/** GitHub's ids are numbers that grow: the shorter one is the older. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
