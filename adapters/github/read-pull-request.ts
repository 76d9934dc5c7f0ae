import type { PullRequest } from "../../core/facts.ts";
import { gitHubLimits, NotTold, openGitHub, type GitHubAddress, type GitHubLimits } from "./client.ts";
import { baseOf, pullRequestOf, PullRequestPayload, type PullRequestBase } from "./pull-request.ts";

/** Where a pull request is, and with what it may be read. */
export interface PullRequestAddress extends GitHubAddress {
  number: number;
}

/** The pull request as it is now, or why it could not be read. */
export type PullRequestReading = { pullRequest: PullRequest; base: PullRequestBase } | { failure: string };

/**
 * Reads a pull request's title, body, labels and base from GitHub's API. A workflow that is run again gets the event of
 * its first run, with the labels and the base of that time; this is what they are now. Never throws: with a token that may
 * not read pull requests, the event is all there is.
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
    return { pullRequest: pullRequestOf(pull), base: baseOf(pull) };
  } catch (error) {
    if (error instanceof NotTold) return { failure: error.message };
    throw error;
  }
}
