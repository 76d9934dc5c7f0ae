import type { ApprovalRequest, AreaApproval, ConsideredReview, OwnerGroup } from "./approval.ts";
import { whoHelps, type GroupState, type JudgedArea } from "./area-state.ts";
import { fixFor, sayArea, sayReview } from "./area-words.ts";
import type { ApprovalReason, Eligibility } from "./eligibility.ts";
import { sortedNames } from "./names.ts";
import { ownerTexts } from "./owner-refs.ts";

/** What became of an area's approval, from what each group of owners of its files says: the worst of them is the area's. */
export function areaApproval(request: ApprovalRequest, judged: JudgedArea): AreaApproval {
  const { groups } = judged;
  const worst = worstOf(groups);
  const by = sortedNames(groups.flatMap((group) => group.by));
  const approval = {
    area: request.area,
    state: worst?.state ?? ("n/a" as const),
    have: sum(groups.map((group) => Math.min(group.by.length, request.count))),
    need: request.count * Math.max(1, groups.length),
    by,
    stale: sortedNames(groups.flatMap((group) => group.stale)),
    changesRequestedBy: sortedNames(groups.flatMap((group) => group.changesRequestedBy)),
    unsatisfiable: worst?.unsatisfiable ?? null,
    candidates: openCandidates(groups, request.count),
    groups: groups.map((group) => ownerGroup(group, request.count)),
    considered: considered(judged),
  };
  return { ...approval, says: sayArea(request, groups, approval), fix: fixFor(groups, approval) };
}

const order = ["satisfied", "waiting", "stale", "unsatisfiable", "blocked"] as const;

function worstOf(groups: readonly GroupState[]): GroupState | undefined {
  return groups.toSorted((a, b) => weight(b) - weight(a))[0];
}

function weight({ state, unsatisfiable }: GroupState): number {
  return unsatisfiable === "configuration" ? order.length : order.indexOf(state);
}

function ownerGroup(state: GroupState, count: number): OwnerGroup {
  const { group, by } = state;
  return {
    owners: ownerTexts(group.approvers.owners),
    have: Math.min(by.length, count),
    need: count,
    candidates: whoHelps(state).users,
  };
}

/** Who can help where something is missing. */
function openCandidates(groups: readonly GroupState[], count: number): AreaApproval["candidates"] {
  const open = groups.filter(({ by }) => by.length < count);
  return {
    users: sortedNames(open.flatMap((group) => ownerGroup(group, count).candidates)),
    teams: sortedNames(open.flatMap((group) => whoHelps(group).teams)),
  };
}

/** A review counts for an area when it counts for one of its groups; else the group tells why that it came furthest with. */
function considered({ reviews, groups }: JudgedArea): ConsideredReview[] {
  return reviews.flatMap((review, index): ConsideredReview[] => {
    const furthest = groups
      .map((group) => ({ group, eligibility: group.judged[index]! }))
      .toSorted((a, b) => progress(b.eligibility) - progress(a.eligibility))[0];
    if (furthest === undefined) return [];
    const { reason, outdated } = furthest.eligibility;
    const says = sayReview(review, furthest.eligibility, furthest.group);
    return [{ user: review.user, review: review.id, reason, says, files: [...(outdated?.files ?? [])] }];
  });
}

/** In the order in which reviews are judged. */
const steps: Readonly<Record<ApprovalReason, number>> = {
  "not-an-approval": 0,
  superseded: 0,
  dismissed: 0,
  "changes-requested": 0,
  "not-a-person": 0,
  author: 1,
  "agent-requester": 1,
  "author-not-read": 1,
  "not-an-owner": 2,
  "team-not-read": 3,
  "owner-not-read": 3,
  committer: 4,
  "cannot-push": 5,
  "committers-not-read": 6,
  "push-right-not-read": 7,
  "commit-unknown": 8,
  stale: 9,
  counts: 10,
};

function progress({ reason }: Eligibility): number {
  return steps[reason];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
