import type { ApprovalRequest, AreaApproval } from "./approval.ts";
import { whoHelps, type GroupState } from "./area-state.ts";
import type { ApprovalReason, Eligibility } from "./eligibility.ts";
import { listedNames, nameKey, shownName } from "./names.ts";
import { mostProblems } from "./owner-groups.ts";
import { ownerTexts } from "./owner-refs.ts";
import type { PullRequestReview } from "./review.ts";

/** Approvals in sentences for people. Whatever comes from outside is inert in them. */

type Judged = Pick<
  AreaApproval,
  "area" | "state" | "have" | "need" | "by" | "stale" | "changesRequestedBy" | "unsatisfiable"
>;

/** What became of an area, in one sentence. */
export function sayArea({ area }: ApprovalRequest, groups: readonly GroupState[], approval: Judged): string {
  const says = sentences[approval.state];
  return `${area} ${plural(area, says(approval, groups))}${gaps(groups, approval)}`;
}

/** `these files are approved`, and not `these files is approved`. */
function plural(area: string, says: string): string {
  if (!area.endsWith("files") && area !== "files in no area") return says;
  const verb = Object.entries(manyVerbs).find(([one]) => says.startsWith(`${one} `));
  return verb === undefined ? says : `${verb[1]}${says.slice(verb[0].length)}`;
}

const manyVerbs = { is: "are", has: "have" };

type Sentence = (approval: Judged, groups: readonly GroupState[]) => string;

const sentences: Readonly<Record<AreaApproval["state"], Sentence>> = {
  "n/a": () => "is not touched",
  satisfied: ({ by }) => `is approved by ${listedNames(by)}`,
  waiting: (approval, groups) => `has ${progress(approval, groups)}`,
  stale: (approval, groups) => `has ${progress(approval, groups)}: ${sinceThen(approval.stale, groups)}`,
  blocked: ({ changesRequestedBy }) => `is blocked: ${listedNames(changesRequestedBy)} asked for changes`,
  unsatisfiable: ({ unsatisfiable }, groups) =>
    unsatisfiable === "configuration"
      ? `cannot be approved: ${first(groups.flatMap(({ problems }) => problems))}`
      : `cannot be approved: ${nobody(groups)}`,
  // These three are the words of who decides so, not of reviews.
  waived: () => "is waived",
  overridden: () => "is overridden",
  error: () => "could not be judged",
};

/** What to do, or null when nothing is left to do. */
export function fixFor(groups: readonly GroupState[], approval: Judged): string | null {
  const { area, state, stale, changesRequestedBy } = approval;
  if (state === "waiting") {
    return askFor(groups, approval) ?? nameAccounts(groups, approval) ?? readFirst(groups, approval);
  }
  if (state === "stale") {
    const others = askFor(groups, approval);
    return `Ask ${listedNames(stale)} to look at ${area} again.${others === null ? "" : ` ${others}`}`;
  }
  if (state === "blocked") {
    return `Settle it with ${listedNames(changesRequestedBy)}: their approval, or a dismissal of their review, clears it.`;
  }
  if (state !== "unsatisfiable") return null;
  if (approval.unsatisfiable === "configuration") return "Correct the configuration on the base branch.";
  const signed = groups.filter(isStuck).some(({ candidates: { onlyClaimed } }) => onlyClaimed.length > 0);
  if (groups.some(isStuckOnWriters)) {
    return `Give another person the right to push${signed ? ", or sign the commits that name those who have it" : ""}; or use break-glass.`;
  }
  if (!signed && groups.every(({ group }) => group.approvers.owners.length === 0)) {
    return `Name owners of ${area}: in CODEOWNERS, or in the policy as the area's \`owners\` or as \`default_owners\`. They count from the base branch on.`;
  }
  return `Name another owner, a fallback or default owners for ${area}${signed ? ", or sign the commits that name them" : ""}; or use break-glass.`;
}

/** Whom to ask, of each group of owners whose approvals are missing. Null when nobody is known whom asking would help. */
function askFor(groups: readonly GroupState[], { area, need, stale }: Judged): string | null {
  const each = need / Math.max(1, groups.length);
  const steps = groups.flatMap((group) => {
    const { by, candidates, judged, hindrances } = group;
    // Whoever is asked to look again is asked for in a sentence of their own.
    const missing = each - by.length - group.stale.length;
    // Whoever has approved already, and of whom something was not read, need not do it again.
    const isUnread = judged.some(({ reason }) => reason.endsWith("-not-read"));
    if (missing <= 0 || isUnread || hindrances.length > 0) return [];
    const spoken = new Set(stale.map(nameKey));
    const people = whoHelps(group).users.filter((user) => !spoken.has(nameKey(user)));
    const known = [...people.map(shownName), ...candidates.teams.map((team) => `somebody of @${shownName(team)}`)];
    const ask = [...known, ...(lacksWriters(group, each) ? ["somebody else who can push"] : [])];
    if (ask.length === 0) return [];
    return [
      `${missing === 1 || ask.length === 1 ? "" : `${numbers[missing] ?? missing} of `}${listedNames(ask, 5, "or")}`,
    ];
  });
  const whom = [...new Set(steps)];
  return whom.length === 0 ? null : `Ask ${whom.join(", and ")} to approve ${area}.`;
}

const numbers: Readonly<Record<number, string>> = { 2: "two", 3: "three", 4: "four", 5: "five" };

/** What to write instead of e-mail addresses. Running the check elsewhere helps nobody: GitHub tells no one whose they are. */
function nameAccounts(groups: readonly GroupState[], { area, need }: Judged): string | null {
  const emails = unknownEmails(groups, need);
  if (emails.length === 0) return null;
  const those = emails.length === 1 ? "it is" : "they are";
  return `Name the owners of ${area} as \`@login\` or \`@org/team\` on the base branch, in place of ${listedNames(emails)}: GitHub tells nobody whose address ${those}.`;
}

/** The addresses of owners whose approvals are missing. */
function unknownEmails(groups: readonly GroupState[], need: number): string[] {
  const each = need / Math.max(1, groups.length);
  const open = groups.filter(({ by }) => by.length < each);
  return [...new Set(open.flatMap(({ candidates }) => candidates.emails))];
}

/** What to read where approvals are there and cannot count for what was not read. Null where nothing is missing. */
function readFirst(groups: readonly GroupState[], { area }: Judged): string | null {
  const whys = groups.flatMap(({ judged, unread, hindrances }) => [
    ...unread,
    ...judged.flatMap(({ reason, why }) => (reason.endsWith("-not-read") ? [why] : [])),
    ...hindrances,
  ]);
  const [first] = whys;
  return first === undefined
    ? null
    : `Run the check where it can read what is missing for ${area} (${first}), or supply it with \`--reviews\`.`;
}

/** What became of one review, in one sentence. */
export function sayReview(review: PullRequestReview, eligibility: Eligibility, group: GroupState): string {
  return `${shownName(review.user)} ${reasons[eligibility.reason](eligibility, group, review)}`;
}

type ReviewSentence = (eligibility: Eligibility, group: GroupState, review: PullRequestReview) => string;

const reasons: Readonly<Record<ApprovalReason, ReviewSentence>> = {
  counts: () => "approved what stands there now",
  superseded: () => "has said something else since",
  dismissed: () => "approved or asked for changes, and the review was dismissed",
  "not-an-approval": () => "commented",
  "changes-requested": () => "asks for changes",
  "not-a-person": (_eligibility, _group, { userType }) => `is not a person (${shownName(userType)})`,
  "cannot-push": () => "cannot push to the repository",
  "push-right-not-read": ({ why }) => `may or may not push: ${why}`,
  author: () => "is the author of the pull request",
  "author-not-read": ({ why }) => `may be the author: ${why}`,
  committer: (_eligibility, { bench }, { user }) => {
    const count = bench.exclusions.committers.commits.get(nameKey(user)) ?? 0;
    return `wrote, committed or co-wrote ${count} of the commits`;
  },
  "committers-not-read": ({ why }) => `may have written some of it: ${why}`,
  "agent-requester": () => "asked the agent for it",
  "not-an-owner": (_eligibility, { group }) => {
    const owners = listedNames(ownerTexts(group.approvers.owners), 5, "or");
    return owners === "" ? "owns none of it: nobody is named as its owner" : `is not among ${owners}`;
  },
  "team-not-read": ({ why }) => `may or may not be an owner: ${why}`,
  "owner-not-read": ({ why }) => `may or may not be an owner: ${why}`,
  "commit-unknown": () => "approved a commit that is gone or was not read",
  stale: ({ outdated }) => {
    if (outdated?.why === "push") return "approved it before the last push, and the policy asks anew after each";
    if (outdated?.why === "retarget") return "approved it before the base branch was changed";
    return `approved something else: ${listedNames(outdated?.files ?? [])}`;
  },
};

/** What happened after approvals that no longer count. */
function sinceThen(stale: readonly string[], groups: readonly GroupState[]): string {
  const since = groups.flatMap(({ judged }) => judged.flatMap(({ outdated }) => outdated?.why ?? []));
  if (since.includes("retarget")) return `the base branch was changed after ${listedNames(stale)} approved`;
  if (since.includes("push") && !since.includes("content")) {
    return `a push came after ${listedNames(stale)} approved, and the policy asks anew after each`;
  }
  return `what ${listedNames(stale)} approved is not what stands there now`;
}

/** Each group of owners tells its own: of `@all` and `@ann`, both must approve. */
function progress({ have, need }: Judged, groups: readonly GroupState[]): string {
  const counted = (by: number, of: number, group: readonly GroupState[]) =>
    `${by} of ${of} approvals by ${whose(group)}`;
  if (groups.length < 2) return counted(have, need, groups);
  const each = need / groups.length;
  const parts = groups.slice(0, 5).map((group) => counted(Math.min(group.by.length, each), each, [group]));
  const rest = groups.length - parts.length;
  const more = rest === 0 ? "" : ` and ${rest} more ${rest === 1 ? "group" : "groups"} of owners`;
  return parts.join(", and ") + more;
}

function whose(groups: readonly GroupState[]): string {
  const owners = [...new Set(groups.flatMap(({ group }) => ownerTexts(group.approvers.owners)))].sort();
  const anyone = groups.some(({ group }) => group.approvers.anyone);
  return listedNames([...owners, ...(anyone ? ["anybody who can push"] : [])], 5, "or");
}

function nobody(groups: readonly GroupState[]): string {
  const stuck = groups.filter(isStuck);
  const owners = stuck.flatMap(({ group }) => group.approvers.owners);
  const claimed = stuck.flatMap(({ candidates }) => candidates.onlyClaimed);
  const requesters = stuck.flatMap(({ candidates }) => candidates.requesters);
  if (requesters.length > 0) {
    return `${listedNames(requesters)} ${requesters.length > 1 ? "are" : "is"} said to have asked an agent for it, and nobody else is left`;
  }
  if (claimed.length > 0) return `commits that nobody verified name ${listedNames(claimed)}, and nobody else is left`;
  if (groups.some(isStuckOnWriters)) {
    return "no eligible owner: too few of those who can push neither wrote it nor asked for it";
  }
  if (owners.length === 0) return "nobody owns it: neither CODEOWNERS nor the policy names anybody";
  return `too few of ${listedNames(ownerTexts(owners), 5, "or")} may approve it`;
}

/** What was not read and may be why: never silence. */
function gaps(groups: readonly GroupState[], { state, have, need }: Judged): string {
  if (state === "satisfied" || state === "n/a" || state === "unsatisfiable") return "";
  const each = need / Math.max(1, groups.length);
  const teams = groups.flatMap(({ candidates }) => candidates.teams);
  const people = [
    ...(have < need ? teams.map((team) => `the team @${shownName(team)} was not read`) : []),
    ...unknownEmails(groups, need).map((email) => `the account of ${shownName(email)} was not read`),
    ...standIns(groups),
    ...groups.flatMap((group) => (lacksWriters(group, each) ? [group.bench.people.othersUnread] : [])),
  ];
  const unread = [...new Set([...groups.flatMap((group) => group.unread), ...people])];
  return unread.length === 0 ? "" : ` (${unread.join("; ")})`;
}

/** Whether whoever can push may approve, and too few of them are known, so that others are needed of whom nobody knows. */
function lacksWriters({ group, bench, candidates }: GroupState, count: number): boolean {
  return group.approvers.anyone && !bench.people.everyWriter && candidates.users.length < count;
}

/** Whether whoever can push may approve, all of them are known, and they are too few. */
function isStuckOnWriters(state: GroupState): boolean {
  return state.group.approvers.anyone && isStuck(state);
}

/** Whether it is this group of owners for which too few people can approve. */
function isStuck({ unsatisfiable }: GroupState): boolean {
  return unsatisfiable === "no-eligible-owner";
}

/** Whose approval counts although they are not the owners whom the policy or CODEOWNERS names first. */
function standIns(groups: readonly GroupState[]): string[] {
  return groups.flatMap(({ group: { inPlaceOf } }) =>
    inPlaceOf === null ? [] : [`too few of its owners can approve it, so ${places[inPlaceOf]} may too`],
  );
}

const places = {
  fallback: "its fallback",
  broader: "the owners of a broader pattern",
  default: "the default owners",
  anyone: "anybody who can push",
} as const;

function first(problems: readonly string[]): string {
  const [one = "the configuration is broken", ...more] = new Set(problems);
  const count = more.length + 1 < mostProblems ? more.length : `at least ${more.length}`;
  return more.length === 0 ? one : `${one}, and ${count} more`;
}
