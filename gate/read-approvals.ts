import { mostReviewedTrees, readReviewedTrees } from "../adapters/git/read-reviewed-trees.ts";
import type { Remote } from "../adapters/git/remote.ts";
import type { Range } from "../adapters/git/resolve-range.ts";
import type { QueuedPullRequest } from "../adapters/github/read-merge-group.ts";
import type { Change } from "../core/change/change.ts";
import { treeFileOf, type ReviewedTree } from "../core/change/tree-file.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import type { GivenFacts } from "../core/given-facts.ts";
import type { PullRequestReview } from "../core/ownership/index.ts";
import type { Stage } from "../core/stage.ts";
import {
  nobodyAsked,
  readPlatform,
  type PlatformReader,
  type PlatformReading,
  type PlatformSource,
} from "./read-platform.ts";
import { wantedOf, type Wanted } from "./wanted-people.ts";

/** Who tells of reviews and people, and where the commits are that they looked at. */
export interface ApprovalSources {
  /** The platform to ask about reviews and people, or whoever asks it; left out: nobody is asked. */
  platform?: PlatformSource | PlatformReader;
  /** The server to ask for commits that somebody reviewed and that were pushed away since; left out: nothing is fetched. */
  reviewedFrom?: Remote;
  /** What a person supplies instead of the platform. */
  given?: GivenFacts;
}

type ApprovalFacts = Pick<
  Facts,
  | "reviews"
  | "retargetedAt"
  | "reviewedTrees"
  | "people"
  | "overrides"
  | "checks"
  | "signatures"
  | "statements"
  | "mergeGroup"
>;

/** Who approved what, and what they looked at, in the order of the facts. What a person gives stands in the place of what would be read. */
export async function readApprovals(
  { platform, reviewedFrom, given = {} }: ApprovalSources,
  range: Range,
  change: Change,
  rules: Pick<Facts, "policy" | "codeowners" | "floors" | "gateWorkflows">,
  stage: Stage,
): Promise<ApprovalFacts> {
  const server = reviewedFrom ?? null;
  const asked =
    platform === undefined
      ? nobodyAsked
      : await stage("read reviews", () => ask(platform, change, wantedOf(change, rules)));
  return stage("read reviewed commits", async () => {
    const overrides = given.overrides ?? absent("uses of break-glass were not read");
    const reviews = given.reviews ?? asked.facts.reviews;
    const mergeGroup = given.mergeGroup ?? (await withFiles(asked.queued, range, server));
    const people = given.people ?? asked.facts.people;
    const commits = approvedCommits({ reviews, overrides, mergeGroup, people });
    return {
      reviews,
      retargetedAt: given.retargetedAt ?? asked.facts.retargetedAt,
      reviewedTrees: given.reviewedTrees ?? (await readTreesOf(commits, range, change, server)),
      people,
      overrides,
      checks: given.checks ?? asked.facts.checks,
      signatures: given.signatures ?? asked.facts.signatures,
      statements: given.statements ?? absent("signed statements were not read"),
      mergeGroup,
    };
  });
}

function ask(platform: PlatformSource | PlatformReader, change: Change, wanted: Wanted): Promise<PlatformReading> {
  return "read" in platform ? platform.read(change, wanted) : readPlatform(platform, change, wanted);
}

/**
 * The commits whose content somebody approved, each once: of each person and pull request what they approved last, those
 * who may push before strangers, and newest first. Only these need be compared with the head.
 */
export function approvedCommits({
  reviews,
  overrides,
  mergeGroup,
  people,
}: Pick<Facts, "reviews" | "overrides" | "mergeGroup" | "people">): string[] {
  const lists = [
    reviews.state === "present" ? reviews.value : [],
    ...(mergeGroup.state === "present" ? mergeGroup.value.map((member) => member.reviews) : []),
  ];
  const writers = people.state === "present" ? people.value.writers.filter(({ canPush }) => canPush) : [];
  const able = new Set(writers.map(({ login }) => login.toLowerCase()));
  const approvals = lists.flatMap(lastApprovals).map(({ commit, submittedAt, user }) => {
    return { commit, at: Date.parse(submittedAt), counts: able.has(user.toLowerCase()) };
  });
  const given = overrides.state === "present" ? overrides.value : [];
  const dated = [...approvals, ...given.map(({ commit, at }) => ({ commit, at: Date.parse(at), counts: true }))];
  dated.sort((a, b) => Number(b.counts) - Number(a.counts) || b.at - a.at);
  return [...new Set(dated.flatMap(({ commit }) => (commit === null ? [] : [commit])))];
}

/** Of each person; what somebody approved before counts no more. */
function lastApprovals(reviews: readonly PullRequestReview[]): PullRequestReview[] {
  const approvals = reviews.filter(({ state }) => state === "approved");
  const inOrder = approvals.sort((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt));
  return [...new Map(inOrder.map((review) => [review.user.toLowerCase(), review])).values()];
}

/** The change as it was at these commits; at the head it is what was read already. Sorted by commit. */
async function readTreesOf(
  commits: readonly string[],
  range: Range,
  change: Change,
  server: Remote | null,
): Promise<ReviewedTree[]> {
  const others = commits.filter((commit) => commit !== change.head.sha).slice(0, mostReviewedTrees);
  const head = commits.includes(change.head.sha)
    ? [{ commit: change.head.sha, files: change.files.map(treeFileOf) }]
    : [];
  const trees = [...head, ...(await readReviewedTrees(range, others, server))];
  return trees.sort((a, b) => (a.commit < b.commit ? -1 : 1));
}

/** The pull requests of a merge group with the files that each changes at its own head. Absent when one's cannot be read. */
async function withFiles(
  queued: Evidence<readonly QueuedPullRequest[]>,
  range: Range,
  server: Remote | null,
): Promise<Facts["mergeGroup"]> {
  if (queued.state === "absent") return queued;
  const trees = await readReviewedTrees(
    range,
    queued.value.map(({ head }) => head),
    server,
  );
  const files = new Map(trees.map((tree) => [tree.commit, tree.files]));
  const without = queued.value.find(({ head }) => !files.has(head));
  if (without !== undefined)
    return absent(`the commits of #${without.number}, which is part of the merge group, could not be read`);
  return present(
    queued.value.map(({ number, author, authorType, agentRequesters, head, retargetedAt, reviews }) => {
      const told = { number, author, authorType, agentRequesters, head, retargetedAt: retargetedAt ?? null };
      return { ...told, files: files.get(head) ?? [], reviews };
    }),
  );
}
