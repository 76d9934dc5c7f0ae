import { writerOf } from "../change/authorship.ts";
import type { FileCoverageChange } from "../coverage/coverage-review.ts";
import type { Ratio } from "../coverage/report.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import type { Reason } from "./decision.ts";
import type { JudgedFile, Scope } from "./judged.ts";
import { listed } from "./recipes.ts";
import type { Outcome } from "./requirement.ts";

/** Ratios from 0 to 1; `projectDelta` from -1 to 1. Null where nothing is asked. */
export interface CoverageLimits {
  patchLines: number | null;
  patchBranches: number | null;
  aiLines: number | null;
  projectDelta: number | null;
  /** What missing evidence comes to. */
  noReport: "block" | "warn";
}

/**
 * Compares what the tests ran with the limits. A limit that is not reached decides first; where one cannot be compared
 * because evidence is missing, `noReport` decides. No executable added line reaches every limit.
 */
export function checkCoverage(limits: CoverageLimits, scope: Scope): Outcome {
  const reasons = [...patchReasons(limits, scope), ...deltaReasons(limits, scope)];
  const failed = reasons.filter(({ state }) => state === "no");
  const missing = reasons.filter(({ state }) => state === "unknown");
  if (failed.length > 0) return outcome("unsatisfied", "no", "the tests do not reach enough", reasons);
  if (missing.length === 0) return outcome("satisfied", "yes", "the tests reach enough", reasons);
  const state = limits.noReport === "warn" ? "warned" : "unsatisfied";
  return outcome(state, "unknown", "what the tests reach is not known", reasons);
}

function outcome(state: Outcome["state"], answer: Reason["state"], says: string, reasons: Reason[]): Outcome {
  return { state, reason: { says, state: answer, fix: null, reasons } };
}

function patchReasons(limits: CoverageLimits, scope: Scope): Reason[] {
  const asked = [limits.patchLines, limits.patchBranches, limits.aiLines].some((limit) => limit !== null);
  if (!asked) return [];
  const { patch } = scope.change.subject.coverage;
  if (patch.state === "absent") {
    return [unknown(`the coverage of the change is not known: ${inertText(patch.reason)}`, headReport)];
  }
  const files = measuredFiles(scope);
  return [
    ...limit("added lines", limits.patchLines, sum(files.map(({ change }) => change.patch.lines)), files),
    ...limit(
      "branches on added lines",
      limits.patchBranches,
      sum(files.map(({ change }) => change.patch.branches)),
      files,
    ),
    ...limit("added lines that count as AI", limits.aiLines, sum(files.map((file) => aiLines(file, scope))), files),
    ...unmeasured(scope),
  ];
}

const headReport = "Run the tests with coverage and hand the report to `--coverage`.";

interface MeasuredFile {
  file: JudgedFile;
  change: FileCoverageChange;
}

function measuredFiles({ change, files }: Scope): MeasuredFile[] {
  const byPath = new Map(change.subject.coverage.files.map((entry) => [entry.path, entry]));
  return files.flatMap((file) => {
    const entry = byPath.get(file.subject.file.path);
    return entry === undefined ? [] : [{ file, change: entry }];
  });
}

function aiLines({ file, change }: MeasuredFile, scope: Scope): Ratio {
  const byAi = (line: number) => {
    const writer = writerOf(scope.change.subject.authorship, change.path, line);
    return writer !== null && file.countsAsAi(writer.verdict);
  };
  const covered = change.coveredAddedLines.filter(byAi).length;
  return { covered, total: covered + change.uncoveredAddedLines.filter(byAi).length };
}

function sum(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce((all, { covered, total }) => ({ covered: all.covered + covered, total: all.total + total }), {
    covered: 0,
    total: 0,
  });
}

function limit(
  what: string,
  least: number | null,
  { covered, total }: Ratio,
  files: readonly MeasuredFile[],
): Reason[] {
  if (least === null) return [];
  if (total === 0) return [{ says: `none of the ${what} is executable`, state: "yes", fix: null, reasons: [] }];
  const says = `${covered} of ${total} ${what} are covered (${percentText(covered / total)}), and ${percentText(least)} is required`;
  if (covered / total >= least - rounding) return [{ says, state: "yes", fix: null, reasons: [] }];
  const more = Math.ceil(least * total - covered - rounding);
  return [{ says, state: "no", fix: `Test ${more} more of the ${what}${where(files)}.`, reasons: [] }];
}

/** The files where most is left to test. */
function where(files: readonly MeasuredFile[]): string {
  const open = files
    .filter(({ change }) => change.uncoveredAddedLines.length > 0)
    .sort((a, b) => b.change.uncoveredAddedLines.length - a.change.uncoveredAddedLines.length)
    .map(({ file, change }) => `${file.shown} (${listed(change.uncoveredAddedLines.map(String))})`);
  return open.length === 0 ? "" : `, for instance in ${listed(open, 3)}`;
}

/** A changed file that looks like code and is in no report was not tested, or not measured: nobody knows. */
function unmeasured({ change, files }: Scope): Reason[] {
  const known = new Set(change.subject.coverage.unmeasured);
  const open = files.filter(({ subject }) => known.has(subject.file.path));
  if (open.length === 0) return [];
  const says = `changed files that are in no coverage report: ${listed(open.map(({ shown }) => shown))}`;
  return [unknown(says, "Include these files in the coverage report, or leave them out of the rule's `paths`.")];
}

function deltaReasons({ projectDelta }: CoverageLimits, { change }: Scope): Reason[] {
  if (projectDelta === null) return [];
  const { project, baseline } = change.subject.coverage;
  const fix =
    project.after.state === "absent" ? headReport : "Hand the base branch's coverage report to `--base-coverage`.";
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
  if (lines >= projectDelta - rounding) return [{ says, state: "yes", fix: null, reasons: [] }];
  const lost = change.subject.coverage.files
    .filter(({ lostLines }) => lostLines.length > 0)
    .map(({ path }) => showPath(path));
  const hint = lost.length === 0 ? "." : `, first where tests no longer reach old ones: ${listed(lost)}.`;
  return [{ says, state: "no", fix: `Cover more lines${hint}`, reasons: [] }];
}

function unknown(says: string, fix: string): Reason {
  return { says, state: "unknown", fix, reasons: [] };
}

/** Ratios come from percentages with decimals: 0.07 * 100 is not 7. */
const rounding = 1e-9;

/** Rounded towards 0, so that 100 % is said only of all. */
function percentText(ratio: number): string {
  const tenths = Math.floor(ratio * 1000 + rounding) / 10;
  return `${tenths} %`;
}

function points(delta: number): string {
  return `${delta < 0 ? "" : "+"}${Math.round(delta * 10_000) / 100}`;
}
