import type { Reason, RuleResult } from "../policy/decision.ts";
import type { Review } from "./review.ts";

/**
 * A rule's reasons as far as a reader needs them: what holds is said once, without what it rests on, and a fix that stands
 * among the next steps is not repeated. report.json has the whole tree.
 */
export function reasonTree({ decision }: Review, rule: RuleResult): Reason[] {
  return rule.reasons.map((reason) => shortened(reason, decision.nextSteps));
}

function shortened(reason: Reason, nextSteps: readonly string[]): Reason {
  if (reason.state === "yes") return { ...reason, fix: null, reasons: [] };
  const { fix } = reason;
  const told = fix !== null && nextSteps.some((step) => step.includes(fix));
  return { ...reason, fix: told ? null : fix, reasons: reason.reasons.map((inner) => shortened(inner, nextSteps)) };
}
