import { isAi, type AiReason } from "../change/ai-judgement.ts";
import type { Verdict } from "../change/authorship.ts";
import { sum } from "./numbers.ts";
import type { Review, ReviewedLines } from "./review.ts";

/** Why a stretch of lines counts as AI under the policy; null when it does not. */
export function aiReasonOf(review: Review, { writer, ai }: Pick<ReviewedLines, "writer" | "ai">): AiReason | null {
  return reasonOf(review, writer.verdict, ai);
}

/** How many commits count as AI. */
export function aiCommits(review: Review): number {
  const verdicts = new Map(review.provenance.commits.map(({ sha, verdict }) => [sha, verdict]));
  return review.change.commits.filter(({ sha, ai }) => reasonOf(review, verdicts.get(sha) ?? "undeclared", ai) !== null)
    .length;
}

/** How many of these lines count as AI. */
export function aiLinesIn(review: Review, written: readonly ReviewedLines[]): number {
  return linesOf(written.filter((stretch) => aiReasonOf(review, stretch) !== null));
}

/** The numbers of a file's lines at head that count as AI, ascending. */
export function aiLineNumbers(
  review: Review,
  { written }: Pick<Review["change"]["files"][number], "written">,
): number[] {
  const stretches = written.filter((stretch) => aiReasonOf(review, stretch) !== null);
  return stretches.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, index) => start + index));
}

/** Lines that count as AI for a reason, and those of a verdict that do not. */
export interface CountedLines {
  byReason: (reason: AiReason) => number;
  /** Only those that do not count. */
  byVerdict: (verdict: Verdict) => number;
}

/** All added lines by what the policy makes of them. */
export function countedLines(review: Review): CountedLines {
  const all = allWritten(review).map((stretch) => ({ stretch, reason: aiReasonOf(review, stretch) }));
  const pick = (fits: (one: (typeof all)[number]) => boolean) =>
    linesOf(all.filter(fits).map(({ stretch }) => stretch));
  return {
    byReason: (reason) => pick((one) => one.reason === reason),
    byVerdict: (verdict) => pick(({ stretch, reason }) => reason === null && stretch.writer.verdict === verdict),
  };
}

/** Who wrote each added line, over all files. */
export function allWritten({ change }: Review): ReviewedLines[] {
  return change.files.flatMap(({ written }) => written);
}

function reasonOf({ countsAsAi }: Review, verdict: Verdict, ai: ReviewedLines["ai"]): AiReason | null {
  if (ai !== undefined) return isAi(ai) ? ai : null;
  return countsAsAi.includes(verdict) ? "verdict" : null;
}

function linesOf(stretches: readonly ReviewedLines[]): number {
  return sum(stretches.map(({ start, end }) => end - start + 1));
}
