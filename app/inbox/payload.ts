import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import { Instant } from "../../core/instant.ts";

/*
 * What is taken from payloads, and nothing more: ids, numbers, commits and refs, by which is read what is true now. Each
 * shape is as wide as GitHub's own description of its webhooks, and bounded: GitHub's names are.
 */

/** Git allows a ref as long as a path may be. */
const ref = z.string().min(1).max(4_096);
const login = z.string().min(1).max(100);
const id = z.int().positive();

export const Sender = z.object({ login, type: z.string().max(100).default("User") });
const WithId = z.object({ id });

/** Of every event: who did it, and where. Hooks that are no App's have no installation. */
export const Envelope = z.object({
  action: z.string().max(100).optional(),
  installation: WithId.optional(),
  repository: WithId.optional(),
  sender: Sender.optional(),
});
export type Envelope = z.infer<typeof Envelope>;

export const PullEvent = z.object({
  pull_request: z.object({
    number: id,
    merged: z.boolean().nullish(),
    merge_commit_sha: Sha.nullish(),
    updated_at: Instant.optional(),
    head: z.object({ sha: Sha }),
    base: z.object({ ref, sha: Sha }),
  }),
  repository: z.object({ default_branch: ref.optional() }).optional(),
});
export const LabelOnPullEvent = z.object({
  label: z.object({ name: z.string().max(1_000) }).nullish(),
  pull_request: z.object({ number: id, updated_at: Instant }),
});
export const ReviewEvent = z.object({ pull_request: z.object({ number: id }) });
export const PushEvent = z.object({
  ref,
  before: Sha,
  after: Sha,
  repository: z.object({ default_branch: ref.optional() }),
});
export const CheckRunEvent = z.object({
  check_run: z.object({ id, head_sha: Sha, app: WithId.nullish() }),
  requested_action: z.object({ identifier: z.string().max(100) }).optional(),
});
export const CheckSuiteEvent = z.object({ check_suite: z.object({ head_sha: Sha, app: WithId.nullish() }) });
export const StatusEvent = z.object({ sha: Sha });
export const WorkflowRunEvent = z.object({ workflow_run: z.object({ head_sha: Sha }) });
export const MergeGroupEvent = z.object({
  merge_group: z.object({ head_sha: Sha, head_ref: ref, base_ref: ref, base_sha: Sha }),
});
export const CommentEvent = z.object({
  issue: z.object({ number: id, pull_request: z.object({}).nullish() }),
  comment: z.object({
    id,
    // GitHub's limit for a comment is 65,536 characters, each up to four bytes.
    body: z.string().max(300_000),
    created_at: Instant,
    updated_at: Instant,
    user: Sender.nullable(),
    author_association: z.string().optional(),
  }),
  changes: z.object({ body: z.object({ from: z.string().max(300_000) }).optional() }).optional(),
});
export const RepositoriesEvent = z.object({
  repositories_added: z.array(WithId).max(100_000),
  repositories_removed: z.array(WithId).max(100_000),
});
