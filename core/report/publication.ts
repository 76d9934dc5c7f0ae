import type { DecisionState } from "../policy/decision.ts";
import { withoutWorkflowCommands } from "../untrusted/index.ts";
import type { Annotation } from "./annotation.ts";
import { annotations } from "./annotations.ts";
import { buttons, type Button } from "./buttons.ts";
import { labelsWanted, type LabelKind } from "./labels.ts";
import { renderCheckSummary, summaryLimits } from "./markdown.ts";
import { reviewRequests, type ReviewRequest } from "./review-requests.ts";
import type { Review } from "./review.ts";
import { findingWords } from "./rows.ts";
import { cutToLength, plain } from "./text.ts";
import { decisionWords } from "./words.ts";

export type { Annotation } from "./annotation.ts";

/** GitHub's limit for the title of a check run, in characters. */
export const longestTitle = 255;

/** What should be visible of a review. Nothing in its texts needs hiding or escaping. A door may need room for its own words. */
export function publish(review: Review, maxBytes: number = summaryLimits.checkRun): Publication {
  return {
    ...publishVerdict(review),
    summary: renderCheckSummary(review, { maxBytes }),
    annotations: annotations(review),
    labels: labelsWanted(review),
    requests: reviewRequests(review),
    buttons,
  };
}

/** The least of it, without going through what was found. */
export function publishVerdict(review: Review): Pick<Publication, "conclusion" | "title"> {
  return {
    conclusion: conclusions[review.decision.state],
    title: cutToLength(withoutWorkflowCommands(title(review)), longestTitle),
  };
}

/** Everything that should be visible after an evaluation, as a value. Applying it twice changes nothing. */
export interface Publication {
  /** GitHub's words; never `neutral` or `skipped`, which would satisfy a required check. */
  conclusion: "success" | "failure" | "action_required";
  title: string;
  /** Markdown, within GitHub's limit for check runs. */
  summary: string;
  /** Most severe first; all of them: a door applies its own limit and says "10 of 37 shown". */
  annotations: Annotation[];
  /** What the pull request's labels say. */
  labels: LabelKind[];
  /** Whom to ask for a review. The names are not inert: they are looked up, never printed. */
  requests: ReviewRequest[];
  /** The check run's. */
  buttons: readonly Button[];
}

/** A passed check says so only when the change may merge: GitHub lets `neutral` and `skipped` satisfy a required check. */
const conclusions: Record<DecisionState, Publication["conclusion"]> = {
  pass: "success",
  warn: "success",
  "needs-approval": "action_required",
  block: "failure",
  undecided: "failure",
};

/** The decision and its first reason; a pass with warnings looks green, so its title must not. */
function title({ decision, findings }: Review): string {
  const words = decisionWords[decision.state];
  const observed =
    decision.state === decision.enforced ? "" : ` (enforced: ${decisionWords[decision.enforced].toLowerCase()})`;
  const found = decision.state === "pass" || decision.state === "warn" ? findingWords(findings) : null;
  const why = [decision.summary[0], found].filter((part) => part !== undefined && part !== null).join(" ");
  return plain(`${words}${observed}${why === "" ? "" : `: ${why}`}`);
}
