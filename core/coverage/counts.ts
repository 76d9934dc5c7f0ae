import { isByAgent, verdicts, type Verdict } from "../change/authorship.ts";
import type { Counts, CoverageReview, WriterGroup } from "./coverage-review.ts";
import type { FileCoverage, Ratio } from "./report.ts";

export function noCounts(): Counts {
  return { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 }, functions: { covered: 0, total: 0 } };
}

/** Of a whole file. A branch arm whose line never ran counts as not taken. */
export function countsOf(file: FileCoverage): Counts {
  const counts = noCounts();
  for (const hits of file.lines.hits) count(counts.lines, hits);
  for (const { hits } of file.branches) count(counts.branches, hits);
  for (const { hits } of file.functions) count(counts.functions, hits);
  return counts;
}

export function sumOf(counts: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const { lines, branches, functions } of counts) {
    add(sum.lines, lines);
    add(sum.branches, branches);
    add(sum.functions, functions);
  }
  return sum;
}

/** Counts one point: a line, a branch arm or a function. */
export function count(ratio: Ratio, hits: number | null): void {
  ratio.total += 1;
  if (hits !== null && hits > 0) ratio.covered += 1;
}

export function sameCounts(first: Counts, second: Counts): boolean {
  const kinds = ["lines", "branches", "functions"] as const;
  return kinds.every(
    (kind) => first[kind].covered === second[kind].covered && first[kind].total === second[kind].total,
  );
}

/** From 0 to 1, or null when there was nothing to measure. */
export function share({ covered, total }: Ratio): number | null {
  return total === 0 ? null : covered / total;
}

/** Every verdict has its own counts, so that no writer is missing where nothing of his was measured. */
export function countsByVerdict(): Record<Verdict, Counts> {
  return {
    "agent-authored": noCounts(),
    "agent-assisted": noCounts(),
    suggestion: noCounts(),
    automation: noCounts(),
    human: noCounts(),
    undeclared: noCounts(),
  };
}

/** Sums the verdicts the way the policy counts AI. What an agent wrote is never counted as anything else. */
export function countsByGroup(
  byVerdict: Record<Verdict, Counts>,
  countsAsAi: readonly Verdict[],
): CoverageReview["byGroup"] {
  const group = (wanted: WriterGroup) =>
    sumOf(verdicts.filter((verdict) => groupOf(verdict, countsAsAi) === wanted).map((verdict) => byVerdict[verdict]));
  return {
    ai: group("ai"),
    suggestion: group("suggestion"),
    human: group("human"),
    undeclared: group("undeclared"),
    automation: group("automation"),
  };
}

function groupOf(verdict: Verdict, countsAsAi: readonly Verdict[]): WriterGroup {
  if (countsAsAi.includes(verdict) || isByAgent(verdict)) return "ai";
  return verdict;
}

function add(sum: Ratio, more: Ratio): void {
  sum.covered += more.covered;
  sum.total += more.total;
}
