import type { AreaApproval } from "../ownership/approval.ts";
import type { Decision, RuleResult, WaiverUse } from "../policy/decision.ts";
import { listed } from "../policy/index.ts";
import { count } from "./numbers.ts";
import type { Review } from "./review.ts";

/** One area whose approval rules ask for. All texts may hold logins: untrusted until a report makes them inert. */
export interface ApprovalRow {
  /** The rules that ask the same of it, as `ruleName` tells them. */
  rules: string[];
  approval: AreaApproval;
  /** Whether somebody still has to do something. */
  isOpen: boolean;
}

/** The areas whose approval is asked for, each once: those that are open first, otherwise in the order of the rules. */
export function approvalRows({ decision }: Review): ApprovalRow[] {
  const rows = new Map<string, ApprovalRow>();
  for (const rule of decision.rules.filter(({ state }) => state !== "not-applicable")) {
    for (const approval of rule.approvals) {
      const key = JSON.stringify(approval);
      const known = rows.get(key);
      if (known === undefined) rows.set(key, { rules: [ruleName(rule)], approval, isOpen: isOpen(approval) });
      else if (!known.rules.includes(ruleName(rule))) known.rules.push(ruleName(rule));
    }
  }
  return [...rows.values()].sort((a, b) => Number(b.isOpen) - Number(a.isOpen));
}

/** A rule's id; that of a floor with its repository, because it stands in no file of this one. */
export function ruleName({ id, floor }: Pick<RuleResult, "id" | "floor">): string {
  return floor === null ? id : `${id} of ${floor}`;
}

/** What became of an area's approval, in a few words: `approved by ann`, `waiting, 0 of 1`. */
export function approvalWords(approval: AreaApproval): string {
  const { state, by, stale, changesRequestedBy, have, need, unsatisfiable } = approval;
  switch (state) {
    case "n/a":
      return "nothing to approve";
    case "satisfied":
      return by.length === 0 ? "approved" : `approved by ${by.join(", ")}`;
    case "waiting":
      return `waiting, ${have} of ${need}`;
    case "stale":
      return `stale: ${stale.join(", ")} approved what is no longer there`;
    case "blocked":
      return `${changesRequestedBy.join(", ")} asked for changes`;
    case "unsatisfiable":
      return unsatisfiable === "configuration" ? "nobody can tell whose approval counts" : "nobody is eligible";
    case "waived":
    case "overridden":
      return state;
    case "error":
      return "could not be judged";
  }
}

/** Who can approve it now: `ann, bob or a member of acme/identity`; null when nobody is known to. */
export function candidateWords({ candidates: { users, teams } }: AreaApproval): string | null {
  const people = listed(users);
  const ofTeams = teams.length === 0 ? null : `a member of ${listed(teams)}`;
  const all = [people, ofTeams].filter((part) => part !== null && part !== "");
  return all.length === 0 ? null : all.join(" or ");
}

/** `ann (auth, billing) and bob (iac)`: the fewest people who can settle all that is open; null when nobody is known to. */
export function reviewerWords({ reviewers }: Decision): string | null {
  const named = reviewers.map(({ user, areas }) => `${user} (${listed(areas)})`);
  if (named.length === 0) return null;
  return named.length === 1 ? (named[0] ?? null) : `${named.slice(0, -1).join(", ")} and ${named.at(-1) ?? ""}`;
}

/** Which exceptions bear on the change; null when none does. */
export function exceptionWords({ waivers, override }: Decision): string | null {
  const inForce = waivers.filter(({ state }) => state !== "expired");
  const ending = inForce.filter(({ state }) => state === "ending");
  const soon = ending.length === 0 ? "" : ` (${listed(ending.map(({ id, expires }) => `${id} ends on ${expires}`))})`;
  const ended = waivers.length - inForce.length;
  const parts = [
    ...(override === null ? [] : [`break-glass by ${override.by} until ${override.until}`]),
    ...(inForce.length === 0 ? [] : [`${count(inForce.length, "waiver")}${soon}`]),
    ...(ended === 0 ? [] : [`${count(ended, "waiver")} that ended`]),
  ];
  return parts.length === 0 ? null : parts.join("; ");
}

/** One waiver in a sentence: what it exempts, whose it is, and how long it holds. */
export function waiverWords({ rule, finding, owner, reason, expires, state, exempts }: WaiverUse): string {
  const what = rule === null ? `findings of ${finding ?? "no lint rule"}` : `rule ${rule}`;
  if (state === "expired") return `${what}: ended on ${expires} and exempts nothing any more (${owner}: ${reason})`;
  const until = state === "ending" ? `ends on ${expires}` : `until ${expires}`;
  return `${what}, ${until}: exempts ${listed(exempts)} (${owner}: ${reason})`;
}

function isOpen({ state }: AreaApproval): boolean {
  return !["n/a", "satisfied", "waived", "overridden"].includes(state);
}
