import type { FileCoverageData } from "istanbul-lib-coverage";
import { largestCount, largestLine, longestPath } from "./problem.ts";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One file of an istanbul map. Jest puts it under `data`. */
export function unwrapData(value: unknown): unknown {
  if (!isObject(value) || Object.hasOwn(value, "statementMap")) return value;
  return Object.hasOwn(value, "data") ? value.data : value;
}

/** Whether a value of a map is meant to be one file's coverage, however broken. */
export function looksLikeFileCoverage(value: unknown): boolean {
  const entry = unwrapData(value);
  return isObject(entry) && Object.hasOwn(entry, "statementMap") && Object.hasOwn(entry, "s");
}

/**
 * One file of an istanbul map, checked: every place is one, and every place has its count. What the types of
 * istanbul-lib-coverage call a column may still be null (the end of the line), and an `else` that is not there has the
 * location `{start: {}, end: {}}`. Or what is wrong with it, in words that follow the file's name.
 */
export function checkFile(entry: unknown): { ok: true; file: FileCoverageData } | { ok: false; wrong: string } {
  const wrong = wrongWith(entry);
  return isSound(entry, wrong) ? { ok: true, file: entry } : { ok: false, wrong: wrong ?? "" };
}

function isSound(entry: unknown, wrong: string | null): entry is FileCoverageData {
  return wrong === null;
}

function wrongWith(entry: unknown): string | null {
  if (!isObject(entry)) return "it is not an object";
  for (const key of ["statementMap", "fnMap", "branchMap", "s", "f", "b"]) {
    if (!Object.hasOwn(entry, key) || !isObject(entry[key])) return `it has no \`${key}\``;
  }
  if (typeof entry.path !== "string" || entry.path === "") return "it has no `path`";
  if (entry.path.length > longestPath) return "its `path` is longer than 4,096 characters";
  return (
    wrongCounts(entry.statementMap, entry.s, "statement", wrongStatement) ??
    wrongCounts(entry.fnMap, entry.f, "function", wrongFunction) ??
    wrongCounts(entry.branchMap, entry.b, "branch", wrongBranch)
  );
}

/** Every place with its own count. A count without a place says nothing, so it is passed over. */
function wrongCounts(
  places: unknown,
  counts: unknown,
  word: string,
  wrong: (place: unknown, count: unknown) => string | null,
): string | null {
  if (!isObject(places) || !isObject(counts)) return null;
  for (const key of Object.keys(places)) {
    const found = wrong(places[key], Object.hasOwn(counts, key) ? counts[key] : undefined);
    if (found !== null) return `${word} ${key.length < 10 && isDigits(key) ? key : "(its key is no number)"} ${found}`;
  }
  return null;
}

const badPlace = "has no place, or one that no file has";
const badCount = "has no count, or one that is not a whole number from 0 to 9,007,199,254,740,991";

function wrongStatement(place: unknown, count: unknown): string | null {
  if (!isRange(place) || !isLine(place.start.line)) return badPlace;
  return isCount(count) ? null : badCount;
}

function wrongFunction(place: unknown, count: unknown): string | null {
  if (!isObject(place) || !isRange(place.loc) || functionLine(place) === null) return badPlace;
  if (place.name !== undefined && typeof place.name !== "string") return badPlace;
  return isCount(count) ? null : badCount;
}

function wrongBranch(place: unknown, counts: unknown): string | null {
  if (!isObject(place) || !Array.isArray(place.locations) || !place.locations.every(isRange)) return badPlace;
  if (place.type !== undefined && typeof place.type !== "string") return badPlace;
  if (branchPoint(place).line === null) return badPlace;
  return Array.isArray(counts) && counts.length >= place.locations.length && counts.every(isCount) ? null : badCount;
}

/** The line of a function's declaration, as istanbul's own lcov reporter picks it. Null when it has none. */
export function functionLine(place: unknown): number | null {
  if (!isObject(place)) return null;
  return firstLine(startOf(place.decl), place, startOf(place.loc));
}

/** Where a branch point stands. Null when the report does not say. */
export function branchPoint(place: unknown): { line: number | null; column: number | null } {
  if (!isObject(place)) return { line: null, column: null };
  const first: unknown = Array.isArray(place.locations) ? place.locations[0] : undefined;
  const column = startOf(isObject(place.loc) ? place.loc : first).column;
  return {
    line: firstLine(startOf(place.loc), place, startOf(first)),
    column: isCount(column) ? column : null,
  };
}

function firstLine(...positions: readonly JsonObject[]): number | null {
  return positions.map(({ line }) => line).find(isLine) ?? null;
}

function startOf(range: unknown): JsonObject {
  return isObject(range) && isObject(range.start) ? range.start : {};
}

/** Both ends are there, and a line that they name is one that a file can have. */
function isRange(value: unknown): value is { start: JsonObject; end: JsonObject } {
  return isObject(value) && isPosition(value.start) && isPosition(value.end);
}

function isPosition(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const { line, column } = value;
  const columnIsOne = column === undefined || column === null || typeof column === "number";
  return columnIsOne && (line === undefined || line === null || isLine(line));
}

function isLine(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largestLine;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= largestCount;
}

function isDigits(text: string): boolean {
  return Array.from(text).every((character) => character >= "0" && character <= "9");
}
