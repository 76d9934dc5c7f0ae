import type { Severity } from "../finding.ts";
import { at, isObject, listAt, textAt } from "./json.ts";
import { badLine, linesOf, refuse, ResultList, type ReadReport } from "./tool-report.ts";

/** One diagnostic of reviewdog's format. */
export function isRdDiagnostic(json: unknown): boolean {
  return isObject(json) && "message" in json && textAt(json, "location", "path") !== null;
}

export function isRdjson(json: unknown): boolean {
  return Array.isArray(at(json, "diagnostics")) && listAt(json, "diagnostics").every(isRdDiagnostic);
}

/** Reads reviewdog's `rdjson` (proto/rdf/reviewdog.proto: `DiagnosticResult`). */
export function readRdjson(json: unknown): ReadReport {
  const source = textAt(json, "source", "name");
  return readDiagnostics(listAt(json, "diagnostics"), source, at(json, "severity"));
}

/** The same, one diagnostic a line (`rdjsonl`), or of a whole result. */
export function readDiagnostics(
  diagnostics: Iterable<unknown>,
  source: string | null = null,
  severity: unknown = null,
): ReadReport {
  const results = new ResultList();
  for (const one of diagnostics) {
    const lines = linesOf(at(one, "location", "range", "start", "line"), at(one, "location", "range", "end", "line"));
    if (lines === undefined) return refuse(badLine);
    results.add({
      tool: textAt(one, "source", "name") ?? source ?? "rdjson",
      rule: textAt(one, "code", "value"),
      path: textAt(one, "location", "path"),
      lines,
      message: textAt(one, "message") ?? "",
      severity: severities.get(at(one, "severity") ?? severity) ?? "warning",
    });
  }
  return results.done();
}

/** The names of the enum, and the numbers that protocol buffers allow in their place. */
const severities = new Map<unknown, Severity>([
  ["ERROR", "error"],
  ["WARNING", "warning"],
  ["INFO", "notice"],
  [1, "error"],
  [2, "warning"],
  [3, "notice"],
]);
