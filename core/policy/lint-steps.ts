import { severities, type Severity } from "../findings/finding.ts";
import { compareSeverity, type FilterMode } from "../findings/index.ts";
import { shown, type Step } from "./direction.ts";
import type { LintSettings, RuleSeverity } from "./written/lint.ts";

/**
 * How settings of lint rules differ. More findings, or heavier ones, are never said to tighten: a rule of the policy may
 * ask for less where there are some.
 */
export function stepsOfLint(before: LintSettings, after: LintSettings): Step[] {
  const rules = [...new Set([...before.severity, ...after.severity].map(({ rule }) => rule))].sort();
  return [
    ...stepOfFilter(before.filter, after.filter),
    ...rules.flatMap((rule) => stepOfRule(rule, named(before, rule), named(after, rule))),
  ];
}

/** What each mode counts, the other modes that count no less. */
const within: Record<FilterMode, readonly FilterMode[]> = {
  ai: ["added", "diff_context", "function", "file", "nofilter"],
  added: ["diff_context", "function", "file", "nofilter"],
  diff_context: ["file", "nofilter"],
  function: ["file", "nofilter"],
  file: ["nofilter"],
  nofilter: [],
};

function stepOfFilter(before: FilterMode, after: FilterMode): Step[] {
  if (before === after) return [];
  const effect = within[before].includes(after) ? "changes" : "loosens";
  return [{ effect, what: `count findings by \`lint.filter\` ${after}, which is ${before}` }];
}

function named({ severity }: LintSettings, rule: string): RuleSeverity {
  const own = { rule, ignored: false, human: null, aiEdited: null, aiAsIs: null };
  return severity.find((each) => each.rule === rule) ?? own;
}

const columns = ["human", "aiEdited", "aiAsIs"] as const;

function stepOfRule(rule: string, before: RuleSeverity, after: RuleSeverity): Step[] {
  if (columns.every((column) => before[column] === after[column]) && before.ignored === after.ignored) return [];
  const what = `give findings of ${shown(rule)} the severity ${words(after)}, which is ${words(before)}`;
  const isLess = after.ignored || columns.some((column) => mayBeLess(before[column], after[column]));
  return [{ effect: isLess && !before.ignored ? "loosens" : "changes", what }];
}

/** What the rule says by itself is not known here: nothing is lighter than a notice, and nothing heavier than an error. */
function mayBeLess(before: Severity | null, after: Severity | null): boolean {
  if (before === after) return false;
  if (before === null) return after !== severities[0];
  return after === null ? before !== severities.at(-1) : compareSeverity(after, before) > 0;
}

function words({ ignored, human, aiEdited, aiAsIs }: RuleSeverity): string {
  if (ignored) return "ignore";
  const said = [human, aiEdited, aiAsIs].map((severity) => severity ?? "its own");
  return new Set(said).size === 1 ? said[0]! : said.join("/");
}
