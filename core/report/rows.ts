import { verdicts, type Verdict } from "../change/authorship.ts";
import type { Ratio } from "../coverage/report.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { aiLinesIn, aiReasonOf, allWritten } from "./ai-counts.ts";
import { grouped, sum } from "./numbers.ts";
import type { Review, ReviewedLines } from "./review.ts";
import { severityWords } from "./words.ts";

/** What a verdict has in this change. `tests` is null when nothing of it was measured. */
export interface VerdictRow {
  verdict: Verdict;
  commits: number;
  lines: number;
  share: Ratio;
  tests: Ratio | null;
}

/** The verdicts that brought a commit or a line, strongest first. */
export function verdictRows(review: Review): VerdictRow[] {
  const { totals } = review.provenance;
  const total = sum(verdicts.map((verdict) => totals.lines[verdict]));
  return verdicts
    .filter((verdict) => totals.commits[verdict] > 0 || totals.lines[verdict] > 0)
    .map((verdict) => ({
      verdict,
      commits: totals.commits[verdict],
      lines: totals.lines[verdict],
      share: { covered: totals.lines[verdict], total },
      tests: reached(review, ({ writer }) => writer.verdict === verdict, review.coverage.byVerdict[verdict].lines),
    }));
}

/** What the tests reach of the lines that count as AI; null when nothing of them was measured. */
export function aiTests(review: Review): Ratio | null {
  return reached(review, (stretch) => aiReasonOf(review, stretch) !== null, review.coverage.byGroup.ai.lines);
}

/** Of the added lines, those that the policy counts as AI. */
export function aiLines(review: Review): Ratio {
  const { lines } = review.provenance.totals;
  return {
    covered: aiLinesIn(review, allWritten(review)),
    total: sum(verdicts.map((verdict) => lines[verdict])),
  };
}

/** How many findings of each severity, without those that a waiver exempts. */
export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const finding of findings) if (finding.waivedBy === null) counts[finding.severity] += 1;
  return counts;
}

/** `2 errors, 1 notice; 3 waived`, without the kinds that have none; null when there is no finding at all. */
export function findingWords(findings: readonly Finding[]): string | null {
  const waived = findings.filter(({ waivedBy }) => waivedBy !== null).length;
  const counted = severityWords(countBySeverity(findings));
  const parts = [...(counted === null ? [] : [counted]), ...(waived > 0 ? [`${grouped(waived)} waived`] : [])];
  return parts.length === 0 ? null : parts.join("; ");
}

/** The paths that the change added: they have no before, which is not the same as an unknown one. */
export function newPaths(review: Review): ReadonlySet<string> {
  return new Set(review.change.files.filter((file) => file.status === "added").map((file) => file.path));
}

/** 0 of 0 says that nothing can run only when no such line is in a file that no report measures. */
function reached({ change, coverage }: Review, isOf: (stretch: ReviewedLines) => boolean, ratio: Ratio): Ratio | null {
  if (coverage.patch.state === "absent") return null;
  if (ratio.total > 0) return ratio;
  const unmeasured = new Set(coverage.unmeasured);
  const open = change.files.some(({ path, written }) => unmeasured.has(path) && written.some(isOf));
  return open ? null : ratio;
}
