import { redact } from "../../untrusted/index.ts";

/**
 * The id of another tool's rule: `<tool>/<rule>`, as `eslint/no-eval`, `ruff/S608`, `codeql/js/sql-injection`. The tool in
 * lower case; of the rule letters, digits and `@._/-` stay. No lint rule of ours has a slash.
 */
export function otherToolRule(tool: string, rule: string | null): string {
  const id = `${cleanTool(tool)}/${cleanRule(rule ?? "")}`;
  return redact(id) === id ? id : "tool/unnamed";
}

/** Whether this is written as the id of another tool's rule. */
export function isOtherToolRule(id: string): boolean {
  return id.length <= longestId && /^[a-z0-9][a-z0-9-]*\/[A-Za-z0-9@][A-Za-z0-9@._/-]*$/.test(id);
}

/** The tool that a rule's id names, and the rest. */
export function partsOfRule(id: string): { tool: string; rule: string } {
  const slash = id.indexOf("/");
  return { tool: id.slice(0, slash), rule: id.slice(slash + 1) };
}

const longestTool = 30;
const longestRule = 69;
const longestId = longestTool + 1 + longestRule;

function cleanTool(name: string): string {
  const words = name
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((word) => word !== "");
  const clean = words.join("-").slice(0, longestTool) || "tool";
  return otherNames.get(clean) ?? clean;
}

/** What some tools call themselves in one of their formats. */
const otherNames = new Map([
  ["semgrep-oss", "semgrep"],
  ["semgrep-pro", "semgrep"],
  ["semgrep-pro-engine", "semgrep"],
  ["typescript", "tsc"],
  ["oxc", "oxlint"],
]);

/** Oxlint writes `eslint(no-eval)`, and `typescript(no-explicit-any)` for a plugin's rule. */
function withoutBrackets(name: string): string {
  const [, plugin = "", rule] = /^([A-Za-z][A-Za-z0-9-]{0,30})\(([^()]+)\)$/.exec(name) ?? [];
  if (rule === undefined) return name;
  return plugin === "eslint" ? rule : `${plugin}/${rule}`;
}

function cleanRule(name: string): string {
  const clean = withoutBrackets(name.slice(0, 1_000)).replace(/[^A-Za-z0-9@._/-]/g, "-");
  let start = 0;
  while (start < clean.length && "._/-".includes(clean.charAt(start))) start += 1;
  let end = Math.min(clean.length, start + longestRule);
  while (end > start && "._/-".includes(clean.charAt(end - 1))) end -= 1;
  return clean.slice(start, end) || "unnamed";
}
