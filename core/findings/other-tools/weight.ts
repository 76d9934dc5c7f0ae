import type { LintRule, RawFinding, Severity } from "../finding.ts";
import { isOtherToolRule, partsOfRule } from "./rule-id.ts";

/**
 * What is known of another tool's rule: how severe the tool says the finding is, one step more on lines that count as AI,
 * and nothing above error. Null for a finding that is not another tool's.
 */
export function ruleOfOtherTool({ rule, toolSeverity }: RawFinding): LintRule | null {
  if (toolSeverity === undefined || !isOtherToolRule(rule)) return null;
  const { tool, rule: name } = partsOfRule(rule);
  const raised = stepUp[toolSeverity];
  return {
    id: rule,
    title: `${name}, reported by ${tool}`,
    help: `${tool} reports it: its documentation of ${name} says what to do.`,
    confidence: "medium",
    severity: { human: toolSeverity, aiEdited: raised, aiAsIs: raised },
  };
}

/** What the tool itself says, to stand behind the reason for a severity; nothing for our own findings. */
export function saysOtherTool({ rule, toolSeverity }: RawFinding): string {
  return toolSeverity === undefined ? "" : `; ${partsOfRule(rule).tool} says ${toolSeverity}`;
}

const stepUp: Record<Severity, Severity> = { notice: "warning", warning: "error", error: "error" };
