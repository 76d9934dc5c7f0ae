import type { Change } from "../change/change.ts";
import type { LintRule, RawFinding } from "../findings/finding.ts";
import { inertText, showPath } from "../untrusted/index.ts";
import { AddedLines } from "./added-lines.ts";
import type { CoverageReview, FileCoverageChange, FunctionChange } from "./coverage-review.ts";
import { isAnonymous } from "./function-changes.ts";
import type { Ratio } from "./report.ts";

export const coverageRules: LintRule[] = [
  {
    id: "uncovered-new-function",
    title: "A new function that no test enters",
    help: "Write a test that calls it, or leave the function out until something needs it.",
    confidence: "high",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  {
    id: "uncovered-changed-function",
    title: "A changed function that no test enters",
    help: "Write a test that calls it and would have failed before the change.",
    confidence: "high",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "branches-down-lines-up",
    title: "Line coverage holds while branch coverage falls",
    help: "Test the other side of the new conditions: the error, the empty list, the early return.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "coverage-lost",
    title: "Untouched lines that tests reached before and do not reach now",
    help: "See which test stopped reaching them: was one deleted, skipped, or pointed elsewhere?",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "unmeasured-file",
    title: "Changed code that no coverage report knows",
    help: "Let the coverage tool measure the file: most have a setting `include` for files that no test loads.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
];

/** What the coverage of a change says for itself, in the order of the review's files. */
export function findCoverage(review: CoverageReview, change: Change): RawFinding[] {
  const added = new Map(change.files.map(({ path, hunks }) => [path, new AddedLines(hunks)]));
  const ofFiles = review.files.flatMap((file) => [
    ...uncalledFunctions(file, added.get(file.path) ?? new AddedLines([])),
    ...branchesDown(file),
    ...lost(file),
  ]);
  return [...ofFiles, ...review.unmeasured.map(unmeasured)];
}

/** Only the outermost: when nothing enters a function, nothing enters the callbacks in it. */
function uncalledFunctions(file: FileCoverageChange, added: AddedLines): RawFinding[] {
  const findings: RawFinding[] = [];
  let insideUntil = 0;
  const uncalled = file.functions.filter(({ state }) => state === "new-uncalled" || state === "changed-uncalled");
  for (const declared of uncalled.sort((a, b) => a.line - b.line || (b.endLine ?? b.line) - (a.endLine ?? a.line))) {
    const end = declared.endLine ?? declared.line;
    if (declared.line <= insideUntil && end <= insideUntil) continue;
    insideUntil = Math.max(insideUntil, end);
    findings.push(uncalledFunction(file.path, declared, added));
  }
  return findings;
}

function uncalledFunction(path: string, declared: FunctionChange, added: AddedLines): RawFinding {
  const isNew = declared.state === "new-uncalled";
  const name = inertText(declared.name, { maxGraphemes: 80 });
  const subject = isAnonymous(declared.name) ? `The function that begins on line ${declared.line}` : `\`${name}\``;
  // The first added line, so that the finding is weighed by who wrote it: a changed function may begin far above.
  const line = added.from(declared.line, declared.endLine ?? declared.line).next().value ?? declared.line;
  return {
    rule: isNew ? "uncovered-new-function" : "uncovered-changed-function",
    place: { kind: "lines", path, start: line, end: line },
    message: `${subject} ${isNew ? "is new" : "changed"} and no test enters it.`,
    identity: isAnonymous(declared.name) ? "function" : name,
  };
}

function branchesDown({ path, before, after }: FileCoverageChange): RawFinding[] {
  if (before.state === "absent" || after.state === "absent") return [];
  const linesFell = compareShares(before.value.lines, after.value.lines) < 0;
  if (linesFell || compareShares(before.value.branches, after.value.branches) >= 0) return [];
  const branches = `${showRatio(before.value.branches)} to ${showRatio(after.value.branches)}`;
  const lines = `${showRatio(before.value.lines)} to ${showRatio(after.value.lines)}`;
  return [
    {
      rule: "branches-down-lines-up",
      place: { kind: "file", path },
      message: `Branch coverage of ${showPath(path)} falls from ${branches}, while its line coverage goes from ${lines}.`,
      identity: "branches",
    },
  ];
}

function lost({ path, lostLines }: FileCoverageChange): RawFinding[] {
  const [first] = lostLines;
  if (first === undefined) return [];
  const many = lostLines.length > 1;
  return [
    {
      rule: "coverage-lost",
      place: { kind: "lines", path, start: first, end: first },
      message: `${many ? `${lostLines.length} lines` : "A line"} that this change does not touch ${many ? "were" : "was"} reached by tests before and ${many ? "are" : "is"} not now: ${showLines(lostLines)}.`,
      identity: "lost lines",
    },
  ];
}

function unmeasured(path: string): RawFinding {
  return {
    rule: "unmeasured-file",
    place: { kind: "file", path },
    message: `${showPath(path)} has added lines and no coverage report knows it, so nothing says whether tests reach them.`,
    identity: "unmeasured",
  };
}

/** Below 0 when the share fell, above when it rose. Nothing to measure on a side compares as the same. */
function compareShares(before: Ratio, after: Ratio): number {
  if (before.total === 0 || after.total === 0) return 0;
  return after.covered * before.total - before.covered * after.total;
}

function showRatio({ covered, total }: Ratio): string {
  return `${covered} of ${total}`;
}

/** Ascending lines as ranges, no more than eight: `3, 5-9, 12 …` */
function showLines(lines: readonly number[]): string {
  const ranges: { start: number; end: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last?.end === line - 1) last.end = line;
    else if (ranges.length === 8) return `${ranges.map(showRange).join(", ")} …`;
    else ranges.push({ start: line, end: line });
  }
  return ranges.map(showRange).join(", ");
}

function showRange({ start, end }: { start: number; end: number }): string {
  return start === end ? String(start) : `${start}-${end}`;
}
