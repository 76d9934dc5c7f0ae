import type { approvalReasons } from "./approval.ts";
import { excludedAs, type Exclusions } from "./exclusions.ts";
import { membershipOf } from "./membership.ts";
import type { Approvers } from "./owner-refs.ts";
import type { PeopleIndex } from "./people-index.ts";
import type { PullRequestReview } from "./review.ts";
import type { Look, Outdated } from "./seen-content.ts";

/** Why a review counts as an approval, or does not. */
export type ApprovalReason = (typeof approvalReasons)[number];

/** What became of one review, and what the sentence about it needs. */
export interface Eligibility {
  reason: ApprovalReason;
  /** What was not read, for the reasons that say so; else empty. */
  why: string;
  /** For a stale one: what happened since. */
  outdated: Outdated | null;
}

/** What is known where a review is judged. */
export interface Bench {
  approvers: Approvers;
  exclusions: Exclusions;
  people: PeopleIndex;
  /** What stands now against what somebody saw: why it is not the same, null when it is. */
  changedSince: (look: Look) => Outdated | "unknown" | null;
}

/**
 * Whether a review counts as an approval, and if not, the first reason why. The order is that of docs/approvals.md: what it
 * is, who gave it, and last what they saw. `isLatest`: whether it is what this person thinks now.
 */
export function judgeReview(review: PullRequestReview, isLatest: boolean, bench: Bench): Eligibility {
  return notAnApproval(review, isLatest) ?? notEligible(review, bench) ?? notWhatStandsThere(review, bench);
}

function notAnApproval({ state, userType }: PullRequestReview, isLatest: boolean): Eligibility | null {
  if (state === "commented") return because("not-an-approval");
  if (!isLatest) return because("superseded");
  if (state === "dismissed") return because("dismissed");
  if (state === "changes_requested") return because("changes-requested");
  return userType === "User" ? null : because("not-a-person");
}

function notEligible({ user }: PullRequestReview, bench: Bench): Eligibility | null {
  const { exclusions, people } = bench;
  const excluded = excludedAs(user, exclusions);
  if (excluded !== null && excluded !== "committer") return because(excluded);
  if (exclusions.author.state === "absent") return because("author-not-read", exclusions.author.reason);
  const owner = isApprover(user, bench);
  if (owner !== null) return owner;
  if (excluded !== null) return because(excluded);
  const right = people.pushRight(user);
  if (right === "no") return because("cannot-push");
  if (exclusions.committers.unread !== null) return because("committers-not-read", exclusions.committers.unread);
  return right === "yes"
    ? null
    : because("push-right-not-read", people.unread ?? "the platform was not asked about them");
}

function isApprover(user: string, { approvers, people }: Bench): Eligibility | null {
  if (approvers.anyone) return null;
  const membership = membershipOf(user, approvers.owners, people);
  if (membership.state === "yes") return null;
  return membership.state === "no" ? because("not-an-owner") : because(membership.reason, membership.why);
}

function notWhatStandsThere({ commit, submittedAt }: PullRequestReview, { changedSince }: Bench): Eligibility {
  const outdated = changedSince({ commit, at: submittedAt });
  if (outdated === "unknown") return because("commit-unknown");
  return outdated === null ? because("counts") : { reason: "stale", why: "", outdated };
}

function because(reason: ApprovalReason, why = ""): Eligibility {
  return { reason, why, outdated: null };
}
