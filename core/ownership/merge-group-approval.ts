import type { TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import type { ApprovalRequest, AreaApproval } from "./approval.ts";
import { differingFiles } from "./fingerprint.ts";
import type { MergeGroupMember } from "./merge-group.ts";
import { listedNames, sortedNames } from "./names.ts";

/**
 * What became of an area's approval in a merge group: every pull request that touches the area must have its own, and what
 * the group brings to the area must be what they bring, file by file. `judge`: one of them, judged by its own reviews.
 */
export function mergeGroupApproval(
  request: ApprovalRequest,
  files: readonly TreeFile[],
  members: Evidence<readonly MergeGroupMember[]>,
  judge: (member: MergeGroupMember) => AreaApproval,
): AreaApproval {
  if (members.state === "absent") {
    const fix = "Let the check read the pull requests of the merge group: they were not read.";
    return { ...failed(request, [], members.reason), fix };
  }
  const touching = members.value
    .map((member) => ({ member, files: member.files.filter(request.belongs) }))
    .filter((one) => one.files.length > 0)
    .sort((a, b) => a.member.number - b.member.number);
  const judged = touching.map(({ member }) => ({ member, approval: judge(member) }));
  const differing = differingFiles(
    files.filter(request.belongs),
    touching.flatMap((one) => one.files),
  );
  const all = judged.map(({ approval }) => approval);
  if (differing.length > 0) return failed(request, all, mismatch(touching, differing));
  return joined(request, judged);
}

function mismatch(touching: readonly { member: MergeGroupMember; files: readonly TreeFile[] }[], differing: string[]) {
  const whose = touching.filter(({ files }) =>
    files.some((file) => differing.includes(differingFiles([file], [])[0]!)),
  );
  const numbers = (whose.length > 0 ? whose : touching).map(({ member }) => `#${member.number}`);
  const from =
    numbers.length === 0
      ? "no pull request of the group brings"
      : `what the group brings is not what was approved in ${listedNames(numbers)}:`;
  return `${from} ${listedNames(differing)}`;
}

function failed(request: ApprovalRequest, approvals: readonly AreaApproval[], why: string): AreaApproval {
  const fix = "Bring the pull request up to date with its base, have it approved again and queue it anew.";
  return { ...summed(request, approvals), state: "error", says: `${request.area} could not be judged: ${why}`, fix };
}

const order = ["n/a", "satisfied", "waived", "overridden", "waiting", "stale", "unsatisfiable", "blocked", "error"];

function joined(
  request: ApprovalRequest,
  judged: readonly { member: MergeGroupMember; approval: AreaApproval }[],
): AreaApproval {
  const all = judged.map(({ approval }) => approval);
  const worst = judged.toSorted((a, b) => weight(b.approval) - weight(a.approval))[0];
  if (worst === undefined)
    return { ...summed(request, all), state: "n/a", says: `${request.area} is not touched`, fix: null };
  const { state, unsatisfiable, fix } = worst.approval;
  const total = summed(request, all);
  const says =
    state === "satisfied"
      ? `${request.area} is approved by ${listedNames(total.by)}`
      : `#${worst.member.number}: ${worst.approval.says}`;
  return { ...total, state, says, fix, unsatisfiable };
}

function weight({ state, unsatisfiable }: AreaApproval): number {
  return unsatisfiable === "configuration" ? order.indexOf("blocked") + 0.5 : order.indexOf(state);
}

function summed({ area, count }: ApprovalRequest, all: readonly AreaApproval[]) {
  const names = (of: (approval: AreaApproval) => readonly string[]) => sortedNames(all.flatMap(of));
  const sum = (of: (approval: AreaApproval) => number) => all.reduce((total, approval) => total + of(approval), 0);
  return {
    area,
    have: sum(({ have }) => have),
    need: Math.max(
      count,
      sum(({ need }) => need),
    ),
    by: names(({ by }) => by),
    stale: names(({ stale }) => stale),
    changesRequestedBy: names(({ changesRequestedBy }) => changesRequestedBy),
    unsatisfiable: null,
    candidates: {
      users: names(({ candidates }) => candidates.users),
      teams: names(({ candidates }) => candidates.teams),
    },
    groups: all.flatMap(({ groups }) => groups),
    considered: all.flatMap(({ considered }) => considered),
  };
}
