import type { Ratio } from "../core/coverage/report.ts";
import { aiLines, limitAnnotations, type Annotation, type Review } from "../core/report/index.ts";

/** The names of all outputs, as action.yml has them. */
export const outputNames = [
  "decision",
  "change-id",
  "evaluation-id",
  "added-lines",
  "ai-lines",
  "patch-coverage",
  "findings",
  "report-dir",
  "report-json",
  "report-summary",
  "report-sarif",
  "report-facts",
  "report-record",
] as const;
export type OutputName = (typeof outputNames)[number];

/** Where the report was written; absolute paths. */
export interface ReportPaths {
  folder: string;
  json: string;
  summary: string;
  sarif: string;
  facts: string;
  record: string;
}

/** What later steps may read. Numbers are written plainly; a number that is not known is the empty text, never 0. */
export function outputsOf(review: Review, paths: ReportPaths): Record<OutputName, string> {
  const { patch } = review.coverage;
  return {
    decision: review.decision.state,
    "change-id": review.change.id,
    "evaluation-id": review.decision.evaluationId,
    "added-lines": String(review.change.addedLines),
    "ai-lines": String(aiLines(review).covered),
    "patch-coverage": patch.state === "present" ? percentOf(patch.value.lines) : "",
    findings: String(review.findings.length),
    "report-dir": paths.folder,
    "report-json": paths.json,
    "report-summary": paths.summary,
    "report-sarif": paths.sarif,
    "report-facts": paths.facts,
    "report-record": paths.record,
  };
}

/** 0 to 100 with at most two decimals, rounded down: 100 is said only of all lines. Empty when nothing can run. */
function percentOf({ covered, total }: Ratio): string {
  return total === 0 ? "" : String(Math.floor((covered * 10_000) / total) / 100);
}

/** How many annotations of each level GitHub shows for one step; it drops the rest without a word. */
const stepLimit = 10;

/** What a step may print, and what it then says about the rest. */
export interface ShownAnnotations {
  shown: Annotation[];
  /** `Annotations: 20 of 37 shown …`, or null when all are shown. */
  note: string | null;
}

/**
 * The annotations that fit GitHub's limit for a step, most severe first as they come. `taken` counts what the step
 * itself prints of each level: the error that marks it as failed, a warning about the upload.
 */
export function fitAnnotations(
  annotations: readonly Annotation[],
  taken: { errors: number; warnings: number },
): ShownAnnotations {
  const limits = { errors: stepLimit - taken.errors, warnings: stepLimit - taken.warnings, notices: stepLimit };
  const { shown, total } = limitAnnotations(annotations, limits);
  if (shown.length === total) return { shown, note: null };
  const note = `Annotations: ${shown.length} of ${total} shown, because GitHub shows ten of each kind for a step. All are in the report.`;
  return { shown, note };
}
