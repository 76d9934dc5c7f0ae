import type { Review } from "./review.ts";
import { approvals, exceptions } from "./terminal/approvals.ts";
import { authorship } from "./terminal/authorship.ts";
import { nextSteps, notes } from "./terminal/closing.ts";
import { findings } from "./terminal/findings.ts";
import { headline } from "./terminal/headline.ts";
import { pageText } from "./terminal/page-text.ts";
import { policy } from "./terminal/policy.ts";
import { openScreen, type TerminalOptions } from "./terminal/screen.ts";
import { tests } from "./terminal/tests.ts";

export type { TerminalOptions } from "./terminal/screen.ts";

/**
 * The report for a terminal: the decision first, then the evidence, and last what to do. Ends with a line break.
 * Harmless to print, also into the log of a GitHub job: no escape sequence, no workflow command and no secret comes from
 * the change. Only a line in which a workflow command had to be broken may be a column wider than asked.
 */
export function renderTerminal(review: Review, options: TerminalOptions): string {
  const screen = openScreen(options);
  const sections = [headline, authorship, tests, policy, approvals, exceptions, findings, notes, nextSteps];
  const lines = sections.flatMap((section) => section(screen, review));
  return pageText(lines);
}
