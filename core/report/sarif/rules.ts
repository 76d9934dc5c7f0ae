import type * as Sarif from "sarif";
import type { Finding, LintRule, Severity } from "../../findings/finding.ts";
import { plain } from "../text.ts";

export const sarifLevels: Record<Severity, "error" | "warning" | "note"> = {
  error: "error",
  warning: "warning",
  notice: "note",
};

/** The catalogue in its order, then each rule that only the findings know. */
export function describeRules(
  findings: readonly Finding[],
  lintRules: readonly LintRule[],
): Sarif.ReportingDescriptor[] {
  const known = new Set(lintRules.map((rule) => rule.id));
  const others = new Map(findings.filter(({ rule }) => !known.has(rule)).map((finding) => [finding.rule, finding]));
  return [
    ...lintRules.map((rule) => descriptor(rule, rule.severity.human)),
    ...[...others.values()].map(({ rule, severity, help, confidence }) =>
      descriptor({ id: rule, title: rule, help, confidence }, severity),
    ),
  ];
}

/** GitHub's names for the severities of findings that are about quality ("SARIF support for code scanning"). */
const problemSeverities = { error: "error", warning: "warning", notice: "recommendation" } as const;

function descriptor(
  rule: Pick<LintRule, "id" | "title" | "help" | "confidence">,
  severity: Severity,
): Sarif.ReportingDescriptor {
  const title = plain(rule.title);
  return {
    id: plain(rule.id, 100),
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: plain(rule.help, 1_000) },
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: {
      precision: rule.confidence,
      "problem.severity": problemSeverities[severity],
      tags: ["countersign"],
    },
  };
}
