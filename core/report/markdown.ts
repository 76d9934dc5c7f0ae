import { approvals, override, waivers } from "./markdown/approvals.ts";
import { changedFiles, commits, footer, notes } from "./markdown/closing.ts";
import { decision, nextSteps, rules } from "./markdown/decision.ts";
import { authorship, tests } from "./markdown/evidence.ts";
import { findings } from "./markdown/findings.ts";
import { assemble, type Part } from "./markdown/page.ts";
import { declaredVersusAttested, sessions } from "./markdown/provenance.ts";
import { reviewRubric } from "./markdown/rubric.ts";
import { firstSight, unreviewedFiles } from "./markdown/first-sight.ts";
import type { Review } from "./review.ts";

/** What GitHub accepts, with room left where the limit is not exact: a step's summary (1 MiB), a check run's (65,535 characters). */
export const summaryLimits = { step: 900_000, checkRun: 65_535 } as const;

export interface SummaryOptions {
  /** In bytes of UTF-8, which are never fewer than characters. At least 1,000. */
  maxBytes: number;
}

/**
 * The report as a page of GitHub-flavoured Markdown: the decision, what to do, the evidence, details last.
 * Nothing that comes from the change renders as anything but text. What does not fit is counted, never just gone.
 */
export function renderSummary(review: Review, { maxBytes }: SummaryOptions): string {
  return render(review, [override, decision, ...details], maxBytes);
}

/** The same for a check run, which a reviewer must understand in ten seconds: what is missing and who can help comes first. */
export function renderCheckSummary(review: Review, { maxBytes }: SummaryOptions): string {
  return render(review, [override, ...firstSight, ...details], maxBytes);
}

/** The first of it alone, for a comment beside the check run. */
export function renderComment(review: Review, { maxBytes }: SummaryOptions): string {
  return render(review, [override, ...firstSight, nextSteps, unreviewedFiles], maxBytes);
}

type Section = (review: Review) => Part[];

const details: readonly Section[] = [
  ...[nextSteps, unreviewedFiles, approvals, waivers, authorship, declaredVersusAttested, tests, findings],
  ...[reviewRubric, rules, commits, sessions, changedFiles, notes, footer],
];

function render(review: Review, sections: readonly Section[], maxBytes: number): string {
  return assemble(
    sections.flatMap((section) => section(review)),
    maxBytes,
  );
}
