import type { Decision, DecisionState, RuleResult } from "../policy/index.ts";

/** What one rule came to, as far as it is compared. */
export interface RuleOutcome {
  state: RuleResult["state"];
  decision: DecisionState;
}

/** One rule before and after; null where the policy has no such rule. */
export interface RuleChange {
  id: string;
  /** `owner/name` of the floor that asks for it; null for the repository's own. */
  floor: string | null;
  before: RuleOutcome | null;
  after: RuleOutcome | null;
}

/** Two decisions about one change, side by side. */
export interface DecisionChange {
  before: DecisionState;
  after: DecisionState;
  /** Every rule of either, in the order of the decision after, then those that are gone. */
  rules: RuleChange[];
}

/** By what decisions are compared: as they are, or as they would be if every rule were enforced. */
export type ComparedBy = "decision" | "enforced";

/** Puts two decisions beside each other, rule by rule. */
export function compareDecisions(before: Decision, after: Decision, by: ComparedBy = "decision"): DecisionChange {
  const outcome = (rule: RuleResult | undefined): RuleOutcome | null =>
    rule === undefined ? null : { state: rule.state, decision: rule[by] };
  const stateOf = (decision: Decision) => (by === "decision" ? decision.state : decision.enforced);
  const gone = before.rules.filter((rule) => find(after.rules, rule) === undefined);
  return {
    before: stateOf(before),
    after: stateOf(after),
    rules: [...after.rules, ...gone].map((rule) => ({
      id: rule.id,
      floor: rule.floor,
      before: outcome(find(before.rules, rule)),
      after: outcome(find(after.rules, rule)),
    })),
  };
}

/** Whether a rule came to something else; a rule that only one policy has did, unless it asked for nothing. */
export function hasChanged({ before, after }: RuleChange): boolean {
  if (before === null) return after?.state !== "not-applicable";
  if (after === null) return before.state !== "not-applicable";
  return before.state !== after.state || before.decision !== after.decision;
}

function find(rules: readonly RuleResult[], { id, floor }: Pick<RuleResult, "id" | "floor">) {
  return rules.find((rule) => rule.id === id && rule.floor === floor);
}
