import type { FileCoverageChange } from "../coverage/coverage-review.ts";
import { severities, type Finding } from "../findings/finding.ts";
import type { RuleResult } from "../policy/decision.ts";
import type { Review } from "./review.ts";
import { linesPercent } from "./words.ts";

/** The findings by severity, and within one severity in the order given. */
export function mostSevereFirst(findings: readonly Finding[]): Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

export interface SortedRules {
  /** Ask for something. */
  open: RuleResult[];
  /** Hold nothing up because of an exception. */
  excepted: RuleResult[];
  holding: RuleResult[];
  /** Do not apply. */
  others: RuleResult[];
}

/** The rules by what they come to, each kind in the policy's order. */
export function sortedRules(review: Review): SortedRules {
  const { rules } = review.decision;
  const excepted = rules.filter(({ state }) => state === "waived" || state === "overridden");
  return {
    open: rules.filter((rule) => !["satisfied", "not-applicable", "waived", "overridden"].includes(rule.state)),
    excepted,
    holding: rules.filter((rule) => rule.state === "satisfied"),
    others: rules.filter((rule) => rule.state === "not-applicable"),
  };
}

/** Files whose coverage is news: most uncovered added lines first, then most lost ones, then by path. */
export function filesByUncovered(review: Review): FileCoverageChange[] {
  return review.coverage.files
    .filter(isNews)
    .sort(
      (a, b) =>
        b.uncoveredAddedLines.length - a.uncoveredAddedLines.length ||
        b.lostLines.length - a.lostLines.length ||
        compare(a.path, b.path),
    );
}

/** Lines that can run were added or lost, or the whole file's share is another one than before. */
function isNews({ patch, lostLines, before, after }: FileCoverageChange): boolean {
  return patch.lines.total > 0 || lostLines.length > 0 || linesPercent(before) !== linesPercent(after);
}

/** By code unit, so that the order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
