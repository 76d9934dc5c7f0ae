import type { Writer } from "../change/authorship.ts";
import type { AddedLines } from "./added-lines.ts";
import { firstFrom } from "./ascending.ts";
import { count, noCounts } from "./counts.ts";
import type { Counts, FileCoverageChange } from "./coverage-review.ts";
import type { FileCoverage } from "./report.ts";

/** What the tests reached of the lines that a change adds to one file. */
export interface PatchCoverage extends Pick<
  FileCoverageChange,
  "coveredAddedLines" | "uncoveredAddedLines" | "uncoveredAddedBranches"
> {
  byWriter: ReadonlyMap<Writer, Counts>;
  /** The added lines that can run, ascending. */
  measuredLines: number[];
}

/**
 * Counts the added lines that the report lists, the branch arms of branch points on added lines, and the functions
 * declared on added lines. An added line that is not listed but on which a statement goes on counts too, once for the
 * statement, unless the line where the statement begins is itself added: then it is counted there.
 */
export function patchCoverage(
  file: FileCoverage,
  added: AddedLines,
  writerAt: (line: number) => Writer,
): PatchCoverage {
  const byWriter = new Map<Writer, Counts>();
  const countsAt = (line: number) => countsOfWriter(byWriter, writerAt(line));
  const lines = [...addedListedLines(file, added), ...addedContinuations(file, added)].sort((a, b) => a.line - b.line);
  for (const { line, hits } of lines) count(countsAt(line).lines, hits);
  for (const { line, hits } of file.branches) if (added.has(line)) count(countsAt(line).branches, hits);
  for (const { line, hits } of file.functions) if (added.has(line)) count(countsAt(line).functions, hits);
  return {
    byWriter,
    measuredLines: lines.map(({ line }) => line),
    coveredAddedLines: lines.filter(({ hits }) => hits > 0).map(({ line }) => line),
    uncoveredAddedLines: lines.filter(({ hits }) => hits === 0).map(({ line }) => line),
    uncoveredAddedBranches: uncoveredBranches(file, added),
  };
}

function countsOfWriter(byWriter: Map<Writer, Counts>, writer: Writer): Counts {
  const known = byWriter.get(writer);
  if (known !== undefined) return known;
  const fresh = noCounts();
  byWriter.set(writer, fresh);
  return fresh;
}

interface MeasuredLine {
  line: number;
  hits: number;
}

function addedListedLines({ lines }: FileCoverage, added: AddedLines): MeasuredLine[] {
  return lines.numbers.flatMap((line, index) => (added.has(line) ? [{ line, hits: lines.hits[index]! }] : []));
}

function addedContinuations(file: FileCoverage, added: AddedLines): MeasuredLine[] {
  if (file.regions.length === 0) return [];
  const unlisted = addedUnlisted(file, added);
  const byStatement = new Map<number, MeasuredLine>();
  for (const { line: statement, start, end, hits } of file.regions) {
    if (added.has(statement) || byStatement.has(statement)) continue;
    const line = firstFrom(unlisted, start);
    if (line !== undefined && line <= end) byStatement.set(statement, { line, hits });
  }
  return [...byStatement.values()];
}

/** Made once: ranges of a forged report can overlap, and each would walk over the same lines again. */
function addedUnlisted({ lines, regions }: FileCoverage, added: AddedLines): number[] {
  const listed = new Set(lines.numbers);
  const last = regions.reduce((before, { end }) => Math.max(before, end), 0);
  return Array.from(added.from(1, last)).filter((line) => !listed.has(line));
}

function uncoveredBranches(file: FileCoverage, added: AddedLines): PatchCoverage["uncoveredAddedBranches"] {
  const points = Map.groupBy(
    file.branches.filter(({ line }) => added.has(line)),
    ({ line, block }) => `${line} ${block}`,
  );
  return [...points.values()]
    .map((arms) => ({
      line: arms[0]!.line,
      taken: arms.filter(({ hits }) => (hits ?? 0) > 0).length,
      total: arms.length,
    }))
    .filter(({ taken, total }) => taken < total);
}
