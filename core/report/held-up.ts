import type { RuleResult } from "../policy/decision.ts";
import { approvalRows, type ApprovalRow } from "./approval-rows.ts";
import type { Review } from "./review.ts";

/** The rules that hold the change up: not those that merely observe or warn. */
export function rulesInTheWay({ decision }: Review): RuleResult[] {
  return decision.rules.filter((rule) => rule.decision !== "pass" && rule.decision !== "warn");
}

/** The areas that wait for somebody and hold the change up; of these rules alone, where they are given. */
export function areasInTheWay(review: Review, rules: readonly RuleResult[] = rulesInTheWay(review)): ApprovalRow[] {
  const rows = approvalRows({ ...review, decision: { ...review.decision, rules: [...rules] } });
  return rows.filter(({ isOpen }) => isOpen);
}
