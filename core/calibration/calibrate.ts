import { answerOf, compare, rateOf, sumsIn, type Comparison, type Rate, type RuleMeasured } from "./comparison.ts";
import { holm } from "./holm.ts";
import { groups, type Group, type MeasuredCommit } from "./measured-commit.ts";
import { suggestions, type Suggestion } from "./suggestions.ts";

export interface RuleComparison extends Comparison {
  rule: string;
}

/** How often lint rules find something in a repository, by who wrote the commit, and whether that differs. */
export interface Calibration {
  groups: (Rate & { group: Group })[];
  overall: Comparison;
  /** Those that found something: compared ones first by p-value, then by findings. */
  rules: RuleComparison[];
  /** Rules that found nothing at all. */
  silent: string[];
  suggestions: Suggestion[];
}

/** The order of the commits means nothing. */
export function calibrate(commits: readonly MeasuredCommit[], rules: readonly RuleMeasured[]): Calibration {
  const compared = rules.map((rule) => ({ rule: rule.id, ...compare(commits, rule) }));
  const found = inOrder(corrected(compared.filter((each) => !isSilent(each))));
  const byGroup = groups.map((group) => ({ group, ...rateOf(sumsIn(commits, (each) => each.group === group, null)) }));
  return {
    groups: byGroup,
    overall: compare(commits, null),
    rules: found,
    silent: compared.filter(isSilent).map(({ rule }) => rule),
    suggestions: suggestions(found, rules, byGroup),
  };
}

function isSilent({ ai, others }: Comparison): boolean {
  return ai.findings + others.findings === 0;
}

/** With the p-values of many tests made at once. */
function corrected(comparisons: readonly RuleComparison[]): RuleComparison[] {
  const tested = comparisons.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  const raised = holm(tested).values();
  return comparisons.map((each) => {
    if (each.pValue === null) return each;
    const pValue = raised.next().value ?? 1;
    return { ...each, pValue, answer: answerOf(pValue, each) };
  });
}

function inOrder(comparisons: readonly RuleComparison[]): RuleComparison[] {
  const findings = ({ ai, others }: Comparison) => ai.findings + others.findings;
  return comparisons.toSorted(
    (a, b) =>
      (a.pValue ?? 2) - (b.pValue ?? 2) ||
      findings(b) - findings(a) ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
