import type { ReviewedTree } from "../change/tree-file.ts";
import { present } from "../evidence.ts";
import { compareInstants } from "../instant.ts";
import type { OwnershipFacts } from "./approvals.ts";
import { compareIds } from "./latest-reviews.ts";
import { nameKey } from "./names.ts";
import type { People } from "./people.ts";
import type { Override, PullRequestReview } from "./review.ts";

/*
 * What people did to a pull request, from the platform's events. No door calls it yet: the command line and the Action read
 * everything anew. It is for the App that is to come, whose worker keeps one log for each open pull request: `recordEvent`
 * with what a delivery says, `resync` with what a full reading found, and at each decision `snapshotOf` and `factsAt` over
 * the facts of the last reading.
 *
 * Events save the reading of reviews, teams and rights. All else is read anew: the commits after a push, the policy and
 * CODEOWNERS after a push to the base, the title, labels and requesters, the pull requests of a merge group. What was not
 * read anew never counts in somebody's favour: without files of the head the change is not whole, and without its commits
 * nobody is known not to have written it.
 */

/** What can be told of a pull request from events alone: the part of the facts that people change. */
export interface Snapshot {
  head: string;
  base: string;
  /** When the base was last changed to another branch; null: never. */
  retargetedAt: string | null;
  draft: boolean;
  reviews: readonly PullRequestReview[];
  writers: People["writers"];
  teams: readonly { name: string; members: readonly string[] }[];
  overrides: readonly Override[];
  /** The change as it was at each head that was seen. */
  trees: readonly ReviewedTree[];
}

/** One thing that happened on the platform. Deliveries come in any order, twice, or never. */
export interface PlatformEvent {
  /** The platform's id of what happened, the same in every delivery of it. */
  id: string;
  /** When it happened, ISO 8601 in UTC; for `resync`, the instant before the reading began. */
  at: string;
  what: Happened;
}

/** What happened, with what is known by it. */
export type Happened =
  /** Submitted, edited or dismissed: the review as it was afterwards. */
  | { kind: "review"; review: PullRequestReview }
  | { kind: "push"; tree: ReviewedTree }
  | { kind: "retarget"; base: string }
  | { kind: "draft"; draft: boolean }
  | { kind: "membership"; team: string; login: string; member: boolean }
  | { kind: "push-right"; login: string; canPush: boolean }
  | { kind: "override"; override: Override }
  /** Everything, read anew from the platform. */
  | { kind: "resync"; snapshot: Snapshot };

/** The events that still matter, each once, oldest first. */
export type EventLog = readonly PlatformEvent[];

/**
 * The log with one more event. In whatever order events are recorded, and however often, the log comes out the same: what
 * happened before the last resync is in it already, and is dropped.
 */
export function recordEvent(log: EventLog, event: PlatformEvent): EventLog {
  const sorted = [...log.filter((other) => compareEvents(other, event) !== 0), event].sort(compareEvents);
  const start = sorted.findLastIndex(({ what }) => what.kind === "resync");
  return sorted.slice(Math.max(start, 0));
}

/** What the events come to; null before the first resync, for nothing is known of what was there before. */
export function snapshotOf(log: EventLog): Snapshot | null {
  const [first, ...later] = log;
  if (first?.what.kind !== "resync") return null;
  return later.reduce((snapshot, event) => afterEvent(snapshot, event), inOrder(first.what.snapshot));
}

/**
 * The facts with what the events say. Areas, owners and commits come from the facts, and the commits only where they were
 * read at the same head: of a push since, nobody knows who wrote what.
 */
export function factsAt(
  facts: OwnershipFacts,
  { head, reviews, writers, teams, trees, draft, retargetedAt }: Snapshot,
): OwnershipFacts {
  const files = trees.find((tree) => tree.commit === head)?.files;
  const { change, people, pullRequest } = facts;
  const whole = files === undefined ? [`the files at ${head} were not read`] : change.incomplete;
  const known = people.state === "present" ? people.value : null;
  return {
    ...facts,
    change: { ...change, head: { ...change.head, sha: head }, files: files ?? [], incomplete: whole },
    pullRequest: pullRequest.state === "present" ? present({ ...pullRequest.value, draft }) : pullRequest,
    commitsOfFile: change.head.sha === head ? facts.commitsOfFile : new Map(),
    reviews: present(reviews),
    ...{ retargetedAt, reviewedTrees: trees },
    people: known === null ? people : present({ ...known, writers, teams: teamsAt(known.teams, teams) }),
  };
}

/**
 * By instant, then by id. Equal only for deliveries of one event. The platform tells seconds: what happened in the one in
 * which a reading began may not be in it, and is told after it once more.
 */
function compareEvents(a: PlatformEvent, b: PlatformEvent): number {
  return compareInstants(a.at, b.at) || Number(isReading(b)) - Number(isReading(a)) || compareIds(a.id, b.id);
}

function isReading({ what }: PlatformEvent): boolean {
  return what.kind === "resync";
}

function afterEvent(before: Snapshot, { at, what }: PlatformEvent): Snapshot {
  switch (what.kind) {
    case "review":
      return { ...before, reviews: afterReview(before.reviews, what.review) };
    case "push":
      return { ...before, head: what.tree.commit, trees: replaced(before.trees, what.tree, ({ commit }) => commit) };
    case "retarget":
      // What was seen before was another change: none of it says what stands there now.
      return { ...before, base: what.base, retargetedAt: at, trees: [] };
    case "draft":
      return { ...before, draft: what.draft };
    case "membership":
      return { ...before, teams: before.teams.map((team) => afterMembership(team, what)) };
    case "push-right": {
      const right = { login: what.login, canPush: what.canPush };
      return { ...before, writers: replaced(before.writers, right, ({ login }) => nameKey(login)) };
    }
    case "override":
      return { ...before, overrides: replaced(before.overrides, what.override, ({ id }) => id) };
    case "resync":
      return inOrder(what.snapshot);
  }
}

/** A dismissed review stays so: what says otherwise is older, whatever its instant. */
function afterReview(before: Snapshot["reviews"], review: PullRequestReview): Snapshot["reviews"] {
  const isDismissed = before.some(({ id, state }) => id === review.id && state === "dismissed");
  return isDismissed ? before : replaced(before, review, ({ id }) => id);
}

/** A team that nobody asked about stays unknown. */
function afterMembership(
  team: Snapshot["teams"][number],
  { team: name, login, member }: Extract<Happened, { kind: "membership" }>,
): Snapshot["teams"][number] {
  if (nameKey(team.name) !== nameKey(name)) return team;
  const others = team.members.filter((other) => nameKey(other) !== nameKey(login));
  return { ...team, members: (member ? [...others, login] : others).sort() };
}

/** The list with one entry replaced or added, in the order of its keys. */
function replaced<T>(list: readonly T[], item: T, keyOf: (item: T) => string): T[] {
  const key = keyOf(item);
  return sortedBy([...list.filter((other) => keyOf(other) !== key), item], keyOf);
}

function sortedBy<T>(list: readonly T[], keyOf: (item: T) => string): T[] {
  return list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

function inOrder(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    reviews: sortedBy(snapshot.reviews, ({ id }) => id),
    writers: sortedBy(snapshot.writers, ({ login }) => nameKey(login)),
    teams: sortedBy(snapshot.teams, ({ name }) => nameKey(name)).map((team) => ({
      ...team,
      members: team.members.toSorted(),
    })),
    overrides: sortedBy(snapshot.overrides, ({ id }) => id),
    trees: sortedBy(snapshot.trees, ({ commit }) => commit),
  };
}

function teamsAt(known: People["teams"], teams: Snapshot["teams"]): People["teams"] {
  const members = new Map(teams.map((team) => [nameKey(team.name), team.members]));
  return known.map((team) => {
    const now = members.get(nameKey(team.name));
    return now === undefined ? team : { ...team, members: present([...now]) };
  });
}
