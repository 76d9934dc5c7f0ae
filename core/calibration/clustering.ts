/** What one group of commits adds up to: of lines and findings of each commit, the sums of their products. */
export interface Sums {
  commits: number;
  lines: number;
  findings: number;
  linesSquared: number;
  findingsSquared: number;
  linesTimesFindings: number;
}

/** Whole numbers all of them, so that the order of commits changes no digit. A commit without lines is none. */
export function sumsOf(commits: readonly { lines: number; findings: number }[]): Sums {
  const sums = { commits: 0, lines: 0, findings: 0, linesSquared: 0, findingsSquared: 0, linesTimesFindings: 0 };
  for (const { lines, findings } of commits) {
    if (lines === 0) continue;
    sums.commits += 1;
    sums.lines += lines;
    sums.findings += findings;
    sums.linesSquared += lines * lines;
    sums.findingsSquared += findings * findings;
    sums.linesTimesFindings += lines * findings;
  }
  return sums;
}

/**
 * How many times more a rate varies between commits than it would if every finding came by itself (the design effect of
 * L. Kish): its variance with the commit as the unit that is drawn (W. G. Cochran, Sampling Techniques, 3rd ed., 6.3: the
 * ratio of two sums) over that of as many Poisson counts; at least 1. Null without a finding, which shows nothing of how
 * they come.
 */
export function designEffect(sums: Sums): number | null {
  if (sums.commits < 2 || sums.findings === 0) return null;
  return Math.max(1, relativeVariance(sums) * sums.findings);
}

/** Of a rate, over its square: sum of (findings − rate · lines)² by commit. */
function relativeVariance(sums: Sums): number {
  const { commits, lines, findings, linesSquared, findingsSquared, linesTimesFindings } = sums;
  const rate = findings / lines;
  const squares = findingsSquared - 2 * rate * linesTimesFindings + rate * rate * linesSquared;
  return ((commits / (commits - 1)) * Math.max(0, squares)) / (findings * findings);
}
