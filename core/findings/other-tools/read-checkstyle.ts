import type { Severity } from "../finding.ts";
import { badLine, linesOf, refuse, ResultList, type ReadReport } from "./tool-report.ts";
import { xmlTags, type Tag } from "./xml-tags.ts";

export function isCheckstyle(head: string): boolean {
  return /<checkstyle[\s>/]/.test(head);
}

/**
 * Reads checkstyle's XML, which many tools write: `<file name="…"><error line="3" severity="error" message="…" source="…"/>`.
 * `severity="ignore"` is not counted. The format names no tool, but most write theirs into `source`.
 */
export function readCheckstyle(text: string): ReadReport {
  const results = new ResultList();
  let path: string | null = null;
  let isWhole = false;
  for (const tag of xmlTags(text)) {
    if (tag === "refused")
      return refuse("it has a document type, which could define anything", "Leave out the DOCTYPE.");
    if (tag === "broken") return refuse("the XML ends in the middle of a tag", cutShort);
    const ends = tag.closes || tag.isEmpty;
    if (tag.name === "checkstyle") isWhole = ends;
    if (tag.name === "file") path = ends ? null : (tag.attributes.get("name") ?? null);
    if (tag.name !== "error" || tag.closes || tag.attributes.get("severity") === "ignore") continue;
    const lines = linesOf(numberOf(tag, "line"), null);
    if (lines === undefined) return refuse(badLine);
    results.add({
      ...ruleOf(tag.attributes.get("source") ?? ""),
      ...{ path, lines, message: tag.attributes.get("message") ?? "" },
      severity: severities.get(tag.attributes.get("severity")?.toLowerCase() ?? "") ?? "warning",
    });
  }
  return isWhole ? results.done() : refuse("the XML ends before its last element does", cutShort);
}

const cutShort = "It may have been cut short: write it again.";

const severities = new Map<string, Severity>([
  ["error", "error"],
  ["warning", "warning"],
  ["info", "notice"],
]);

/** Not a number where the text is none, which no line is. */
function numberOf({ attributes }: Tag, name: string): number | null {
  const written = attributes.get(name)?.trim() ?? "";
  if (written === "") return null;
  return /^-?\d{1,12}$/.test(written) ? Number(written) : NaN;
}

/** How tools write themselves into `source`. */
function ruleOf(source: string): { tool: string; rule: string | null } {
  const text = source.slice(0, 300);
  if (text.startsWith("com.puppycrawl.tools.checkstyle.")) {
    const name = text.slice(text.lastIndexOf(".") + 1);
    return { tool: "checkstyle", rule: name.endsWith("Check") ? name.slice(0, -"Check".length) : name };
  }
  const [, tool, rule] = /^([A-Za-z][A-Za-z0-9-]{0,30})\.rules\.(.+)$/.exec(text) ?? [];
  if (tool !== undefined && rule !== undefined) return { tool, rule };
  if (/^[A-Za-z][A-Za-z0-9-]{0,30}\([^()]+\)$/.test(text)) return { tool: "oxlint", rule: text };
  const [, linter, code] = /^([A-Za-z]{2,30})\.([A-Z]{1,5}\d{1,6})$/.exec(text) ?? [];
  if (linter !== undefined && code !== undefined) return { tool: linter, rule: code };
  return { tool: "checkstyle", rule: text === "" ? null : text };
}
