import type { Severity } from "../finding.ts";
import { at, isObject, listAt, textAt } from "./json.ts";
import { badLine, linesOf, refuse, ResultList, type ReadReport } from "./tool-report.ts";

/** A list of results, or an object that has it beside `metadata`. */
export function isEslint(json: unknown): boolean {
  const list = Array.isArray(json) ? (json as unknown[]) : listAt(json, "results");
  if (!Array.isArray(json) && !isObject(at(json, "metadata"))) return false;
  return list.every((file) => isObject(file) && "filePath" in file && Array.isArray(file["messages"]));
}

/**
 * Reads ESLint's formats `json` and `json-with-metadata`. What a comment of the file disables is in a list of its own and is
 * not counted. A message without a rule is `parse-error` where ESLint could not read the file.
 */
export function readEslint(json: unknown): ReadReport {
  const results = new ResultList();
  for (const file of Array.isArray(json) ? (json as unknown[]) : listAt(json, "results"))
    for (const message of listAt(file, "messages")) {
      const lines = linesOf(at(message, "line"), at(message, "endLine"));
      if (lines === undefined) return refuse(badLine);
      const rule = textAt(message, "ruleId") ?? ruleOfText(message);
      // "File ignored because …": nothing was looked at, so nothing was found.
      if (rule === null && lines === null) continue;
      results.add({
        ...{ tool: "eslint", rule, lines, path: textAt(file, "filePath") },
        message: textAt(message, "message") ?? "",
        severity: severityOf(message),
      });
    }
  return results.done();
}

function ruleOfText(message: unknown): string | null {
  if (at(message, "fatal") === true) return "parse-error";
  return textAt(message, "message")?.startsWith("Unused eslint-disable directive") === true
    ? "unused-disable-directive"
    : null;
}

function severityOf(message: unknown): Severity {
  if (at(message, "fatal") === true || at(message, "severity") === 2) return "error";
  return at(message, "severity") === 1 ? "warning" : "notice";
}
