import type { ChangedFile, Sha } from "../change/change.ts";
import type { CoverageReport, FileCoverage } from "../coverage/report.ts";
import { absent, present, type Evidence } from "../evidence.ts";
import { showValue, type KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { WrittenCoverage } from "./written/setting.ts";

export interface MadeCoverage {
  head: Evidence<CoverageReport>;
  base: Evidence<CoverageReport>;
  mistakes: CaseMistake[];
}

export interface CoverageRequest {
  written: WrittenCoverage | undefined;
  files: readonly ChangedFile[];
  /** Files that the case lists and no commit touches, which is told already. */
  untouched: ReadonlySet<string>;
  head: Sha;
  mergeBase: Sha;
  at: KeyPath;
}

/**
 * The reports behind the numbers of a case. Of a file's added lines the first ones can run, and of those the first ones are covered. A
 * project delta comes from one more file, which is there on both sides and makes the numbers come out to the digit.
 */
export function makeCoverage({ written, files, untouched, head, mergeBase, at }: CoverageRequest): MadeCoverage {
  const none = absent("no coverage report was given");
  if (written === undefined || written === "none") return { head: none, base: none, mistakes: [] };
  const entries = Object.entries(written.files ?? {});
  const told = entries.filter(([path]) => !untouched.has(path));
  const mistakes = told.flatMap(([path, numbers]) => impossible(path, numbers, files, [...at, "files", path]));
  const measured = entries.map(([path, numbers]) => fileCoverage(path, numbers));
  const added = new Set(files.filter(({ status }) => status === "added").map(({ path }) => path));
  const counted = measured.filter(({ path }) => added.has(path));
  const delta = written.project_delta;
  const rest = delta === undefined ? null : restOfProject(counted, delta);
  const after = rest === null ? measured : [...measured, rest.after];
  return {
    head: present(report(head, after)),
    base:
      rest === null ? absent("no coverage report of the base was given") : present(report(mergeBase, [rest.before])),
    mistakes,
  };
}

type Numbers = NonNullable<Exclude<WrittenCoverage, "none">["files"]>[string];

function impossible(path: string, numbers: Numbers, files: readonly ChangedFile[], at: KeyPath): CaseMistake[] {
  const file = files.find((other) => other.path === path);
  if (file === undefined) {
    const what = `${showValue(path)} is not a file of the change`;
    return [{ code: "CT004", at, onKey: true, what, fix: "Name a file of the change by its path at the head." }];
  }
  const { total } = read(numbers.lines);
  if (total <= file.addedLines) return [];
  const what = `${total} lines can run, and the change adds only ${file.addedLines}`;
  return [{ code: "CT005", at: [...at, "lines"], what, fix: "Give the file more `additions`, or name fewer lines." }];
}

function read(share: string | undefined): { covered: number; total: number } {
  const [covered = 0, total = 0] = (share ?? "0/0").split("/").map(Number);
  return { covered, total };
}

function fileCoverage(path: string, { lines, branches, uncovered_functions: functions = [] }: Numbers): FileCoverage {
  const arms = read(branches);
  return {
    path,
    lines: linesOf(read(lines)),
    branches: Array.from({ length: arms.total }, (_, index) => ({
      line: 1,
      block: String(Math.floor(index / 2)),
      arm: String(index % 2),
      hits: index < arms.covered ? 1 : 0,
      column: null,
      type: null,
    })),
    functions: functions.map((name) => ({ name, line: 1, endLine: null, hits: 0 })),
    regions: [],
  };
}

function linesOf({ covered, total }: { covered: number; total: number }): FileCoverage["lines"] {
  return {
    numbers: Array.from({ length: total }, (_, index) => index + 1),
    hits: Array.from({ length: total }, (_, index) => (index < covered ? 1 : 0)),
  };
}

/** A file that makes the whole project lose or gain exactly so many percentage points. */
function restOfProject(counted: readonly FileCoverage[], delta: number): { before: FileCoverage; after: FileCoverage } {
  const total = counted.reduce((sum, { lines }) => sum + lines.numbers.length, 0);
  const covered = counted.reduce((sum, { lines }) => sum + lines.hits.filter((hits) => hits > 0).length, 0);
  // A hundredth of a percentage point is one line of 10,000.
  const size = 10_000 * Math.max(1, Math.ceil(total / 5_000));
  const coveredAfter = Math.max(covered, Math.round(size / 2 + Math.max(0, (delta / 100) * size) / 2));
  const coveredBefore = Math.round(coveredAfter - (delta / 100) * size);
  const path = "src/rest-of-the-project.ts";
  const rest = (share: { covered: number; total: number }) => ({
    ...{ path, lines: linesOf(share), branches: [], functions: [], regions: [] },
  });
  return {
    before: rest({ covered: coveredBefore, total: size }),
    after: rest({ covered: coveredAfter - covered, total: size - total }),
  };
}

function report(tree: Sha, files: readonly FileCoverage[]): CoverageReport {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { format: "lcov", instrumenter: "lcov", tree, sources: ["the case"], files: sorted, unmatched: [], notes: [] };
}
