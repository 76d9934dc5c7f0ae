import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import { NotTold, type GitHub } from "./client.ts";
import { isAgents, pullRequestOf, PullRequestPayload } from "./pull-request.ts";
import { readIssueEvents } from "./read-issue-events.ts";
import type { PullNow } from "./read-pull-at-once.ts";
import { reviewsOf } from "./read-reviews.ts";

/** What `readPullAtOnce` tells first, over the REST API. */
export type PullByLists = Pick<PullNow, "repository" | "state" | "pullRequest" | "head" | "base" | "reviews">;

/** Reads a pull request, its reviews, and where its base branch is now. Throws `NotTold`. */
export async function readPullByLists(github: GitHub, number: number): Promise<PullByLists> {
  const pull = await github.get("GET /repos/{owner}/{repo}/pulls/{pull_number}", { pull_number: number }, Pull);
  if (pull.number !== number) throw new NotTold("GitHub answered with another pull request");
  const first = pullRequestOf(pull);
  const assigned = isAgents(first) ? (await readIssueEvents(github, number)).assigned : [];
  return {
    repository: pull.base.repo.id,
    state: pull.merged ? "merged" : pull.state,
    pullRequest: pullRequestOf(pull, assigned),
    head: { name: pull.head.ref, sha: pull.head.sha, repository: pull.head.repo?.id ?? null },
    base: { name: pull.base.ref, tip: await readTip(github, pull.base.ref) },
    reviews: await reviewsOf(github, number),
  };
}

const Pull = PullRequestPayload.extend({
  state: z.enum(["open", "closed"]),
  base: z.object({ sha: Sha, ref: z.string(), repo: z.object({ id: z.int(), full_name: z.string() }) }),
  head: z.object({ sha: Sha, ref: z.string(), repo: z.object({ id: z.int(), full_name: z.string() }).nullish() }),
});

/**
 * Where a branch is now; null when there is none. Throws `NotTold`.
 * https://docs.github.com/en/rest/git/refs#get-a-reference
 */
export async function readTip(github: GitHub, branch: string): Promise<string | null> {
  try {
    const { object } = await github.get("GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `heads/${branch}` }, Ref);
    return object.sha;
  } catch (error) {
    if (error instanceof NotTold && error.status === 404) return null;
    throw error;
  }
}

const Ref = z.object({ object: z.object({ sha: Sha }) });
