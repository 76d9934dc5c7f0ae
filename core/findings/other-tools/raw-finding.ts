import { createHash } from "node:crypto";
import { inertText, redact } from "../../untrusted/index.ts";
import type { RawFinding } from "../finding.ts";
import { otherToolRule } from "./rule-id.ts";
import type { ToolFinding } from "./tool-report.ts";

/** Another tool's result as a finding, on a file of the tree that is known. Its text is inert and redacted. */
export function rawFinding(found: ToolFinding, path: string): RawFinding {
  const { tool, rule: name, lines, severity } = found;
  const rule = otherToolRule(tool, name);
  const message = inertText(redact(found.message), { maxGraphemes: longestMessage }).trim();
  return {
    rule,
    place: lines === null ? { kind: "file", path } : { kind: "lines", path, ...lines },
    message: message === "" ? `${rule} was reported.` : message,
    identity: identityOf(message),
    toolSeverity: severity,
  };
}

const longestMessage = 400;

/** 16 hex digits of a message in which every number is the same: numbers are mostly lines and counts, which move. */
function identityOf(message: string): string {
  const words = message.toLowerCase().replace(/\d+/g, "0").replace(/\s+/g, " ");
  return createHash("sha256").update(words).digest("hex").slice(0, 16);
}
