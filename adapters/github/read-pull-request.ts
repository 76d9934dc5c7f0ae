import type { PullRequest } from "../../core/facts.ts";
import { gitHubLimits, NotTold, openGitHub, type GitHubAddress, type GitHubLimits } from "./client.ts";
import { baseOf, isAgents, pullRequestOf, PullRequestPayload, type PullRequestBase } from "./pull-request.ts";
import { readIssueEvents } from "./read-issue-events.ts";

/** Where a pull request is, and with what it may be read. */
export interface PullRequestAddress extends GitHubAddress {
  number: number;
}

/** The pull request as it is now, or why it could not be read. */
export type PullRequestReading = { pullRequest: PullRequest; base: PullRequestBase } | { failure: string };

/**
 * Reads a pull request's title, body, labels and base from GitHub's API. A workflow that is run again gets the event of
 * its first run, with the labels and the base of that time; this is what they are now. Of an agent's, who was assigned and
 * taken off again is read too. Never throws: with a token that may not read pull requests, the event is all there is.
 */
export async function readPullRequest(
  { number, ...address }: PullRequestAddress,
  limits: GitHubLimits = gitHubLimits,
): Promise<PullRequestReading> {
  try {
    const github = await openGitHub(address, limits);
    const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
    const pull = await github.get(route, { pull_number: number }, PullRequestPayload);
    if (pull.number !== number) return { failure: "GitHub answered with another pull request" };
    const pullRequest = pullRequestOf(pull);
    if (!isAgents(pullRequest)) return { pullRequest, base: baseOf(pull) };
    const { assigned } = await readIssueEvents(github, number);
    return { pullRequest: pullRequestOf(pull, assigned), base: baseOf(pull) };
  } catch (error) {
    if (error instanceof NotTold) return { failure: error.message };
    throw error;
  }
}
