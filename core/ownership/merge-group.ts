import * as z from "zod";
import { Sha } from "../change/change.ts";
import { TreeFile } from "../change/tree-file.ts";
import { Instant } from "../instant.ts";
import { PullRequestReview } from "./review.ts";

/** One pull request of a merge group, with what was approved there. */
export const MergeGroupMember = z.strictObject({
  number: z.int().positive(),
  author: z.string(),
  authorType: z.string(),
  agentRequesters: z.array(z.string()),
  head: Sha,
  /** When its base branch was last changed to another one; null, or left out: never. */
  retargetedAt: Instant.nullable().optional(),
  /** The files that it changes, at its own head. */
  files: z.array(TreeFile),
  reviews: z.array(PullRequestReview),
});
export type MergeGroupMember = z.infer<typeof MergeGroupMember>;
