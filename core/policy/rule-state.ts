import { areaStates, type AreaApproval, type AreaState } from "../ownership/approval.ts";
import { outcomeState } from "./approval-outcome.ts";
import type { DecisionState, RuleResult } from "./decision.ts";
import type { Outcome } from "./requirement.ts";

/**
 * The state of a rule that is not met. When the worst of what it asked is an approval, the state of the worst area says
 * more than "waiting".
 */
export function ruleState(
  enforced: DecisionState,
  decision: DecisionState,
  outcomes: readonly Outcome[],
): RuleResult["state"] {
  const area = worstArea(enforced, outcomes);
  if (area !== null) return area;
  if (enforced === "undecided") return "undecided";
  if (enforced === "needs-approval") return "waiting";
  return decision === "block" ? "unsatisfied" : "warned";
}

type ApprovalState = Extract<RuleResult["state"], AreaState>;

/** The worst area, if it alone comes to what the rule comes to. */
function worstArea(enforced: DecisionState, outcomes: readonly Outcome[]): ApprovalState | null {
  const [worst] = outcomes
    .flatMap((outcome) => outcome.approvals ?? [])
    .filter((approval) => weights[outcomeState(approval)] === enforced)
    .toSorted((a, b) => areaStates.indexOf(b.state) - areaStates.indexOf(a.state));
  return worst === undefined ? null : ruleStates[worst.state];
}

const weights: Readonly<Record<Outcome["state"], DecisionState | null>> = {
  satisfied: null,
  warned: "warn",
  waiting: "needs-approval",
  unsatisfied: "block",
  undecided: "undecided",
};

const ruleStates: Readonly<Record<AreaApproval["state"], ApprovalState | null>> = {
  "n/a": null,
  satisfied: null,
  waived: null,
  overridden: null,
  waiting: "waiting",
  stale: "stale",
  unsatisfiable: "unsatisfiable",
  blocked: "blocked",
  error: null,
};
