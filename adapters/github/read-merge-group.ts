import * as z from "zod";
import type { Evidence } from "../../core/evidence.ts";
import type { MergeGroupMember } from "../../core/ownership/index.ts";
import { evidenceOf, NotTold, type GitHub } from "./client.ts";
import { pullRequestOf, PullRequestPayload } from "./pull-request.ts";
import { readIssueEvents } from "./read-issue-events.ts";
import { entryEnding, entryOf, readQueue, type QueueEntry } from "./read-queue.ts";
import { readCommits, type CommitsReading } from "./read-commits.ts";
import { needsPullRequests, reviewsOf } from "./read-reviews.ts";

/** What GitHub knows of one pull request of a merge group; its files are git's to say. */
export type QueuedPullRequest = Omit<MergeGroupMember, "files"> & CommitsReading;

/** A merge group as its event and git tell of it. */
export interface MergeGroup {
  /** `gh-readonly-queue/<branch>/pr-<number>-<sha>`: its last pull request, and the commit that this was put on. */
  headRef: string;
  /** The branch that it is for. */
  branch: string;
  /** The group's commits along first parents, newest first: what the queue made of each pull request. */
  line: readonly QueuedCommit[];
}

interface QueuedCommit {
  sha: string;
  parents: readonly string[];
}

/** Each costs four requests, of a hundred. */
const mostPullRequests = 20;

/**
 * The pull requests of a merge group, each as it is now, by number. The last one is named by the group's branch. Of a merge
 * GitHub knows which pull request the merged commit is of; what a squash or rebase made is told by the branches of the
 * entries before. Absent when one of them is not found: what nobody can name, nobody approved.
 */
export function readMergeGroup(github: GitHub, group: MergeGroup): Promise<Evidence<QueuedPullRequest[]>> {
  return evidenceOf("the pull requests of the merge group", needsPullRequests, async () => {
    const numbers = await numbersOf(github, group);
    if (numbers.length > mostPullRequests) throw new NotTold(`it has more than ${mostPullRequests}`);
    const members: QueuedPullRequest[] = [];
    for (const number of numbers) members.push(await readMember(github, number, group.branch));
    return members;
  });
}

async function numbersOf(github: GitHub, { headRef, branch, line }: MergeGroup): Promise<number[]> {
  const last = entryOf(headRef, branch);
  const numbers = new Set(last === null ? [] : [last.number]);
  let left = last === null ? line : line.slice(commitsOf(line, last));
  const queue = left.some(({ parents }) => parents.length === 1) ? await readQueue(github, branch) : [];
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const entry = next.parents.length === 1 ? entryEnding(queue, next.sha) : null;
    numbers.add(entry?.number ?? (await numberOf(github, next, branch)));
    left = left.slice(entry === null ? 1 : commitsOf(left, entry));
  }
  return [...numbers].sort((a, b) => a - b);
}

/** How many of the newest commits are an entry's: those since the commit that it was put on, or one. */
function commitsOf(line: readonly QueuedCommit[], { onto }: QueueEntry): number {
  const own = line.findIndex(({ parents }) => parents[0] === onto) + 1;
  return Math.max(own, 1);
}

async function numberOf(github: GitHub, { sha, parents }: QueuedCommit, branch: string): Promise<number> {
  // Of a merge, GitHub knows the commit that was merged; of a squash, only the commit itself.
  for (const commit_sha of [...parents.slice(1), sha]) {
    const pulls = await github.get("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", { commit_sha }, Associated);
    const [found, ...others] = pulls.filter((pull) => pull.state === "open" && pull.base.ref === branch);
    if (found !== undefined && others.length === 0) return found.number;
  }
  throw new NotTold(`GitHub does not tell which pull request ${sha.slice(0, 12)} is of`);
}

const Associated = z.array(
  z.object({ number: z.int().positive(), state: z.string(), base: z.object({ ref: z.string() }) }),
);

async function readMember(github: GitHub, number: number, branch: string): Promise<QueuedPullRequest> {
  const pull = await github.get("GET /repos/{owner}/{repo}/pulls/{pull_number}", { pull_number: number }, Queued);
  if (pull.base.ref !== branch) throw new NotTold(`#${number} is for another branch`);
  if (pull.state !== "open" && !pull.merged) throw new NotTold(`#${number} was closed`);
  const { retargetedAt, assigned } = await readIssueEvents(github, number);
  const { author, authorType, agentRequesters } = pullRequestOf(pull, assigned);
  const reviews = await reviewsOf(github, number);
  const commits = await readCommits(github, number, [pull.head.sha]);
  return { number, author, authorType, agentRequesters, head: pull.head.sha, retargetedAt, reviews, ...commits };
}

const Queued = PullRequestPayload.extend({ state: z.string() });
