import type { Pattern, Report } from "../pattern.ts";
import { suppressingAnnotations, suppressingLines } from "../suppression-annotations.ts";
import { directiveTrigger } from "../suppression-directives.ts";
import { suppressionIdentity, suppressionsIn, type Suppression } from "../suppressions.ts";

/** A tool is told to keep quiet. What it would have said is added by `tellHidden`; here stands the order and its place. */
export const newSuppression: Pattern = {
  rule: {
    id: "new-suppression",
    title: "A check is switched off",
    help: "Mend what the tool complains of; if it is wrong here, switch off that one rule on that one line and say why.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
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
  for (const suppression of suppressions) {
    const { kind, rules, start, end } = suppression;
    const named = rules.slice(0, 3).join(", ") + (rules.length > 3 ? " and others" : "");
    const what =
      named === "" ? `A directive (${kind}) switches a check off.` : `A directive (${kind}) switches off ${named}.`;
    report({ start, end }, what, suppressionIdentity(suppression));
  }
}
