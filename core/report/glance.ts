import { count, grouped, ofTotal } from "./numbers.ts";
import { compare, sortedRules } from "./order.ts";
import type { Review } from "./review.ts";
import { aiLines, countBySeverity } from "./rows.ts";
import { severityWords } from "./words.ts";

/** One line of what a reader must know first. The text may hold untrusted parts: a report makes it inert as a whole. */
export interface GlanceLine {
  label: string;
  text: string;
}

/** Who wrote how much, whether tests reach it, what was found, and by which policy: the answer in four lines. */
export function atAGlance(review: Review): GlanceLine[] {
  return [
    { label: "Written by", text: authorshipWords(review) },
    { label: "Tests", text: testsWords(review) },
    { label: "Findings", text: severityWords(countBySeverity(review.findings)) ?? "none" },
    { label: "Policy", text: policyWords(review) },
  ];
}

function authorshipWords(review: Review): string {
  const ai = aiLines(review);
  if (ai.total === 0) return "no lines are added";
  const undeclared = review.provenance.totals.lines.undeclared;
  const silent = undeclared > 0 && !review.countsAsAi.includes("undeclared");
  return [
    `AI, ${ofTotal(ai, "added lines") ?? ""}${ai.covered > 0 ? byTool(review) : ""}`,
    silent ? `${grouped(undeclared)} undeclared` : null,
  ]
    .filter((part) => part !== null)
    .join("; ");
}

/** `: claude-code 201, copilot 120`, most lines first; nothing when no tool is known by name. */
function byTool(review: Review): string {
  const lines = new Map<string, number>();
  for (const { written } of review.change.files) {
    for (const { start, end, writer } of written) {
      if (writer.agent === null || !review.countsAsAi.includes(writer.verdict)) continue;
      lines.set(writer.agent, (lines.get(writer.agent) ?? 0) + end - start + 1);
    }
  }
  const tools = [...lines].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  if (tools.length === 0) return "";
  const named = tools.slice(0, 3).map(([tool, number]) => `${tool} ${grouped(number)}`);
  return `: ${[...named, ...(tools.length > 3 ? [`${tools.length - 3} more tools`] : [])].join(", ")}`;
}

function testsWords(review: Review): string {
  const { patch, byGroup } = review.coverage;
  if (patch.state === "absent") return `unknown: ${patch.reason}`;
  const all = ofTotal(patch.value.lines, "added lines that can run");
  if (all === null) return "no added line can run";
  const ai = ofTotal(byGroup.ai.lines, "by AI");
  return `reach ${all}${ai === null ? "" : `; ${ai}`}`;
}

function policyWords(review: Review): string {
  const { policy, rules } = review.decision;
  const { open, others } = sortedRules(review);
  const applied = rules.length - others.length;
  const held = open.length === 0 ? heldWords(applied) : `${open.length} of ${count(applied, "rule")} not met`;
  const path = policy.path === null ? "" : `, ${policy.path}`;
  const source = policy.source === "default" ? "no policy file, so observe applies" : `${policy.mode}${path}`;
  return `${source}; ${held}`;
}

function heldWords(applied: number): string {
  if (applied === 0) return "no rule applies";
  return applied === 1 ? "the one rule that applies holds" : `all ${applied} rules that apply hold`;
}
