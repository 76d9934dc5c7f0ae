import type { AreaApproval, AreaState } from "../ownership/approval.ts";
import type { Reason } from "./decision.ts";
import type { Outcome } from "./requirement.ts";

/** What the approvals that a rule asked for come to: the worst of them, each told by its own sentence. */
export function approvalOutcome(approvals: readonly AreaApproval[], nothingAsked: string): Outcome {
  const sorted = approvals.toSorted((a, b) => (a.area < b.area ? -1 : a.area > b.area ? 1 : 0));
  const worst = worstOf(sorted.map(outcomeState));
  const open = sorted.filter((approval) => outcomeState(approval) !== "satisfied");
  const reason: Reason = {
    says: sorted.length === 0 ? nothingAsked : summary(sorted, open),
    state: worst === "satisfied" ? "yes" : worst === "undecided" ? "unknown" : "no",
    fix: open.find(({ fix }) => fix !== null)?.fix ?? null,
    reasons: sorted.map(reasonOf),
  };
  return { state: worst, reason, approvals: sorted };
}

/** What an approval in this state comes to. */
export function outcomeState({
  state,
  unsatisfiable,
}: Pick<AreaApproval, "state" | "unsatisfiable">): Outcome["state"] {
  // A person can name an owner; nobody can decide by a configuration that cannot be read.
  if (state === "unsatisfiable") return unsatisfiable === "no-eligible-owner" ? "waiting" : "undecided";
  return outcomes[state];
}

const outcomes: Readonly<Record<Exclude<AreaState, "unsatisfiable">, Outcome["state"]>> = {
  "n/a": "satisfied",
  satisfied: "satisfied",
  waived: "satisfied",
  overridden: "satisfied",
  waiting: "waiting",
  stale: "waiting",
  blocked: "unsatisfied",
  error: "undecided",
};

const order = ["satisfied", "warned", "waiting", "unsatisfied", "undecided"] as const satisfies Outcome["state"][];

function worstOf(states: readonly Outcome["state"][]): Outcome["state"] {
  return states.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), "satisfied");
}

function summary(all: readonly AreaApproval[], open: readonly AreaApproval[]): string {
  if (open.length === 0) return `approved: ${all.map(({ area }) => area).join(", ")}`;
  return `approvals that are open: ${open.length} of ${all.length} (${open.map(({ area }) => area).join(", ")})`;
}

function reasonOf(approval: AreaApproval): Reason {
  const state = outcomeState(approval);
  return {
    says: approval.says,
    state: state === "satisfied" ? "yes" : state === "undecided" ? "unknown" : "no",
    fix: approval.fix,
    reasons: approval.considered.map(({ reason, says }) => ({
      says,
      state: reason === "counts" ? "yes" : reason.endsWith("-not-read") ? "unknown" : "no",
      fix: null,
      reasons: [],
    })),
  };
}
