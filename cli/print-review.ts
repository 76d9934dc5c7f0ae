import {
  annotations,
  limitAnnotations,
  publish,
  renderJson,
  renderSarif,
  renderSummary,
  renderTerminal,
  summaryLimits,
  type Review,
  type TerminalOptions,
} from "../core/report/index.ts";
import { allLintRules } from "../core/rules.ts";
import type { Io } from "./io.ts";

/** What `--format` takes. */
export const formats = ["terminal", "json", "markdown", "sarif", "github"] as const;
export type Format = (typeof formats)[number];

/** Prints a review on standard output in one of the formats. */
export async function printReview(format: Format, review: Review, io: Io): Promise<void> {
  if (format === "github") await printForGitHub(review, io);
  else io.stdout(render(format, review, io));
}

function render(format: Exclude<Format, "github">, review: Review, io: Io): string {
  switch (format) {
    case "terminal":
      return renderTerminal(review, terminalOptions(io));
    case "json":
      return renderJson(review);
    case "markdown":
      return renderSummary(review, { maxBytes: summaryLimits.step });
    case "sarif":
      return renderSarif(review, allLintRules);
  }
}

/** How a page is drawn: as the terminal is; 100 columns without colour where there is none. */
export function terminalOptions({ terminal, environment }: Pick<Io, "terminal" | "environment">): TerminalOptions {
  const { columns, color } = terminal ?? { columns: 100, color: false };
  return { width: columns, color, unicode: speaksUnicode(environment) };
}

/** The locale says what the terminal shows; without one, any terminal of today shows UTF-8. */
function speaksUnicode(environment: Io["environment"]): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "UTF-8";
  return environment.TERM !== "linux" && /utf-?8/i.test(locale);
}

/** GitHub shows so many annotations of each level for one step, and drops the rest without a word. */
const stepLimits = { errors: 10, warnings: 10, notices: 10 };

/** Workflow commands for a step that runs the command line, then the decision as a line of the log. */
async function printForGitHub(review: Review, io: Io): Promise<void> {
  // Loaded only here: the runner's library is large.
  const { applyAnnotations } = await import("../adapters/github/apply-annotations.ts");
  const { shown, total } = limitAnnotations(annotations(review), stepLimits);
  applyAnnotations(shown);
  if (shown.length < total)
    io.stdout(`${shown.length} of ${total} annotations are shown: GitHub shows ten of each kind for a step.\n`);
  io.stdout(`Countersign: ${publish(review).title}\n`);
}
