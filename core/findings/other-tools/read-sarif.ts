import type { Severity } from "../finding.ts";
import { at, isObject, listAt, textAt } from "./json.ts";
import { sarifPath } from "./sarif-path.ts";
import { badLine, linesOf, refuse, ResultList, type ReadReport, type ToolFinding } from "./tool-report.ts";

export function isSarif(json: unknown): boolean {
  return Array.isArray(at(json, "runs")) || textAt(json, "version")?.startsWith("2.1.") === true;
}

/**
 * Reads SARIF 2.1.0 (OASIS). What the tool suppressed, what is no failure by its `kind`, and what is gone since its own
 * baseline are not counted. A run that did not succeed is a gap.
 */
export function readSarif(json: unknown): ReadReport {
  if (textAt(json, "version")?.startsWith("2.1.") !== true)
    return refuse("it is SARIF of a version other than 2.1.0", "Let the tool write SARIF 2.1.0.");
  if (!Array.isArray(at(json, "runs"))) return refuse("it is SARIF without a list of runs");
  const results = new ResultList();
  for (const run of listAt(json, "runs")) {
    const tool = textAt(run, "tool", "driver", "name") ?? "tool";
    const rules = rulesOf(run);
    for (const gap of gapsOf(run)) results.addGap(gap);
    for (const result of listAt(run, "results")) {
      if (!isCounted(result)) continue;
      const place = at(result, "locations", 0, "physicalLocation");
      const lines = regionLines(at(place, "region"));
      if (lines === undefined) return refuse(badLine);
      const { id, descriptor } = rules(result);
      results.add({
        ...{ tool, rule: id, lines },
        path: sarifPath(run, at(place, "artifactLocation")),
        message: messageOf(result, descriptor),
        severity: levelOf(result, descriptor),
      });
    }
  }
  return results.done();
}

function gapsOf(run: unknown): string[] {
  const failed = listAt(run, "invocations").some((invocation) => at(invocation, "executionSuccessful") === false);
  const elsewhere = listAt(run, "externalPropertyFileReferences", "results").length > 0;
  return [
    ...(failed ? ["it says of itself that the tool's run failed"] : []),
    ...(elsewhere ? ["it keeps results in other files, which are not read"] : []),
  ];
}

function isCounted(result: unknown): boolean {
  if (!isObject(result)) return false;
  if ((textAt(result, "kind") ?? "fail") !== "fail" || at(result, "baselineState") === "absent") return false;
  const suppressions = listAt(result, "suppressions");
  return !suppressions.some((each) => (textAt(each, "status") ?? "accepted") === "accepted");
}

function regionLines(region: unknown): ToolFinding["lines"] | undefined {
  const lines = linesOf(at(region, "startLine"), at(region, "endLine"));
  if (lines === null || lines === undefined) return lines;
  // A region that ends before the first column holds nothing of its last line.
  const isBefore = at(region, "endColumn") === 1 && lines.end > lines.start;
  return isBefore ? { ...lines, end: lines.end - 1 } : lines;
}

interface FoundRule {
  id: string | null;
  /** What the run says of the rule; undefined: nothing. */
  descriptor: unknown;
}

/** Finds a result's rule: by its place in the driver's list or an extension's, or by its id, or by that of its parent. */
function rulesOf(run: unknown): (result: unknown) => FoundRule {
  const components = [at(run, "tool", "driver"), ...listAt(run, "tool", "extensions")];
  const byId = new Map<string, unknown>();
  for (const component of components)
    for (const rule of listAt(component, "rules")) {
      const id = textAt(rule, "id");
      if (id !== null && !byId.has(id)) byId.set(id, rule);
    }
  return (result) => {
    const extension = at(result, "rule", "toolComponent", "index");
    const component = typeof extension === "number" && extension >= 0 ? components[extension + 1] : components[0];
    const index = at(result, "ruleIndex") ?? at(result, "rule", "index");
    const listed = typeof index === "number" ? at(component, "rules", index) : undefined;
    const id = textAt(result, "ruleId") ?? textAt(result, "rule", "id") ?? textAt(listed, "id");
    const named = id === null ? undefined : (byId.get(id) ?? byId.get(id.slice(0, Math.max(0, id.lastIndexOf("/")))));
    return { id, descriptor: listed ?? named };
  };
}

/** `none` says that severity means nothing for it; what is not stated is a warning (3.27.10). */
function levelOf(result: unknown, descriptor: unknown): Severity {
  const level = textAt(result, "level") ?? textAt(descriptor, "defaultConfiguration", "level");
  if (level === "error") return "error";
  return level === "note" || level === "none" ? "notice" : "warning";
}

function messageOf(result: unknown, descriptor: unknown): string {
  const text = textAt(result, "message", "text");
  if (text !== null) return text;
  const id = textAt(result, "message", "id");
  const template = id === null ? null : textAt(descriptor, "messageStrings", id, "text");
  if (template !== null) return filled(template, listAt(result, "message", "arguments"));
  return textAt(descriptor, "shortDescription", "text") ?? "";
}

/** `{0}` stands for the first argument (3.11.5). */
function filled(template: string, args: readonly unknown[]): string {
  return template.slice(0, 4_000).replace(/\{(\d{1,3})\}/g, (all, index: string) => {
    const value = args[Number(index)];
    return typeof value === "string" ? value.slice(0, 200) : all;
  });
}
