import type { RuleResult } from "../policy/decision.ts";
import { approvalRows, candidateWords, reviewerWords, type ApprovalRow } from "./approval-rows.ts";
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

const mostNamed = 3;

/**
 * Who can do something about what holds the change up: the fewest people; else whoever asked for changes, or may approve;
 * where only the change can be mended, its author. Null when nothing holds it up. Logins are untrusted still.
 */
export function whoCanUnblock(review: Review): string | null {
  const { state } = review.decision;
  if (state === "pass" || state === "warn") return null;
  const open = areasInTheWay(review);
  const fewest = reviewerWords(review.decision);
  if (open.length > 0 && fewest !== null) return fewest;
  const asking = [...new Set(open.flatMap(({ approval }) => approval.changesRequestedBy))];
  if (asking.length > 0) return `${asking.slice(0, mostNamed).join(", ")}, who asked for changes`;
  const can = open.map(({ approval }) => candidateWords(approval)).find((words) => words !== null);
  if (can !== undefined) return can;
  if (open.length > 0) return "nobody who is known; a maintainer has to name an owner or use break-glass";
  return state === "undecided"
    ? "whoever can make readable what could not be read, see below"
    : "the author, see below";
}
