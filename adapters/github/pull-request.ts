import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import type { PullRequest } from "../../core/facts.ts";
import { toolOfAccount } from "../../core/provenance/index.ts";

/** An account as GitHub gives it wherever it names one. */
export const Account = z.object({ login: z.string(), type: z.string().default("User") });
export type Account = z.infer<typeof Account>;
const User = Account.nullish();

/** The part of GitHub's pull request that is read, the same in events and in the API. */
export const PullRequestPayload = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
  merged: z.boolean().default(false),
  author_association: z.string().default("NONE"),
  user: User,
  assignees: z.array(Account).nullish(),
  labels: z.array(z.object({ name: z.string() })).default([]),
  base: z.object({ sha: Sha, ref: z.string(), repo: z.object({ full_name: z.string() }) }),
  // The repository of a head is null when the fork was deleted.
  head: z.object({ sha: Sha, ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});

type Payload = z.infer<typeof PullRequestPayload>;

/**
 * GitHub's pull request in our words. The account of a deleted user is `ghost`, as GitHub shows it.
 * @param assigned who was assigned before, where that was read
 */
export function pullRequestOf(payload: Payload, assigned: readonly Account[] = []): PullRequest {
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
    agentRequesters: agentRequesters({
      user: payload.user,
      assignees: [...(payload.assignees ?? []), ...assigned],
    }),
  };
}

/** The branch that a pull request is for. */
export interface PullRequestBase {
  name: string;
  /** A commit of it, as GitHub last noted it: not always the tip. */
  sha: string;
  /** A merged pull request is compared with what it was merged into, which the branch has left behind. */
  isMerged: boolean;
}

export function baseOf({ base, merged }: Payload): PullRequestBase {
  return { name: base.ref, sha: base.sha, isMerged: merged };
}

/** Whether an agent's account opened it: then whoever asked for the work must be known. */
export function isAgents({ author, authorType }: Pick<PullRequest, "author" | "authorType">): boolean {
  const tool = toolOfAccount(author, authorType === "Bot");
  return authorType === "Bot" || (tool !== null && tool.kind !== "automation");
}

/**
 * The people at whose request an agent opened the pull request: its assignees, when its author is the account of an agent.
 * That is a habit of agents (GitHub's Copilot assigns whoever asked for the work), no promise of GitHub's; it only takes
 * away approvals, so a person who was assigned by hand loses theirs too, and somebody else must approve.
 */
export function agentRequesters({ user, assignees }: Pick<Payload, "user" | "assignees">): string[] {
  const tool = user === null || user === undefined ? null : toolOfAccount(user.login, user.type === "Bot");
  if (tool === null || tool.kind === "automation") return [];
  const people = (assignees ?? []).filter(({ type }) => type === "User").map(({ login }) => login);
  return [...new Set(people)].sort();
}
