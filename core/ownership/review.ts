import * as z from "zod";
import { Sha } from "../change/change.ts";
import { Instant } from "../instant.ts";

/** What a reviewer said. GitHub's words in lower case; a pending review is not visible to others and never read. */
export const reviewStates = ["approved", "changes_requested", "commented", "dismissed"] as const;

/** One review of a pull request, as the platform stores it now. */
export const PullRequestReview = z.strictObject({
  /** The platform's id; of two records with one id, the one that gives less counts, and a dismissed one stays so. */
  id: z.string(),
  /** The login; `ghost` for a deleted account. */
  user: z.string(),
  /** GitHub's account type: `User`, `Bot`, `Organization`, `Mannequin`. */
  userType: z.string(),
  state: z.enum(reviewStates),
  /** The commit that was looked at; null when it was garbage-collected, or never known. */
  commit: Sha.nullable(),
  submittedAt: Instant,
});
export type PullRequestReview = z.infer<typeof PullRequestReview>;

/** A person's use of break-glass: a recorded decision to merge without what the policy asks for. */
export const Override = z.strictObject({
  id: z.string(),
  by: z.string(),
  reason: z.string(),
  at: Instant,
  /** The head when it was given: it speaks of what was there then. */
  commit: Sha,
});
export type Override = z.infer<typeof Override>;

/** A check or commit status on the head, as the platform stores it now. */
export const Check = z.strictObject({
  name: z.string(),
  /** The slug of the App that reported it; null for a commit status. */
  app: z.string().nullable(),
  /** `queued`, `in_progress`, `completed` … as GitHub says; `completed` for a commit status that is not pending. */
  status: z.string(),
  /** `success`, `failure`, `neutral`, `skipped` … ; null until it is completed. */
  conclusion: z.string().nullable(),
});
export type Check = z.infer<typeof Check>;

/** What the platform says about the signature of one commit of the change. */
export const CommitSignature = z.strictObject({
  commit: Sha,
  verified: z.boolean(),
  /** The platform's reason: `valid`, `unsigned`, `unknown_key` … */
  reason: z.string(),
});
export type CommitSignature = z.infer<typeof CommitSignature>;

/** A signed statement about the change whose signature was checked by whoever read the facts. */
export const VerifiedStatement = z.strictObject({
  /** The head commit that it is about. */
  commit: Sha,
  predicateType: z.string(),
  /** The identity or the key id that signed it. */
  signer: z.string(),
});
export type VerifiedStatement = z.infer<typeof VerifiedStatement>;
