import { verdicts, type Verdict } from "../change/authorship.ts";
import type { Counts, FileCoverageChange, FunctionChange } from "../coverage/coverage-review.ts";
import type { Evidence } from "../evidence.ts";
import type { Ratio } from "../coverage/report.ts";
import { severities, type Finding, type Place, type Severity } from "../findings/finding.ts";
import type { DecisionState, RuleResult } from "../policy/decision.ts";
import type { Review } from "./review.ts";
import { plainPath, shortSha } from "./text.ts";
import { count, finePercent, grouped, ofTotal, severityWords } from "./words.ts";

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

/** What a verdict has in this change. `tests` is null when no coverage report was given. */
export interface VerdictRow {
  verdict: Verdict;
  commits: number;
  lines: number;
  share: Ratio;
  tests: Ratio | null;
}

/** The verdicts that brought a commit or a line, strongest first. */
export function verdictRows(review: Review): VerdictRow[] {
  const { totals } = review.provenance;
  const total = sum(verdicts.map((verdict) => totals.lines[verdict]));
  const measured = review.coverage.patch.state === "present";
  return verdicts
    .filter((verdict) => totals.commits[verdict] > 0 || totals.lines[verdict] > 0)
    .map((verdict) => ({
      verdict,
      commits: totals.commits[verdict],
      lines: totals.lines[verdict],
      share: { covered: totals.lines[verdict], total },
      tests: measured ? review.coverage.byVerdict[verdict].lines : null,
    }));
}

/** Of the added lines, those whose verdict the policy counts as AI. */
export function aiLines(review: Review): Ratio {
  const { lines } = review.provenance.totals;
  return {
    covered: sum(review.countsAsAi.map((verdict) => lines[verdict])),
    total: sum(verdicts.map((verdict) => lines[verdict])),
  };
}

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** The findings by severity, and within one severity in the order given. */
export function mostSevereFirst(findings: readonly Finding[]): Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** Rules that ask for something first, then those that hold; each in the policy's order. Others do not apply. */
export function sortedRules(review: Review): { open: RuleResult[]; holding: RuleResult[]; others: RuleResult[] } {
  const { rules } = review.decision;
  return {
    open: rules.filter((rule) => rule.state !== "satisfied" && rule.state !== "not-applicable"),
    holding: rules.filter((rule) => rule.state === "satisfied"),
    others: rules.filter((rule) => rule.state === "not-applicable"),
  };
}

/** What a rule does to the change, as one or a few words. */
export function consequence(rule: RuleResult): string {
  if (rule.state === "not-applicable") return "does not apply";
  if (rule.decision === "pass" && rule.enforced !== "pass") return `observed, ${enforcedWords[rule.enforced]}`;
  return consequenceWords[rule.decision];
}

/** Files whose tests say something: most uncovered added lines first, then by path. */
export function filesByUncovered(review: Review): FileCoverageChange[] {
  return [...review.coverage.files].sort(
    (a, b) => b.uncoveredAddedLines.length - a.uncoveredAddedLines.length || compare(a.path, b.path),
  );
}

/** Functions that the change touched and no test calls, in the order of their files, then by line. */
export function untestedFunctions(review: Review): { path: string; change: FunctionChange }[] {
  return filesByUncovered(review).flatMap(({ path, functions }) =>
    functions.filter((change) => untestedStates.has(change.state)).map((change) => ({ path, change })),
  );
}

/** States of a function that a test should enter and none does. */
export const untestedStates: ReadonlySet<FunctionChange["state"]> = new Set([
  "new-uncalled",
  "changed-uncalled",
  "lost",
]);

/** Where a finding points, for people: `src/a.ts:12–14`, `src/a.ts`, `commit 1a2b3c4`, `the whole change`. */
export function placeWords(place: Place): string {
  if (place.kind === "change") return "the whole change";
  if (place.kind === "commit") return `commit ${shortSha(place.sha)}`;
  const path = plainPath(place.path);
  if (place.kind === "file") return path;
  return `${path}:${place.start}${place.end > place.start ? `–${place.end}` : ""}`;
}

/** The paths that the change added: they have no before, which is not the same as an unknown one. */
export function newPaths(review: Review): ReadonlySet<string> {
  return new Set(review.change.files.filter((file) => file.status === "added").map((file) => file.path));
}

/** The share of lines that ran, with one decimal; a dash where there is no number, because the page says elsewhere why. */
export function linesPercent(counts: Evidence<Counts>): string {
  return counts.state === "present" ? (finePercent(counts.value.lines) ?? "–") : "–";
}

/** By code unit, so that the order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const consequenceWords: Record<DecisionState, string> = {
  pass: "holds",
  warn: "warns",
  "needs-approval": "needs approval",
  block: "blocks",
  undecided: "cannot be decided",
};

const enforcedWords: Record<DecisionState, string> = {
  pass: "would pass",
  warn: "would warn",
  "needs-approval": "would need approval",
  block: "would block",
  undecided: "would be undecided",
};

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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
