import type { Pattern, Report } from "../pattern.ts";
import { suppressingAnnotations, suppressingLines } from "../suppression-annotations.ts";
import { directiveTrigger } from "../suppression-directives.ts";
import { suppressionsIn, type Suppression } from "../suppressions.ts";

/** A tool is told to keep quiet, and nobody learns why, or about what. */
export const suppressionWithoutReason: Pattern = {
  rule: {
    id: "suppression-without-reason",
    title: "A check is switched off without a reason",
    help: "Name the rule that is switched off, and say in the same comment why that is right here.",
    confidence: "high",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: directiveTrigger,
  find(file, report) {
    reportEach(suppressingAnnotations(file), report);
  },
  findInText(file, report) {
    reportEach([...suppressionsIn(file), ...suppressingLines(file)], report);
  },
};

function reportEach(suppressions: readonly Suppression[], report: Report): void {
  for (const { kind, rules, isBlanket, hasReason, start, end } of suppressions) {
    if (hasReason && !isBlanket) continue;
    const lacks = isBlanket ? (hasReason ? "names no rule" : "names no rule and gives no reason") : "gives no reason";
    report({ start, end }, `This directive (${kind}) ${lacks}.`, [kind, ...rules].join(" "));
  }
}
