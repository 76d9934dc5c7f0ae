import type { PullRequest } from "../../core/facts.ts";
import type { Check, CommitSignature, People, PullRequestReview } from "../../core/ownership/index.ts";
import { NotTold, type GitHub, type Parameters } from "./client.ts";
import type { EmailAccount } from "./read-co-authors.ts";
import { sortedChecks } from "./read-checks.ts";
import { mostReviews, tooManyReviews } from "./read-reviews.ts";
import { PullAnswer, pullQuery } from "./pull-query.ts";
import { toldCommits, toldPull, toldReviews, toldChecks, toldLoad, toldWriters } from "./pull-told.ts";
import { teamAnswers, teamsPart, type TeamReading } from "./team-query.ts";

/** Everything that GitHub knows of one pull request at one instant. */
export interface PullNow {
  /** GitHub's id of the repository that answered to the name. */
  repository: number;
  isPrivate: boolean;
  state: "open" | "closed" | "merged";
  pullRequest: PullRequest;
  /** `repository`: GitHub's id of the one that it comes from; null when that fork is gone. */
  head: { name: string; sha: string; repository: number | null };
  /** `tip`: where the base branch is now; null when it is gone. */
  base: { name: string; tip: string | null };
  reviews: PullRequestReview[];
  retargetedAt: string | null;
  /** Whether those who reviewed may push. */
  writers: People["writers"];
  /** Of all its commits; `total` is how many there are, and GitHub lists no more than 250. */
  commits: { total: number; listed: string[]; accounts: EmailAccount[]; signatures: CommitSignature[] };
  /** Of the head, without our own; null: they were not asked for. */
  checks: Check[] | null;
  load: People["load"];
  teams: TeamReading[];
}

export interface PullAsked {
  number: number;
  /** The App that asks: its own checks are none. */
  app: number;
  /** Whether checks are wanted. */
  checks: boolean;
  /** `org/team`, each once. */
  teams: readonly string[];
}

/**
 * Reads all of it with one query, and with one more for every hundred of the longest list. Every list is counted against
 * the total that GitHub gives. Throws `NotTold` for an answer that is not whole, and for a pull request that changed while
 * it was read; `TooMany` for one that no other way of asking tells of either.
 */
export async function readPullAtOnce(github: GitHub, asked: PullAsked): Promise<PullNow> {
  const parts = teamsPart(asked.teams);
  const query = pullQuery(parts.text);
  const fixed: Parameters = { number: asked.number, checks: asked.checks, ...parts.variables };
  const pages: PullAnswer[] = [];
  let after: Cursors | null = { reviews: null, commits: null, contexts: null };
  while (after !== null) {
    if (pages.length === mostPages) throw new NotTold(`#${asked.number} has more reviews or checks than are read`);
    const page = await github.query(query, { ...fixed, ...after }, PullAnswer);
    refuseTooMany(page, asked.number);
    pages.push(page);
    after = nextOf(pages);
  }
  return joined(pages, asked);
}

/** A hundred of each list. */
const mostPages = 20;

/** At the first page, so that no others are asked for in vain. */
function refuseTooMany({ repository: { pullRequest } }: PullAnswer, number: number): void {
  const { reviews } = pullRequest;
  if (reviews.totalCount > mostReviews) throw tooManyReviews(number);
  const most = Math.max(reviews.totalCount, contextsOf(pullRequest)?.totalCount ?? 0);
  if (most > mostPages * 100) throw new NotTold(`#${number} has more reviews or checks than are read at once`);
}

type Cursors = Record<"reviews" | "commits" | "contexts", string | null>;

/** Where each list goes on; null when all are at their end. One that has ended begins anew, and is told apart by its ids. */
function nextOf(pages: readonly PullAnswer[]): Cursors | null {
  const last = pages.at(-1)?.repository.pullRequest;
  if (last === undefined) return null;
  const ends = [last.reviews.pageInfo, last.commits.pageInfo, contextsOf(last)?.pageInfo];
  if (!ends.some((end) => end?.hasNextPage === true)) return null;
  const [reviews = null, commits = null, contexts = null] = ends.map((end) => end?.endCursor ?? null);
  return { reviews, commits, contexts };
}

function contextsOf(pull: PullAnswer["repository"]["pullRequest"]) {
  return pull.tip?.nodes[0]?.commit.statusCheckRollup?.contexts;
}

function joined(pages: readonly PullAnswer[], asked: PullAsked): PullNow {
  const first = pages[0];
  if (first === undefined) throw new NotTold("GitHub's answer was not whole");
  const { repository } = first;
  const pull = repository.pullRequest;
  if (pages.some((page) => stampOf(page) !== stampOf(first)))
    throw new NotTold(`#${asked.number} changed while it was read`);
  const all = pages.map((page) => page.repository.pullRequest);
  const reviews = whole(
    "reviews",
    all.map((each) => each.reviews),
    ({ fullDatabaseId }) => fullDatabaseId,
  );
  const commits = distinct(
    all.flatMap((each) => each.commits.nodes),
    ({ commit }) => commit.oid,
  );
  return {
    repository: repository.databaseId,
    isPrivate: repository.isPrivate,
    ...toldPull(pull, repository.nameWithOwner),
    reviews: toldReviews(reviews),
    writers: toldWriters(reviews),
    commits: {
      total: pull.commits.totalCount,
      listed: commits.map(({ commit }) => commit.oid),
      ...toldCommits(commits),
    },
    checks: asked.checks ? checksOf(all, asked.app) : null,
    load: toldLoad(repository.open.nodes, pull.number),
    teams: teamAnswers(asked.teams, first, repository.nameWithOwner),
  };
}

/** What must not have moved between two pages. */
function stampOf({ repository: { databaseId, pullRequest } }: PullAnswer): string {
  const { headRefOid, baseRefName, updatedAt } = pullRequest;
  return JSON.stringify([databaseId, headRefOid, baseRefName, updatedAt]);
}

function checksOf(pulls: readonly PullAnswer["repository"]["pullRequest"][], app: number): Check[] {
  const tips = pulls.map(({ tip, headRefOid }) => {
    const commit = tip?.nodes[0]?.commit;
    if (commit?.oid !== headRefOid) throw new NotTold("GitHub told of the checks of another commit");
    return commit.statusCheckRollup?.contexts ?? { totalCount: 0, nodes: [] };
  });
  return sortedChecks(
    toldChecks(
      whole("checks", tips, ({ id }) => id),
      app,
    ),
  );
}

/** All entries of a list, counted. */
function whole<Item>(
  what: string,
  pages: readonly { totalCount: number; nodes: readonly Item[] }[],
  key: (item: Item) => string,
): Item[] {
  const found = distinct(
    pages.flatMap(({ nodes }) => nodes),
    key,
  );
  const total = Math.max(...pages.map(({ totalCount }) => totalCount));
  if (found.length !== total) throw new NotTold(`GitHub gave ${found.length} of ${total} ${what}`);
  return found;
}

/** A list that has ended is given again with the next page of another. */
function distinct<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
