import { approvals, override, waivers } from "./markdown/approvals.ts";
import { changedFiles, commits, footer, notes } from "./markdown/closing.ts";
import { decision, nextSteps, rules } from "./markdown/decision.ts";
import { authorship, tests } from "./markdown/evidence.ts";
import { findings } from "./markdown/findings.ts";
import { assemble } from "./markdown/page.ts";
import { declaredVersusAttested, sessions } from "./markdown/provenance.ts";
import { reviewRubric } from "./markdown/rubric.ts";
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
  const sections = [
    ...[override, decision, nextSteps, approvals, waivers, authorship, declaredVersusAttested, tests, findings],
    ...[reviewRubric, rules, commits, sessions, changedFiles, notes, footer],
  ];
  const parts = sections.flatMap((section) => section(review));
  return assemble(parts, maxBytes);
}
