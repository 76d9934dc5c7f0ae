import { severities, type LintRule, type Severity } from "../../core/findings/finding.ts";
import { precisionOf, recallOf, sumOf } from "./measure-cases.ts";
import type { Row } from "./figures.ts";

/** What a rule may say is bounded by how often it was right when it was measured: see `complaints`. */
export const leastPrecision = {
  /** `error` of a line that a person wrote: it stops somebody who wrote it on purpose. */
  humanError: 0.95,
  error: 0.9,
  warning: 0.75,
  highConfidence: 0.95,
};

/** With fewer reports a rule counts as not measured. */
export const leastReports = 10;
/** So many lines of its fixtures must carry a verdict for an `error` that was not measured. */
export const leastVerdicts = 12;

/** Rules of which no suite has cases enough, and why. */
export const unmeasured: Readonly<Record<string, string>> = {
  "log-and-continue": "no suite has this pattern",
  "sentinel-return": "no suite has this pattern",
  "retry-without-jitter": "no linter has a rule for it, so no suite has cases",
  "unbounded-retry": "no linter has a rule for it, so no suite has cases",
  "missing-authorization": "it compares routes of a file with each other; suites hold single statements",
  "guard-removed": "it compares two versions of a file; suites hold one",
  "complex-function": "its limits are others than those of the suites, which leaves six cases",
  "clone-of-existing": "it compares files of a repository; suites hold single ones",
  "test-weakened": "it compares two versions of a file; suites hold one",
  "commented-out-code": "the suite's cases are single lines, and the rule asks for three",
  "placeholder-code": "no suite has this pattern",
  "llm-artifact": "no suite has this pattern",
  "new-suppression":
    "it compares two versions of a file; what a directive is, is measured by suppression-without-reason",
  "log-injection": "three cases",
  "url-injection": "three cases with data of a request",
  "cors-any": "three cases",
  "cookie-flags": "three cases",
  "debug-on": "four cases",
};

/** Unmeasured, and sure by what they look for: words that are an order to a tool, or marks that a merge or a chat leaves. */
const knownSure = new Set(["new-suppression", "llm-artifact"]);

/** The least that may be measured, which is what was measured last, rounded down: precision after reading, then recall against the labels. */
export const floors: Readonly<Record<string, readonly [precision: number, recall: number]>> = {
  "swallowed-error": [1, 0.78],
  "broad-catch": [1, 0.95],
  "lost-cause": [0.96, 0.83],
  "floating-promise": [1, 0.42],
  "no-timeout": [1, 1],
  "unreachable-code": [0.99, 0.6],
  "unused-added": [1, 0.72],
  "type-escape": [1, 0.89],
  "suppression-without-reason": [1, 0.91],
  "sql-concatenation": [0.99, 0.93],
  "command-injection": [1, 0.29],
  "code-injection": [1, 0.15],
  "html-injection": [0.95, 0.7],
  "path-injection": [1, 0.23],
  "tls-off": [0.99, 0.89],
  "weak-crypto": [0.99, 0.67],
  "unsafe-load": [1, 0.72],
  "os-privilege": [1, 0.83],
};

/** The counts of a rule, with what was read and is right on the side of what was found. */
export function precisionAfterReading(rows: readonly Row[]): number {
  const { found, extra } = sumOf(rows);
  const right = rows.reduce((sum, row) => sum + row.right, 0);
  return precisionOf({ found: found + right, extra: extra - right });
}

/** How many reports there were. */
export function reportsOf(rows: readonly Row[]): number {
  const { found, extra } = sumOf(rows);
  return found + extra;
}

export function recallOfRows(rows: readonly Row[]): number {
  return recallOf(sumOf(rows));
}

/** Why a rule says more than was measured of it; empty where it may say what it does. */
export function complaints(rule: LintRule, rows: readonly Row[], verdicts: number): string[] {
  const isMeasured = reportsOf(rows) >= leastReports;
  const isListed = Object.hasOwn(unmeasured, rule.id);
  if (isMeasured && isListed) return [`${rule.id} is listed as unmeasured, and is not`];
  if (!isMeasured && !isListed)
    return [`${rule.id} has ${reportsOf(rows)} reports, and no word on why there are no more`];
  const demanded = demandedPrecision(rule);
  if (!isMeasured) {
    const missing = demanded >= leastPrecision.error && verdicts < leastVerdicts;
    const isSure = rule.confidence === "high" && !knownSure.has(rule.id);
    return [
      ...(missing
        ? [`${rule.id} is unmeasured, and has ${verdicts} verdicts in its fixtures, not ${leastVerdicts}`]
        : []),
      ...(isSure ? [`${rule.id} is unmeasured, and says that its confidence is high`] : []),
    ];
  }
  const precision = precisionAfterReading(rows);
  return precision >= demanded
    ? []
    : [`${rule.id} was right in ${precision.toFixed(2)} of its reports; what it says asks for ${demanded}`];
}

function demandedPrecision({ severity: { human, aiEdited, aiAsIs }, confidence }: LintRule): number {
  const worst = severities.find((one) => [human, aiEdited, aiAsIs].includes(one))!;
  const bySeverity: Record<Severity, number> = {
    error: leastPrecision.error,
    warning: leastPrecision.warning,
    notice: 0,
  };
  return Math.max(
    bySeverity[worst],
    human === "error" ? leastPrecision.humanError : 0,
    confidence === "high" ? leastPrecision.highConfidence : 0,
  );
}
