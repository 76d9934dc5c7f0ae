import { z } from "zod";
import type { Evidence } from "../../core/evidence.ts";
import type { MergeGroupMember } from "../../core/ownership/index.ts";
import { evidenceOf, NotTold, type GitHub } from "./client.ts";
import { pullRequestOf, PullRequestPayload } from "./pull-request.ts";
import { readCommits, type CommitsReading } from "./read-commits.ts";
import { readRetarget } from "./read-retarget.ts";
import { needsPullRequests, reviewsOf } from "./read-reviews.ts";

/** What GitHub knows of one pull request of a merge group; its files are git's to say. */
export type QueuedPullRequest = Omit<MergeGroupMember, "files"> & CommitsReading;

/** A merge group as its event and git tell of it. */
export interface MergeGroup {
  /** `gh-readonly-queue/<base>/pr-<number>-<sha>`: its last pull request, and the commit that this was put on. */
  headRef: string;
  /** The branch that it is for, and the commit that it stands on. */
  base: { name: string; sha: string };
  /** The group's commits along first parents, newest first: what a merge or squash made of each pull request. */
  line: readonly { sha: string; parents: readonly string[] }[];
}

/** A queue has far fewer; each costs four requests. */
const mostCommits = 30;

/**
 * The pull requests of a merge group, each as it is now, by number. The last one is named by the group's branch; which the
 * other commits are of is asked for. Absent when one of them is not found: what nobody can name, nobody approved.
 */
export function readMergeGroup(github: GitHub, group: MergeGroup): Promise<Evidence<QueuedPullRequest[]>> {
  return evidenceOf("the pull requests of the merge group", needsPullRequests, async () => {
    const numbers = await numbersOf(github, group);
    const members: QueuedPullRequest[] = [];
    for (const number of numbers) members.push(await readMember(github, number));
    return members;
  });
}

async function numbersOf(github: GitHub, group: MergeGroup): Promise<number[]> {
  if (group.line.length > mostCommits) throw new NotTold(`it has more than ${mostCommits} commits`);
  const last = lastOf(group.headRef);
  const numbers = new Set(last === null ? [] : [last.number]);
  for (const commit of group.line.slice(last === null ? 0 : ownCommits(group, last.onto)))
    numbers.add(await numberOf(github, commit, group.base.name));
  return [...numbers].sort((a, b) => a - b);
}

/** The number and the commit in the name of a queue's branch. */
function lastOf(headRef: string): { number: number; onto: string } | null {
  const [word, number = "", onto = ""] = headRef.slice(headRef.lastIndexOf("/") + 1).split("-");
  return word === "pr" && /^[1-9][0-9]{0,9}$/.test(number) ? { number: Number(number), onto } : null;
}

/** How many of the newest commits are the last pull request's: those since the commit that it was put on, or one. */
function ownCommits({ line, base }: MergeGroup, onto: string): number {
  if (onto === base.sha) return line.length;
  const index = line.findIndex(({ sha }) => sha === onto);
  return index < 0 ? 1 : index;
}

async function numberOf(github: GitHub, { sha, parents }: MergeGroup["line"][number], branch: string): Promise<number> {
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

async function readMember(github: GitHub, number: number): Promise<QueuedPullRequest> {
  const pull = await github.get(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    { pull_number: number },
    PullRequestPayload,
  );
  const { author, authorType, agentRequesters } = pullRequestOf(pull);
  const reviews = await reviewsOf(github, number);
  const retargetedAt = await readRetarget(github, number);
  const commits = await readCommits(github, number, [pull.head.sha]);
  return { number, author, authorType, agentRequesters, head: pull.head.sha, retargetedAt, reviews, ...commits };
}
