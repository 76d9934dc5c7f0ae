import { isAi } from "../change/ai-judgement.ts";
import { writerOf } from "../change/authorship.ts";
import { fixForMissingReport } from "../change/missing-coverage.ts";
import type { FileCoverageChange } from "../coverage/coverage-review.ts";
import type { Ratio } from "../coverage/report.ts";
import { inertText } from "../untrusted/index.ts";
import type { CoverageLimits } from "./coverage-check.ts";
import { rounding, unknown, yes } from "./coverage-reasons.ts";
import type { Reason } from "./decision.ts";
import type { JudgedFile, Scope } from "./judged.ts";
import { listed } from "./recipes.ts";
import { spend } from "./work.ts";

/** What the limits on added lines and branches come to, one reason for each that is asked. */
export function patchReasons(limits: CoverageLimits, scope: Scope): Reason[] {
  const asked = [limits.patchLines, limits.patchBranches, limits.aiLines].some((limit) => limit !== null);
  if (!asked) return [];
  // Source that was not looked at may hold anything; a picture holds nothing that a test could run.
  const unread = new Set(scope.change.subject.notAnalysed.map(({ path }) => path));
  if (!scope.files.some((file) => addsSomething(file, unread))) return [yes("nothing was added")];
  const { patch } = scope.change.subject.coverage;
  if (patch.state === "absent") {
    const says = `the coverage of the change is not known: ${inertText(patch.reason)}`;
    return [unknown(says, fixForMissingReport(patch.reason))];
  }
  const measured = measuredFiles(scope);
  spend(scope.change.work, scope.change.subject.coverage.files.length + linesIn(measured));
  // Who wrote each line is looked up only where somebody asks.
  const files = measured.map((file) => ({ ...file, ai: limits.aiLines === null ? nothing : byAi(file, scope) }));
  const silent = silentOnBranches(limits, scope);
  const reasons = [
    limit("added lines", limits.patchLines, files, ({ change }) => ({
      ratio: change.patch.lines,
      open: change.uncoveredAddedLines,
    })),
    // What the report does name still counts: a limit that is not reached decides first.
    limit(onBranches, limits.patchBranches, files, ({ change }) => ({
      ratio: change.patch.branches,
      open: distinct(change.uncoveredAddedBranches.map(({ line }) => line)),
    })),
    limit("added lines that count as AI", limits.aiLines, files, ({ ai }) => ai),
  ].filter((reason) => reason !== null);
  // Where a file is not measured, nothing found to run is not nothing to run.
  const told = unmeasured(scope).length === 0 ? reasons : reasons.filter(({ says }) => !says.startsWith(nothingRuns));
  if (silent === null) return told;
  return [...told.filter(({ says }) => says !== `${nothingRuns} ${onBranches} can run`), silent];
}

const onBranches = "branches on added lines";

/** A report without branches says nothing of them, and where a language has none in it, nothing of that language's. */
function silentOnBranches({ patchBranches }: CoverageLimits, { change, files }: Scope): Reason | null {
  if (patchBranches === null) return null;
  const silent = new Set(change.subject.coverage.silentOn.branches);
  const open = files.filter(({ subject }) => silent.has(subject.file.path));
  if (open.length === 0) return null;
  const says = `the coverage report names no branch for the language of ${listed(open.map(({ shown }) => shown))}`;
  return unknown(says, "Have the coverage tool measure branches too.");
}

/** A binary file's content may be code with one NUL byte. */
function addsSomething({ subject: { file } }: JudgedFile, unread: ReadonlySet<string>): boolean {
  return file.addedLines > 0 || (unread.has(file.path) && file.oldBlob !== file.newBlob);
}

/** Finding a line's writer takes as long as comparing so many characters. */
const stepsOfLine = 10;

function linesIn(files: readonly MeasuredFile[]): number {
  const lines = files.map(({ change }) => change.coveredAddedLines.length + change.uncoveredAddedLines.length);
  return lines.reduce((sum, count) => sum + stepsOfLine * (1 + count), 0);
}

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

/** Of the added lines that can run, those that count as AI. */
function byAi({ change }: MeasuredFile, scope: Scope): Reached {
  const { ai, subject } = scope.change;
  const countsAsAi = (line: number) => {
    const writer = writerOf(subject.authorship, change.path, line);
    return writer !== null && isAi(ai.ofLine(change.path, writer));
  };
  const covered = change.coveredAddedLines.filter(countsAsAi).length;
  const open = change.uncoveredAddedLines.filter(countsAsAi);
  return { ratio: { covered, total: covered + open.length }, open };
}

function distinct(lines: readonly number[]): number[] {
  return [...new Set(lines)];
}

function sum(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce((all, { covered, total }) => ({ covered: all.covered + covered, total: all.total + total }), {
    covered: 0,
    total: 0,
  });
}

/** What tests reached of a file, and the lines where something is left. */
interface Reached {
  ratio: Ratio;
  open: readonly number[];
}

const nothing: Reached = { ratio: { covered: 0, total: 0 }, open: [] };
const nothingRuns = "by the report, none of the";

function limit<File extends MeasuredFile>(
  what: string,
  least: number | null,
  files: readonly File[],
  reachedOf: (file: File) => Reached,
): Reason | null {
  if (least === null) return null;
  const reached = files.map((file) => ({ shown: file.file.shown, ...reachedOf(file) }));
  const { covered, total } = sum(reached.map(({ ratio }) => ratio));
  if (total === 0) return yes(`${nothingRuns} ${what} can run`);
  const says = `${covered} of ${total} ${what} are covered (${percentText(covered / total)}), and ${percentText(least)} is required`;
  if (covered / total >= least - rounding) return yes(says);
  const more = Math.ceil(least * total - covered - rounding);
  return { says, state: "no", fix: `Test ${more} more of the ${what}${where(reached)}.`, reasons: [] };
}

/** The files where most is left to test. */
function where(files: readonly { shown: string; open: readonly number[] }[]): string {
  const left = files
    .filter(({ open }) => open.length > 0)
    .sort((a, b) => b.open.length - a.open.length)
    .map(({ shown, open }) => `${shown} (${listed(open.map(String))})`);
  return left.length === 0 ? "" : `, for instance in ${listed(left, 3)}`;
}

/** A changed file that looks like code and is in no report was not tested, or not measured: nobody knows. */
export function unmeasured({ change, files }: Scope): Reason[] {
  const known = new Set(change.subject.coverage.unmeasured);
  const open = files.filter(({ subject }) => known.has(subject.file.path));
  if (open.length === 0) return [];
  const says = `changed files that are in no coverage report: ${listed(open.map(({ shown }) => shown))}`;
  return [unknown(says, "Include these files in the coverage report, or leave them out of the rule's `paths`.")];
}

/** Rounded towards 0, so that 100 % is said only of all. */
function percentText(ratio: number): string {
  const tenths = Math.floor(ratio * 1000 + rounding) / 10;
  return `${tenths} %`;
}
