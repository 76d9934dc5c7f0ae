import type { TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import type { ApprovalRequest, AreaApproval, AreaState } from "./approval.ts";
import { areEnough, candidatesAmong, type Candidates } from "./candidates.ts";
import { judgeReview, type Bench, type Eligibility } from "./eligibility.ts";
import { exclusionsFor, type Writing } from "./exclusions.ts";
import { latestOpinions, orderedReviews } from "./latest-reviews.ts";
import { amongApprovers } from "./membership.ts";
import { nameKey, shownName, sortedNames } from "./names.ts";
import { ownerGroups, ownersProblems, type FilesOfOwners } from "./owner-groups.ts";
import type { CodeOwners } from "./owners-of-files.ts";
import type { PeopleIndex } from "./people-index.ts";
import type { PullRequestReview } from "./review.ts";
import { outdatedBy, type SeenContent } from "./seen-content.ts";

/** One pull request as approvals are judged on it. */
export interface Viewpoint {
  writing: Writing;
  reviews: Evidence<readonly PullRequestReview[]>;
  content: SeenContent;
  people: PeopleIndex;
  owners: CodeOwners;
}

/** What one group of owners says of its files. */
export interface GroupState {
  group: FilesOfOwners;
  state: Extract<AreaState, "satisfied" | "waiting" | "stale" | "unsatisfiable" | "blocked">;
  unsatisfiable: AreaApproval["unsatisfiable"];
  /** What is wrong with the configuration, as sentences. */
  problems: readonly string[];
  /** What was not read and could matter, as sentences. */
  unread: readonly string[];
  by: readonly string[];
  /** Who approved it and need not do so again: those who count, and those of whom something was not read. */
  approved: readonly string[];
  /** What was not read, so that nobody's approval settles it now, as sentences. */
  hindrances: readonly string[];
  areReviewsRead: boolean;
  stale: readonly string[];
  changesRequestedBy: readonly string[];
  candidates: Candidates;
  bench: Bench;
  /** What became of each review, in their order. */
  judged: readonly Eligibility[];
}

/**
 * Who can approve for a group and has not. Nobody where reviews were read and something else was not, without which no
 * approval counts; where no reviews were read, whoever could by what is known.
 */
export function whoHelps({ candidates, approved, hindrances, areReviewsRead }: GroupState): AreaApproval["candidates"] {
  if (areReviewsRead && hindrances.length > 0) return { users: [], teams: [] };
  const done = new Set(approved.map(nameKey));
  return { users: candidates.users.filter((user) => !done.has(nameKey(user))), teams: [...candidates.teams] };
}

/** The reviews in order, and what each group of owners of the request's files makes of them. */
export interface JudgedArea {
  reviews: readonly PullRequestReview[];
  files: readonly TreeFile[];
  groups: readonly GroupState[];
}

/** Judges every review for every group of owners whose approval a request needs. No group: none of the files belongs. */
export function judgeArea(request: ApprovalRequest, viewpoint: Viewpoint): JudgedArea {
  const { content, people, owners, writing } = viewpoint;
  const reviews = viewpoint.reviews.state === "present" ? orderedReviews(viewpoint.reviews.value) : [];
  const files = content.files.filter(request.belongs);
  if (files.length === 0) return { reviews, files, groups: [] };
  const exclusionsOf = remember((of: readonly TreeFile[]) => exclusionsFor(of, request.exclude, writing));
  const groups = ownerGroups(request, files, owners, (approvers, of) =>
    areEnough(candidatesAmong(approvers, exclusionsOf(of), people), request.count),
  );
  const judged = groups.map((group): GroupState => {
    const bench: Bench = {
      approvers: group.approvers,
      exclusions: exclusionsOf(group.files),
      people,
      changedSince: outdatedBy(request.staleWhen, group.belongs, content),
    };
    return judgeGroup(group, bench, request, reviews, viewpoint);
  });
  return { reviews, files, groups: judged };
}

function judgeGroup(
  group: FilesOfOwners,
  bench: Bench,
  request: ApprovalRequest,
  reviews: readonly PullRequestReview[],
  { people, owners, reviews: read }: Viewpoint,
): GroupState {
  const opinions = latestOpinions(reviews);
  const judged = reviews.map((review) => judgeReview(review, opinions.get(nameKey(review.user)) === review, bench));
  const who = (isMeant: (eligibility: Eligibility) => boolean) =>
    sortedNames(reviews.flatMap(({ user }, index) => (isMeant(judged[index]!) ? [user] : [])));
  const by = who(({ reason }) => reason === "counts");
  const requests = changesRequested(opinions, bench);
  const { author, committers } = bench.exclusions;
  const candidates = candidatesAmong(group.approvers, bench.exclusions, people);
  const found = {
    ...{ group, bench, judged, by, candidates, changesRequestedBy: requests.by },
    approved: who(({ reason }) => reason === "counts" || reason.endsWith("-not-read")),
    hindrances: [
      ...requests.unread,
      ...(author.state === "absent" ? [author.reason] : []),
      ...(committers.unread === null ? [] : [committers.unread]),
    ],
    areReviewsRead: read.state === "present",
    stale: who(({ reason }) => reason === "stale" || reason === "commit-unknown"),
    problems: [...ownersProblems(request.owners, group.files, owners), ...group.unsure, ...candidates.broken],
    unread: [...(read.state === "absent" ? [read.reason] : []), ...requests.unread],
  };
  return { ...found, ...stateOf(found, request.count) };
}

/**
 * Who asks for changes and has a say. Somebody of whom it is not known whether they own anything stands in the way of a
 * pass, and blocks nothing.
 */
function changesRequested(opinions: ReadonlyMap<string, PullRequestReview>, bench: Bench) {
  const asking = [...opinions.values()]
    .filter(({ state, userType }) => state === "changes_requested" && userType === "User")
    .map(({ user }) => ({ user, say: amongApprovers(user, bench.approvers, bench.people) }));
  return {
    by: sortedNames(asking.filter(({ say }) => say.state === "yes").map(({ user }) => user)),
    unread: asking.flatMap(({ user, say }) =>
      say.state === "unknown" ? [`${shownName(user)} asks for changes, and ${say.why}`] : [],
    ),
  };
}

type Found = Omit<GroupState, "state" | "unsatisfiable">;

function stateOf(found: Found, count: number): Pick<GroupState, "state" | "unsatisfiable"> {
  const { problems, changesRequestedBy, candidates, by, unread, stale } = found;
  if (problems.length > 0) return { state: "unsatisfiable", unsatisfiable: "configuration" };
  if (changesRequestedBy.length > 0) return { state: "blocked", unsatisfiable: null };
  if (!candidates.mayBeMore && candidates.users.length < count) {
    return { state: "unsatisfiable", unsatisfiable: "no-eligible-owner" };
  }
  if (by.length >= count && unread.length === 0) return { state: "satisfied", unsatisfiable: null };
  return { state: stale.length > 0 && by.length < count ? "stale" : "waiting", unsatisfiable: null };
}

function remember<Key, Value>(answer: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (known.has(key)) return known.get(key)!;
    const value = answer(key);
    known.set(key, value);
    return value;
  };
}
