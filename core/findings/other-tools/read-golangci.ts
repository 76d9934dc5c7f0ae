import type { Severity } from "../finding.ts";
import { at, isObject, listAt, textAt } from "./json.ts";
import { badLine, linesOf, refuse, ResultList, type ReadReport } from "./tool-report.ts";

export function isGolangci(json: unknown): boolean {
  if (!isObject(json) || !("Issues" in json)) return false;
  const first = at(json, "Issues", 0);
  return first === undefined
    ? isObject(json["Report"]) || json["Issues"] === null
    : textAt(first, "FromLinter") !== null;
}

/** Reads golangci-lint's JSON. Linters with rules of their own are the tool; of the others the linter is the rule. */
export function readGolangci(json: unknown): ReadReport {
  const results = new ResultList();
  if (textAt(json, "Report", "Error") !== null) results.addGap("it says of itself that the tool's run failed");
  for (const issue of listAt(json, "Issues")) {
    const range = at(issue, "LineRange");
    const start = at(range, "From") ?? at(issue, "Pos", "Line");
    const lines = linesOf(start, at(range, "To"));
    if (lines === undefined) return refuse(badLine);
    const message = textAt(issue, "Text") ?? "";
    results.add({
      ...ruleOf(textAt(issue, "FromLinter"), message),
      ...{ lines, message, path: textAt(issue, "Pos", "Filename") },
      severity: severityOf(textAt(issue, "Severity")),
    });
  }
  return results.done();
}

/** These begin a text with their rule: `G201: SQL string formatting`. */
const withRules = ["gosec", "staticcheck", "stylecheck", "gosimple", "revive", "gocritic"];

function ruleOf(linter: string | null, text: string): { tool: string; rule: string | null } {
  const rule = /^([A-Za-z][A-Za-z0-9-]{1,40}): /.exec(text)?.[1];
  if (linter === null || rule === undefined || !withRules.includes(linter))
    return { tool: "golangci-lint", rule: linter };
  return { tool: linter, rule };
}

function severityOf(severity: string | null): Severity {
  if (severity === null) return "warning";
  const word = severity.toLowerCase();
  if (["error", "high", "critical", "blocker", "major"].includes(word)) return "error";
  return ["info", "note", "notice", "low", "minor"].includes(word) ? "notice" : "warning";
}
