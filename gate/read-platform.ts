import { openGitHub, type GitHub, type GitHubAddress } from "../adapters/github/client.ts";
import { readChecks, type Job, type OwnApp } from "../adapters/github/read-checks.ts";
import { joinCommits, readCommits, readCommitsBetween, type CommitsReading } from "../adapters/github/read-commits.ts";
import { readMergeGroup, type QueuedPullRequest } from "../adapters/github/read-merge-group.ts";
import { readEveryWriter, readLoad, readTeams, readWriters } from "../adapters/github/read-people.ts";
import { readReviews } from "../adapters/github/read-reviews.ts";
import type { Change, Commit } from "../core/change/change.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import type { People, PullRequestReview } from "../core/ownership/index.ts";
import type { Wanted } from "./wanted-people.ts";

type Writer = People["writers"][number];

/** Whom to ask about a change, and what it is there. */
export interface PlatformSource {
  address: GitHubAddress;
  /** The number of a pull request, or the branch of a merge group (`gh-readonly-queue/main/pr-12-<sha>`). */
  about: { pullRequest: number } | { mergeGroup: string };
  /** The job that asks, to tell its own check; null outside of one. */
  job: Job | null;
  /** Why no review may count, although they could be read; left out: nothing stands against them. */
  unsure?: string;
}

/** Whoever can tell what a platform says: a door may lend one that asks in its own way. */
export interface PlatformReader {
  read: (change: Change, wanted: Wanted) => Promise<PlatformReading>;
}

/** What is asked about, and who asks; of whom, the caller knows. */
export interface Asking {
  about: PlatformSource["about"];
  /** The job or the App that asks, to tell its own check; null: neither. */
  own: Job | OwnApp | null;
  unsure?: string;
  /** The pull requests of the merge group, where they were read before; left out: they are read. */
  queued?: Evidence<QueuedPullRequest[]>;
}

/** What the platform said. What it did not say is absent with the reason, and never fails the reading. */
export interface PlatformReading {
  facts: Pick<Facts, "reviews" | "retargetedAt" | "people" | "checks" | "signatures">;
  /** The pull requests of a merge group, still without their files. */
  queued: Evidence<QueuedPullRequest[]>;
}

/** Where nobody is asked. */
export const nobodyAsked: PlatformReading = {
  facts: {
    reviews: absent("reviews were not read"),
    retargetedAt: null,
    people: absent("people and teams were not read"),
    checks: absent("checks were not read"),
    signatures: absent("signatures of commits were not read"),
  },
  queued: absent("the change is no merge group"),
};

/** Reads reviews and, of people, what these reviews and the policy make worth knowing. */
export async function readPlatform(
  { address, about, job, unsure }: PlatformSource,
  change: Change,
  wanted: Wanted,
): Promise<PlatformReading> {
  const asking = { about, own: job, ...(unsure === undefined ? {} : { unsure }) };
  return readPlatformOver(await openGitHub(address), asking, change, wanted);
}

/** The same over whatever reader there is: one list after the other, each with its own completeness. */
export async function readPlatformOver(
  github: GitHub,
  { about, own, unsure, queued: known }: Asking,
  change: Change,
  wanted: Wanted,
): Promise<PlatformReading> {
  const checks = wanted.checks
    ? await readChecks(github, change.head.sha, own)
    : absent("checks were not read: the policy does not ask for any");
  if ("pullRequest" in about) {
    const number = about.pullRequest;
    const read = await readReviews(github, number);
    const reviews = unsure === undefined || read.reviews.state === "absent" ? read.reviews : absent(unsure);
    const commits = await readCommits(
      github,
      number,
      change.commits.map(({ sha }) => sha),
      "by-id",
    );
    const people = await readPeople(github, presentOr(reviews), commits, wanted, number);
    return {
      facts: { reviews, retargetedAt: read.retargetedAt, people, checks, signatures: commits.signatures },
      queued: nobodyAsked.queued,
    };
  }
  const group = { headRef: about.mergeGroup, branch: change.base.name ?? "", line: firstParents(change) };
  const queued = known ?? (await readMergeGroup(github, group));
  const members = presentOr(queued);
  const commits = queued.state === "absent" ? gone(queued.reason) : await commitsOfGroup(github, change, members);
  const people = await readPeople(
    github,
    members.flatMap(({ reviews }) => reviews),
    commits,
    wanted,
  );
  const reviews = absent("a merge group has no reviews of its own; those of its pull requests are in `mergeGroup`");
  return { facts: { reviews, retargetedAt: null, people, checks, signatures: commits.signatures }, queued };
}

/** What is told of the commits of the pull requests, and of those that the queue made of them. */
async function commitsOfGroup(
  github: GitHub,
  { mergeBase, head }: Change,
  members: readonly CommitsReading[],
): Promise<CommitsReading> {
  const made = await readCommitsBetween(github, mergeBase, head.sha);
  return joinCommits(made === null ? members : [...members, made]);
}

async function readPeople(
  github: GitHub,
  reviews: readonly PullRequestReview[],
  { accounts }: CommitsReading,
  wanted: Wanted,
  number: number | null = null,
): Promise<Facts["people"]> {
  const teams = await readTeams(github, wanted.teams);
  const members = teams.flatMap((team) => presentOr(team.members));
  const asked = await readWriters(github, mattering(reviews, [...wanted.users, ...members]));
  const load = wanted.load ? await readLoad(github, number) : [];
  // Last, so that it takes no request from what an approval needs to count.
  const every = wanted.everyWriter ? await readEveryWriter(github) : null;
  return present({ ...joinWriters(asked, every), teams, accounts, load });
}

/** What was said of a person alone is what counts of them. */
export function joinWriters(
  asked: readonly Writer[],
  every: Evidence<Writer[]> | null,
): Pick<People, "writers" | "everyWriter" | "othersUnread"> {
  if (every === null) return { writers: [...asked] };
  if (every.state === "absent") return { writers: [...asked], othersUnread: every.reason };
  const known = new Set(asked.map(({ login }) => login.toLowerCase()));
  const others = every.value.filter(({ login }) => !known.has(login.toLowerCase()));
  return { writers: [...asked, ...others], everyWriter: true };
}

/** Of people whom nobody named as owners, no more are asked about: anybody may review a public repository. */
export const mostStrangers = 30;

/** Whose right to push matters: of those whose review could count, owners first, then others in the order of their reviews. */
export function mattering(reviews: readonly PullRequestReview[], owners: readonly string[]): string[] {
  const known = new Set(owners.map((login) => login.toLowerCase()));
  const counting = reviews.filter(
    ({ state, userType }) => userType === "User" && (state === "approved" || state === "changes_requested"),
  );
  const logins = [...new Map(counting.map(({ user }) => [user.toLowerCase(), user])).values()];
  const isOwner = (login: string) => known.has(login.toLowerCase());
  return [...logins.filter(isOwner), ...logins.filter((login) => !isOwner(login)).slice(0, mostStrangers)];
}

/** What each pull request became in the group, newest first. */
export function firstParents({ commits, head }: { commits: readonly Commit[]; head: { sha: string } }): Commit[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: Commit[] = [];
  for (let next = bySha.get(head.sha); next !== undefined; next = bySha.get(next.parents[0] ?? "")) line.push(next);
  return line;
}

function gone(reason: string): CommitsReading {
  return { accounts: absent(reason), signatures: absent(reason) };
}

function presentOr<T>(evidence: Evidence<T[]>): T[] {
  return evidence.state === "present" ? evidence.value : [];
}
