import type { Writer } from "../change/authorship.ts";
import type { Change, ChangedFile } from "../change/change.ts";
import { absent, mapEvidence, present, type Evidence } from "../evidence.ts";
import { AddedLines } from "./added-lines.ts";
import type { Baseline } from "./baseline.ts";
import { countsOf, sameCounts, sumOf } from "./counts.ts";
import type { Counts, FileCoverageChange } from "./coverage-review.ts";
import { functionChanges, type FileBefore } from "./function-changes.ts";
import { patchCoverage } from "./patch-coverage.ts";
import type { CoverageReport, FileCoverage } from "./report.ts";

export interface FilesInput {
  change: Change;
  /** By path, in the lines of the head. */
  head: Evidence<ReadonlyMap<string, FileCoverage>>;
  base: Evidence<CoverageReport>;
  baseline: Baseline;
  writerAt: (path: string, line: number) => Writer;
}

/** One file's review, and its added points by who wrote them. */
export interface ReviewedFile {
  review: FileCoverageChange;
  byWriter: ReadonlyMap<Writer, Counts>;
}

/** Every file that has coverage on some side and that the change touches or whose coverage differs. Sorted by path. */
export function reviewFiles(input: FilesInput): ReviewedFile[] {
  const changed = new Map(input.change.files.map((file) => [file.path, file]));
  const before = filesBefore(input, changed);
  const head = input.head.state === "present" ? input.head.value : new Map<string, FileCoverage>();
  const paths = new Set([...head.keys(), ...before.keys()]);
  return [...paths].sort().flatMap((path) => {
    const file = changed.get(path);
    const reviewed = reviewFile(input, path, file, before.get(path) ?? null);
    return file !== undefined || differs(input, reviewed.review) ? [reviewed] : [];
  });
}

/** The baseline's files by their path at head; a file that the change deletes keeps its own. */
function filesBefore(
  { base, baseline }: FilesInput,
  changed: ReadonlyMap<string, ChangedFile>,
): Map<string, FileBefore> {
  const files = new Map<string, FileBefore>();
  if (base.state === "absent" || baseline.quality.quality === "incomparable") return files;
  for (const file of base.value.files) {
    const place = baseline.map === null ? { path: file.path, line: nowhere } : baseline.map(file.path);
    if (place !== null) files.set(place.path, { file, line: place.line });
    else if (changed.get(file.path)?.status === "deleted") files.set(file.path, { file, line: nowhere });
  }
  return files;
}

function nowhere(): null {
  return null;
}

function reviewFile(
  input: FilesInput,
  path: string,
  changed: ChangedFile | undefined,
  before: FileBefore | null,
): ReviewedFile {
  const after = afterOf(input, path, changed);
  const added = new AddedLines(changed?.hunks ?? []);
  const file = after.state === "present" ? after.value : null;
  const patch =
    file === null || added.isEmpty
      ? nothingMeasured()
      : patchCoverage(file, added, (line) => input.writerAt(path, line));
  const review: FileCoverageChange = {
    path,
    previousPath: changed?.previousPath ?? null,
    before: beforeOf(input, changed, before),
    after: mapEvidence(after, countsOf),
    patch: sumOf(patch.byWriter.values()),
    coveredAddedLines: patch.coveredAddedLines,
    uncoveredAddedLines: patch.uncoveredAddedLines,
    lostLines: file === null || before === null ? [] : lostLines(file, before),
    uncoveredAddedBranches: patch.uncoveredAddedBranches,
    functions: file === null ? [] : functionChanges(file, added, patch.measuredLines, before),
  };
  return { review, byWriter: patch.byWriter };
}

function nothingMeasured(): ReturnType<typeof patchCoverage> {
  return {
    byWriter: new Map(),
    measuredLines: [],
    coveredAddedLines: [],
    uncoveredAddedLines: [],
    uncoveredAddedBranches: [],
  };
}

function afterOf({ head }: FilesInput, path: string, changed: ChangedFile | undefined): Evidence<FileCoverage> {
  if (changed?.status === "deleted") return absent("the change deletes the file");
  if (head.state === "absent") return head;
  const file = head.value.get(path);
  return file === undefined ? absent("the report does not have the file") : present(file);
}

function beforeOf(
  { base, baseline }: FilesInput,
  changed: ChangedFile | undefined,
  before: FileBefore | null,
): Evidence<Counts> {
  if (before !== null) return present(countsOf(before.file));
  if (changed?.status === "added") return absent("the file is new");
  if (base.state === "absent") return base;
  if (baseline.quality.quality === "incomparable") return absent(baseline.quality.reason);
  return absent("the baseline does not have the file");
}

/** Lines that are the same in both trees, covered before and not after. Both lists ascend, and so do lines through a diff. */
function lostLines(file: FileCoverage, before: FileBefore): number[] {
  const lost: number[] = [];
  const now = file.lines;
  const { numbers, hits } = before.file.lines;
  let next = 0;
  for (let index = 0; index < numbers.length; index++) {
    const line = hits[index]! > 0 ? before.line(numbers[index]!) : null;
    if (line === null) continue;
    while (next < now.numbers.length && now.numbers[next]! < line) next += 1;
    if (now.numbers[next] === line && now.hits[next] === 0) lost.push(line);
  }
  return lost;
}

/** Whether an untouched file is measured otherwise than before, or on one side only. */
function differs({ head, base, baseline }: FilesInput, review: FileCoverageChange): boolean {
  if (head.state === "absent" || base.state === "absent") return false;
  if (baseline.quality.quality === "incomparable") return false;
  const { before, after, lostLines, functions } = review;
  if (before.state === "absent" || after.state === "absent") return true;
  return lostLines.length > 0 || functions.length > 0 || !sameCounts(before.value, after.value);
}
