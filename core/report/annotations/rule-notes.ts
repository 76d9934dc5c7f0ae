import type { Severity } from "../../findings/finding.ts";
import type { DecisionState, Reason, RuleResult } from "../../policy/decision.ts";
import { ruleName } from "../approval-rows.ts";
import { sortedRules } from "../order.ts";
import type { Review } from "../review.ts";
import { consequence } from "../words.ts";
import type { Note } from "./neighbours.ts";

/** One note for each rule that asks for something: what it does, why, and what to do. A rule that is only observed has none. */
export function ruleNotes(review: Review): Note[] {
  return [...overrideNote(review), ...sortedRules(review).open.flatMap(ruleNote)];
}

function ruleNote(rule: RuleResult): Note[] {
  const level = levels[rule.decision];
  if (level === null) return [];
  const reasons = rule.reasons.flatMap(failing);
  return [
    {
      level,
      place: { kind: "change" },
      title: `${ruleName(rule)} ${consequence(rule)}`,
      says: [rule.title, ...reasons.map((reason) => reason.says)],
      closing: reasons.flatMap(({ fix }) => (fix === null ? [] : [fix])),
    },
  ];
}

/** Whoever reads the diff must see that the policy was set aside for it. */
function overrideNote({ decision }: Review): Note[] {
  if (decision.override === null) return [];
  const { by, reason, until } = decision.override;
  const names = decision.rules.filter(({ state }) => state === "overridden").map(ruleName);
  return [
    {
      level: "warning",
      place: { kind: "change" },
      title: `break-glass by ${by}`,
      says: [`Until ${until}: ${reason}`, `Not met: ${names.join(", ")}`],
      closing: [],
    },
  ];
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
