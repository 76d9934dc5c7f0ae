import { createHash } from "node:crypto";
import { jsonDepthWithin } from "../json-depth.ts";
import { otherFormatOf, otherJsonFormatOf, type OtherFormat } from "./other-formats.ts";
import type { CoverageProblem, Reading } from "./problem.ts";
import type { RawReport } from "./raw-report.ts";
import { isIstanbulMap, readIstanbul } from "./read-istanbul.ts";
import { readLcov } from "./read-lcov.ts";

/** How large a report file may be, in bytes. Parsed JSON takes several times its text in memory. */
export interface SizeLimits {
  lcov: number;
  json: number;
}

/** Both are below the longest string that V8 can hold. */
export const standardLimits: SizeLimits = { lcov: 512_000_000, json: 256_000_000 };

export type ReadResult = { ok: true; raw: RawReport } | { ok: false; problem: CoverageProblem };

/**
 * Reads one report file in whatever format its content is, whatever its name: lcov or istanbul's JSON. Other formats are
 * refused by their name and with the way to one that is read. `name` is only shown. Never throws on what a file can hold.
 */
export function readCoverage(bytes: Uint8Array, name: string, limits: SizeLimits = standardLimits): ReadResult {
  const reading = readKnown(bytes, name, limits);
  if (!reading.ok) return reading;
  const digest = createHash("sha256").update(bytes).digest("hex");
  return { ok: true, raw: { source: name, digest, ...reading.value } };
}

type Known = Pick<RawReport, "format" | "instrumenter" | "files">;

function readKnown(bytes: Uint8Array, name: string, limits: SizeLimits): Reading<Known> {
  const head = latin1(bytes.subarray(0, 4_096)).replace(/^\xef\xbb\xbf/, "");
  const first = head.trimStart().charAt(0);
  if (first === "") return refuseEmpty(name);
  if (first === "{" || first === "[") return readJson(bytes, name, limits.json);
  if (!looksLikeLcov(head)) return refuseFormat(name, otherFormatOf(head));
  if (bytes.length > limits.lcov) return refuseSize(name, limits.lcov);
  const reading = readLcov(bytes, name);
  return reading.ok ? { ok: true, value: { format: "lcov", instrumenter: "lcov", files: reading.value } } : reading;
}

function readJson(bytes: Uint8Array, name: string, limit: number): Reading<Known> {
  if (bytes.length > limit) return refuseSize(name, limit);
  if (!jsonDepthWithin(bytes, 100))
    return refuse(name, "the JSON is nested more than 100 deep", "No coverage report is.");
  const json = parseJson(bytes);
  if (json === undefined) {
    return refuse(
      name,
      "it is not valid JSON",
      "It may have been cut short: write it again, after the tests have ended.",
    );
  }
  if (!isIstanbulMap(json)) return refuseFormat(name, otherJsonFormatOf(json));
  if (Object.keys(json).length === 0) return refuseEmpty(name);
  const reading = readIstanbul(json, name);
  return reading.ok ? { ok: true, value: { format: "istanbul", ...reading.value } } : reading;
}

/** Undefined, which JSON cannot say, when it is not JSON. The error's own text quotes the file, so it is not shown. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The first line that is neither blank nor a comment is a record; or there are so many comments that it is not seen. */
function looksLikeLcov(head: string): boolean {
  const lines = head.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "" && !line.startsWith("#"));
  if (first === undefined) return true;
  return /^(TN|SF|KF|VER|DA|FN|FNDA|FNL|FNA|FNF|FNH|BRDA|BRF|BRH|BA|LF|LH|MCDC|MCF|MCH):|^end_of_record$/.test(first);
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function refuse(source: string, what: string, fix: string): { ok: false; problem: CoverageProblem } {
  return { ok: false, problem: { source, what, fix } };
}

function refuseEmpty(source: string): { ok: false; problem: CoverageProblem } {
  return refuse(source, "the file is empty", "Nothing was measured: see whether the tests ran.");
}

function refuseSize(source: string, limit: number): { ok: false; problem: CoverageProblem } {
  const what = `the file is larger than ${Math.floor(limit / 1_000_000)} MB`;
  return refuse(source, what, "Give the shards of the report one by one, or measure the sources only.");
}

function refuseFormat(source: string, other: OtherFormat | null): { ok: false; problem: CoverageProblem } {
  if (other === null)
    return refuse(source, "it is in no coverage format that this version reads", "Give lcov or istanbul JSON.");
  return refuse(
    source,
    `it looks like ${other.name}, which this version does not read`,
    `Give lcov or istanbul JSON: ${other.how}.`,
  );
}
