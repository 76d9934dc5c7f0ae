import { dropsFiles, fixForMissingReport } from "../change/missing-coverage.ts";
import type { CoverageReview } from "../coverage/coverage-review.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import type { CoverageLimits } from "./coverage-check.ts";
import { rounding, unknown, yes } from "./coverage-reasons.ts";
import type { Reason } from "./decision.ts";
import type { Scope } from "./judged.ts";
import { listed } from "./recipes.ts";

/** What the limit on the whole project's coverage comes to: before the change and after it. */
export function deltaReasons({ projectDelta }: CoverageLimits, { change }: Scope): Reason[] {
  if (projectDelta === null) return [];
  const { patch, project, baseline } = change.subject.coverage;
  const fix = deltaFix(patch, project);
  if (project.delta.state === "absent")
    return [unknown(`the change of project coverage is not known: ${inertText(project.delta.reason)}`, fix)];
  const { lines } = project.delta.value;
  if (lines === null)
    return [
      unknown(
        `the change of project coverage is not known: a side has no executable line (${inertText(baseline.reason)})`,
        fix,
      ),
    ];
  const says = `project coverage changes by ${points(lines)} percentage points, and at least ${points(projectDelta)} is required`;
  if (lines >= projectDelta - rounding) return [yes(says)];
  const lost = change.subject.coverage.files
    .filter(({ lostLines }) => lostLines.length > 0)
    .map(({ path }) => showPath(path));
  const hint = lost.length === 0 ? "." : `, first where tests no longer reach old ones: ${listed(lost)}.`;
  return [{ says, state: "no", fix: `Cover more lines${hint}`, reasons: [] }];
}

function deltaFix(patch: CoverageReview["patch"], { after, delta }: CoverageReview["project"]): string {
  if (after.state === "absent") return fixForMissingReport(after.reason);
  if (patch.state === "absent" && delta.state === "absent" && patch.reason === delta.reason) {
    return fixForMissingReport(patch.reason);
  }
  if (delta.state === "absent" && dropsFiles(delta.reason)) {
    return "Let the coverage tool measure every file that it measured before, also those that no test loads.";
  }
  return "Hand the base branch's coverage report to `--base-coverage`.";
}

function points(delta: number): string {
  return `${delta < 0 ? "" : "+"}${Math.round(delta * 10_000) / 100}`;
}
