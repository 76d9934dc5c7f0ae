import type { FileCoverageChange } from "../coverage/coverage-review.ts";
import { severities, type Finding } from "../findings/finding.ts";
import type { RuleResult } from "../policy/decision.ts";
import type { Review } from "./review.ts";

/** The findings by severity, and within one severity in the order given. */
export function mostSevereFirst(findings: readonly Finding[]): Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** Rules that ask for something first, then those that hold; each in the policy's order. Others do not apply. */
export function sortedRules(review: Review): { open: RuleResult[]; holding: RuleResult[]; others: RuleResult[] } {
  const { rules } = review.decision;
  return {
    open: rules.filter((rule) => rule.state !== "satisfied" && rule.state !== "not-applicable"),
    holding: rules.filter((rule) => rule.state === "satisfied"),
    others: rules.filter((rule) => rule.state === "not-applicable"),
  };
}

/** Files whose tests say something: most uncovered added lines first, then by path. */
export function filesByUncovered(review: Review): FileCoverageChange[] {
  return [...review.coverage.files].sort(
    (a, b) => b.uncoveredAddedLines.length - a.uncoveredAddedLines.length || compare(a.path, b.path),
  );
}

/** By code unit, so that the order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
