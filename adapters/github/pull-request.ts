import { z } from "zod";
import { Sha } from "../../core/change/change.ts";
import type { PullRequest } from "../../core/facts.ts";

const User = z.object({ login: z.string(), type: z.string().default("User") }).nullish();

/** The part of GitHub's pull request that is read, the same in events and in the API. */
export const PullRequestPayload = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
  author_association: z.string().default("NONE"),
  user: User,
  labels: z.array(z.object({ name: z.string() })).default([]),
  base: z.object({ sha: Sha, ref: z.string(), repo: z.object({ full_name: z.string() }) }),
  // The repository of a head is null when the fork was deleted.
  head: z.object({ sha: Sha, ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});

/** GitHub's pull request in our words. The account of a deleted user is `ghost`, as GitHub shows it. */
export function pullRequestOf(payload: z.infer<typeof PullRequestPayload>): PullRequest {
  return {
    number: payload.number,
    author: payload.user?.login ?? "ghost",
    authorType: payload.user?.type ?? "User",
    association: payload.author_association,
    title: payload.title,
    body: payload.body ?? "",
    draft: payload.draft,
    fork: payload.head.repo?.full_name !== payload.base.repo.full_name,
    labels: payload.labels.map((label) => label.name),
    agentRequesters: [],
  };
}
