import { inertText } from "../../core/untrusted/index.ts";
import type { PullRequest } from "../../core/facts.ts";
import type { GitHubAddress } from "./client.ts";
import { PullRequestPayload, pullRequestOf } from "./pull-request.ts";

/** Where a pull request is, and with what it may be read. */
export interface PullRequestAddress extends GitHubAddress {
  number: number;
}

/** The pull request as it is now, or why it could not be read. */
export type PullRequestReading = { pullRequest: PullRequest } | { failure: string };

/**
 * Reads a pull request's title, body and labels from GitHub's API. A workflow that is run again gets the event of its
 * first run, with the labels of that time; this is what they are now. Never throws: with a token that may not read pull
 * requests, the event is all there is.
 */
export async function readPullRequest(address: PullRequestAddress, timeoutMs = 10_000): Promise<PullRequestReading> {
  if (address.token === "") return { failure: "there is no token" };
  try {
    const { getOctokit } = await import("@actions/github");
    const client = getOctokit(address.token, { baseUrl: address.apiUrl, log: silence });
    const { data } = await client.rest.pulls.get({
      owner: address.owner,
      repo: address.name,
      pull_number: address.number,
      request: { signal: AbortSignal.timeout(timeoutMs) },
    });
    const pull = PullRequestPayload.parse(data);
    if (pull.number !== address.number) return { failure: "GitHub answered with another pull request" };
    return { pullRequest: pullRequestOf(pull) };
  } catch (error) {
    return { failure: reasonOf(error) };
  }
}

/** What the client would print: its lines hold text from outside. */
const silence = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Said once, by whoever asked, as a note.
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if (error.name === "ZodError") return "GitHub's answer has another shape than a pull request";
  if ("status" in error && typeof error.status === "number" && error.status !== 500)
    return `GitHub answered ${error.status}`;
  return inertText(error.message, { maxGraphemes: 200 });
}
