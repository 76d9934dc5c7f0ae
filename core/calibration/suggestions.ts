import { severities, type LintRule, type Severity } from "../findings/index.ts";
import { least, type Answer, type RuleMeasured } from "./comparison.ts";
import type { Group } from "./measured-commit.ts";

/** Other severities for a rule of which AI brings clearly more here; none that is left out of it. */
export interface Suggestion {
  rule: string;
  /** A step above the rule's own; null where that is `error` already, or too few such lines were seen. */
  aiAsIs: Severity | null;
  aiEdited: Severity | null;
}

/** What the numbers give ground for: nothing for a rule whose rates cannot be told apart, or that finds less in what AI wrote. */
export function suggestions(
  compared: readonly { rule: string; answer: Answer }[],
  rules: readonly RuleMeasured[],
  byGroup: readonly { group: Group; lines: number }[],
): Suggestion[] {
  const known = new Map(rules.map((rule) => [rule.id, rule.severity]));
  const isSeen = (group: Group) => byGroup.some((each) => each.group === group && each.lines >= least.lines);
  return compared
    .filter(({ answer }) => answer === "higher")
    .map(({ rule }) => {
      const own: LintRule["severity"] | undefined = known.get(rule);
      return {
        rule,
        aiAsIs: isSeen("ai-as-is") ? raised(own?.aiAsIs) : null,
        aiEdited: isSeen("ai-edited") ? raised(own?.aiEdited) : null,
      };
    });
}

function raised(severity: Severity | undefined): Severity | null {
  return severity === undefined ? null : (severities[severities.indexOf(severity) - 1] ?? null);
}
