import type { Severity } from "../../findings/finding.ts";
import type { DecisionState, Reason } from "../../policy/decision.ts";
import { sortedRules } from "../order.ts";
import type { Review } from "../review.ts";
import { consequence } from "../words.ts";
import type { Note } from "./neighbours.ts";

/** One note for each rule that asks for something: what it does, why, and what to do. A rule that is only observed has none. */
export function ruleNotes(review: Review): Note[] {
  return sortedRules(review).open.flatMap((rule) => {
    const level = levels[rule.decision];
    if (level === null) return [];
    const reasons = rule.reasons.flatMap(failing);
    return [
      {
        level,
        place: { kind: "change" },
        title: `${rule.id} ${consequence(rule)}`,
        says: [rule.title, ...reasons.map((reason) => reason.says)],
        closing: reasons.flatMap(({ fix }) => (fix === null ? [] : [fix])),
      },
    ];
  });
}

const levels: Record<DecisionState, Severity | null> = {
  pass: null,
  warn: "warning",
  "needs-approval": "error",
  block: "error",
  undecided: "error",
};

/** The innermost reasons that do not hold: those say what is wrong, the ones above only that something is. */
function failing(reason: Reason): Reason[] {
  if (reason.state === "yes") return [];
  const inner = reason.reasons.flatMap(failing);
  return inner.length > 0 ? inner : [reason];
}
