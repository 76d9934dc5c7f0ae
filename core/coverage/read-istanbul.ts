import istanbul, { type FileCoverageData } from "istanbul-lib-coverage";
import { statementRegions } from "./istanbul-regions.ts";
import {
  branchPoint,
  checkFile,
  functionLine,
  isObject,
  looksLikeFileCoverage,
  unwrapData,
  type JsonObject,
} from "./istanbul-shape.ts";
import { canonicalFile, mergeFiles, type BranchArm, type Lines, type MeasuredFunction } from "./merge-files.ts";
import { showReportPath, type Reading } from "./problem.ts";
import type { RawReport } from "./raw-report.ts";
import type { FileCoverage } from "./report.ts";

/** Whether parsed JSON is meant to be an istanbul map: `{}`, or file paths with coverage. */
export function isIstanbulMap(json: unknown): json is JsonObject {
  if (!isObject(json)) return false;
  const entries = Object.values(json);
  return entries.length === 0 || entries.some(looksLikeFileCoverage);
}

/**
 * Reads an istanbul coverage map (`coverage-final.json`), already parsed. Line hits are istanbul-lib-coverage's own: the
 * highest count among the statements that begin on a line. Its `merge` is never used: it changes its input, gives new
 * statements the hits of the old code around them, and loses branches and statements that share a place.
 * Refused with the reason: an entry that is no file coverage, a place without a count, a count that is none.
 */
export function readIstanbul(json: JsonObject, source: string): Reading<Pick<RawReport, "instrumenter" | "files">> {
  const files = new Map<string, [FileCoverage, ...FileCoverage[]]>();
  let instrumenter = "istanbul";
  for (const [key, value] of Object.entries(json)) {
    const entry = unwrapData(value);
    const checked = checkFile(entry);
    if (!checked.ok) return { ok: false, problem: { source, what: `${showReportPath(key)}: ${checked.wrong}`, fix } };
    if (isMadeByV8(entry)) instrumenter = "v8";
    const file = fileCoverage(checked.file);
    // The file's own `path` counts, as in istanbul; two keys may name one file.
    const before = files.get(file.path);
    if (before === undefined) files.set(file.path, [file]);
    else before.push(file);
  }
  const merged = Array.from(files.values(), (shards) => mergeFiles(shards));
  merged.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { ok: true, value: { instrumenter, files: merged } };
}

const fix = "Write the report again with the tool that made it; the file may have been cut short or edited.";

/**
 * V8's counts, turned into istanbul's shape, number the same code otherwise than istanbul's instrumenter does. The two
 * converters leave a mark: `all` (v8-to-istanbul; nyc's own `all` comes with a `hash`) or `meta` (ast-v8-to-istanbul).
 */
function isMadeByV8(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  return isObject(entry.meta) || (typeof entry.all === "boolean" && !Object.hasOwn(entry, "hash"));
}

function fileCoverage(data: FileCoverageData): FileCoverage {
  const lines = lineCoverage(data);
  return canonicalFile({
    path: data.path,
    lines,
    branches: branchArms(data),
    functions: functions(data),
    regions: statementRegions(data),
  });
}

function lineCoverage(data: FileCoverageData): Lines {
  const lines: Lines = { numbers: [], hits: [] };
  const counts = istanbul.createFileCoverage(withoutPlacelessCounts(data)).getLineCoverage();
  for (const [line, hits] of Object.entries(counts)) {
    lines.numbers.push(Number(line));
    lines.hits.push(hits);
  }
  return lines;
}

/** The library looks a count's place up without asking whose it is, so that the key `__proto__` would find one. */
function withoutPlacelessCounts(data: FileCoverageData): FileCoverageData {
  const keys = Object.keys(data.s);
  if (keys.every((key) => Object.hasOwn(data.statementMap, key))) return data;
  const placed = Object.entries(data.s).filter(([key]) => Object.hasOwn(data.statementMap, key));
  return { ...data, s: Object.fromEntries(placed) };
}

/** A branch point is named by its position among those of its line, which stays when code above it changes. */
function branchArms(data: FileCoverageData): BranchArm[] {
  const pointsByLine = new Map<number, number>();
  return Object.entries(data.branchMap).flatMap(([key, place]) => {
    const { line, column } = branchPoint(place);
    if (line === null) return [];
    const block = pointsByLine.get(line) ?? 0;
    pointsByLine.set(line, block + 1);
    const type = typeOf(place);
    return (data.b[key] ?? []).map((hits, arm) => ({
      line,
      block: String(block),
      arm: String(arm),
      hits,
      column,
      type,
    }));
  });
}

function functions(data: FileCoverageData): MeasuredFunction[] {
  return Object.entries(data.fnMap).flatMap(([key, place]) => {
    const line = functionLine(place);
    if (line === null) return [];
    const endLine = lineOrNone(place.loc.end);
    return [
      {
        name: nameOf(place),
        line,
        endLine: endLine === null || endLine < line ? null : endLine,
        hits: data.f[key] ?? 0,
      },
    ];
  });
}

function nameOf(place: { name?: string }): string {
  return place.name ?? "";
}

function typeOf(place: { type?: string }): string | null {
  return place.type ?? null;
}

/** The types of the library promise a line; files hold positions without one. */
export function lineOrNone(position: { line?: number | null }): number | null {
  return position.line ?? null;
}
