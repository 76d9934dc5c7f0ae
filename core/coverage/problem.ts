import { inertText, showPath } from "../untrusted/index.ts";

/** What is wrong with one report file. A mistake in a report is expected: it is returned, never thrown. */
export interface CoverageProblem {
  /** The report file, as it was named. */
  source: string;
  /** The line of the report file, from 1, where the format has lines. */
  line?: number;
  /** What is wrong. Quotes nothing of the file but paths, and those inert: a report can hold anything. */
  what: string;
  /** What to do about it. */
  fix: string;
}

/** What a reader gives back: the value, or why there is none. */
export type Reading<T> = { ok: true; value: T } | { ok: false; problem: CoverageProblem };

/** The largest count and the largest line that a report may hold. 2^53 - 1: above it counts are no longer exact. */
export const largestCount = Number.MAX_SAFE_INTEGER;
export const largestLine = 10_000_000;

/** The longest path that a report may have: git and file systems end there. */
export const longestPath = 4_096;

/** A report's path inside a sentence: inert, and not longer than a reader needs to find it. */
export function showReportPath(path: string): string {
  return path.length > 300 ? `${showPath(path.slice(0, 300))}…` : showPath(path);
}

/** One line for people: `coverage/lcov.info:12: what is wrong. What to do.` */
export function describeProblem(problem: CoverageProblem): string {
  const place = problem.line === undefined ? "" : `:${problem.line}`;
  return inertText(`${showPath(problem.source)}${place}: ${problem.what}. ${problem.fix}`);
}
