import type { FileCoverage } from "./report.ts";
import { largestCount } from "./problem.ts";

export type Lines = FileCoverage["lines"];
export type BranchArm = FileCoverage["branches"][number];
export type MeasuredFunction = FileCoverage["functions"][number];
export type Region = FileCoverage["regions"][number];

/**
 * The union of what several runs measured in one file of one tree: hits are added (no higher than 2^53 - 1), a branch
 * arm that one run never reached keeps the other's hits. Which file comes first makes no difference, but for the path,
 * which is the first one's. Inputs are in canonical form and are not changed; at least one is needed.
 */
export function mergeFiles(files: readonly [FileCoverage, ...FileCoverage[]]): FileCoverage {
  let round: FileCoverage[] = [...files];
  // In pairs, as a merge sort does: a report with a million sections of one file still takes n log n steps.
  while (round.length > 1) {
    const next: FileCoverage[] = [];
    for (let index = 0; index < round.length; index += 2) next.push(mergePair(round[index]!, round[index + 1]));
    round = next;
  }
  return round[0]!;
}

/** The same facts in the one order that merging relies on: ascending, and each place once. */
export function canonicalFile(file: FileCoverage): FileCoverage {
  return {
    path: file.path,
    lines: canonicalLines(file.lines),
    branches: canonicalList(file.branches, compareBranches, joinBranches),
    functions: canonicalList(file.functions, compareFunctions, joinFunctions),
    regions: canonicalList(file.regions, compareRegions, joinRegions),
  };
}

function mergePair(first: FileCoverage, second: FileCoverage | undefined): FileCoverage {
  if (second === undefined) return first;
  return {
    path: first.path,
    lines: mergeLines(first.lines, second.lines),
    branches: mergeLists(first.branches, second.branches, compareBranches, joinBranches),
    functions: mergeLists(first.functions, second.functions, compareFunctions, joinFunctions),
    regions: mergeLists(first.regions, second.regions, compareRegions, joinRegions),
  };
}

function canonicalLines(lines: Lines): Lines {
  const { numbers, hits } = lines;
  if (numbers.every((number, index) => index === 0 || numbers[index - 1]! < number)) return lines;
  const order = numbers.map((_, index) => index).sort((a, b) => numbers[a]! - numbers[b]!);
  const result: Lines = { numbers: [], hits: [] };
  for (const index of order) addLine(result, numbers[index]!, hits[index]!);
  return result;
}

function mergeLines(first: Lines, second: Lines): Lines {
  const result: Lines = { numbers: [], hits: [] };
  let a = 0;
  let b = 0;
  while (a < first.numbers.length || b < second.numbers.length) {
    const fromFirst = (first.numbers[a] ?? Infinity) <= (second.numbers[b] ?? Infinity);
    if (fromFirst) addLine(result, first.numbers[a]!, first.hits[a++]!);
    else addLine(result, second.numbers[b]!, second.hits[b++]!);
  }
  return result;
}

function addLine(lines: Lines, number: number, hits: number): void {
  const last = lines.numbers.length - 1;
  if (lines.numbers[last] === number) {
    lines.hits[last] = addHits(lines.hits[last]!, hits);
  } else {
    lines.numbers.push(number);
    lines.hits.push(hits);
  }
}

type Compare<T> = (first: T, second: T) => number;
type Join<T> = (first: T, second: T) => T;

function canonicalList<T>(list: T[], compare: Compare<T>, join: Join<T>): T[] {
  if (list.every((item, index) => index === 0 || compare(list[index - 1]!, item) < 0)) return list;
  const result: T[] = [];
  for (const item of [...list].sort(compare)) addItem(result, item, compare, join);
  return result;
}

function mergeLists<T>(first: readonly T[], second: readonly T[], compare: Compare<T>, join: Join<T>): T[] {
  const result: T[] = [];
  let a = 0;
  let b = 0;
  while (a < first.length && b < second.length) {
    const fromFirst = compare(first[a]!, second[b]!) <= 0;
    addItem(result, fromFirst ? first[a++]! : second[b++]!, compare, join);
  }
  for (; a < first.length; a++) addItem(result, first[a]!, compare, join);
  for (; b < second.length; b++) addItem(result, second[b]!, compare, join);
  return result;
}

function addItem<T>(list: T[], item: T, compare: Compare<T>, join: Join<T>): void {
  const last = list.length - 1;
  if (last >= 0 && compare(list[last]!, item) === 0) list[last] = join(list[last]!, item);
  else list.push(item);
}

function compareBranches(first: BranchArm, second: BranchArm): number {
  return (
    first.line - second.line || comparePositions(first.block, second.block) || comparePositions(first.arm, second.arm)
  );
}

/** Positions are written in digits: the shorter is the smaller. Any other text still gets one fixed order. */
function comparePositions(first: string, second: string): number {
  return first.length - second.length || compareText(first, second);
}

function compareFunctions(first: MeasuredFunction, second: MeasuredFunction): number {
  return first.line - second.line || compareText(first.name, second.name);
}

function compareRegions(first: Region, second: Region): number {
  return first.start - second.start || first.end - second.end || first.line - second.line;
}

function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

function joinBranches(first: BranchArm, second: BranchArm): BranchArm {
  const hits = first.hits === null ? second.hits : second.hits === null ? first.hits : addHits(first.hits, second.hits);
  return { ...first, hits, column: smaller(first.column, second.column), type: smaller(first.type, second.type) };
}

function joinFunctions(first: MeasuredFunction, second: MeasuredFunction): MeasuredFunction {
  const ends = [first.endLine, second.endLine].filter((end) => end !== null);
  return { ...first, endLine: ends.length === 0 ? null : Math.max(...ends), hits: addHits(first.hits, second.hits) };
}

function joinRegions(first: Region, second: Region): Region {
  return { ...first, hits: addHits(first.hits, second.hits) };
}

/** The smaller of what is known, so that the order of the shards does not show. */
function smaller<T extends number | string>(first: T | null, second: T | null): T | null {
  if (first === null || second === null) return first ?? second;
  return first < second ? first : second;
}

function addHits(first: number, second: number): number {
  return Math.min(first + second, largestCount);
}
