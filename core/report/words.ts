import { isByTool, type Acceptance, type Verdict, type Writer } from "../change/authorship.ts";
import type { Counts } from "../coverage/coverage-review.ts";
import type { Evidence } from "../evidence.ts";
import type { Place, Severity } from "../findings/finding.ts";
import type { DecisionState, RuleResult } from "../policy/decision.ts";
import { count, finePercent } from "./numbers.ts";
import { plainPath, shortSha } from "./text.ts";

/** What a decision is called in a headline. */
export const decisionWords: Record<DecisionState, string> = {
  pass: "Pass",
  warn: "Pass with warnings",
  "needs-approval": "Needs approval",
  block: "Blocked",
  undecided: "Undecided",
};

/** What a verdict means, for a reader who meets the word for the first time. */
export const verdictMeanings: Record<Verdict, string> = {
  "agent-authored": "an agent wrote it",
  "agent-assisted": "a person with an agent",
  suggestion: "an accepted suggestion",
  automation: "a bot or a generator",
  human: "a person, declared",
  undeclared: "nobody said",
};

/** `agent-assisted, claude-code (claude-opus-4-5), taken as is`. Agent and model are untrusted and stay so. */
export function writerWords(writer: Pick<Writer, "verdict" | "acceptance" | "agent" | "model">): string {
  return [writer.verdict, toolWords(writer), takenWords(writer)].filter((part) => part !== null).join(", ");
}

/** `claude-code (claude-opus-4-5)`, or null where no tool wrote. */
export function toolWords({ verdict, agent, model }: Pick<Writer, "verdict" | "agent" | "model">): string | null {
  if (agent === null) return model ?? (isByTool(verdict) ? "a tool we do not know" : null);
  return model === null ? agent : `${agent} (${model})`;
}

/** `taken as is`; null for what no tool wrote, since a person does not accept their own lines. */
export function takenWords({ verdict, acceptance }: Pick<Writer, "verdict" | "acceptance">): string | null {
  return isByTool(verdict) ? acceptanceWords[acceptance] : null;
}

const acceptanceWords: Record<Acceptance, string> = {
  "as-is": "taken as is",
  partial: "taken in part",
  edited: "edited by a person",
  rewritten: "rewritten by a person",
  unstated: "acceptance not stated",
};

/** `3 errors, 4 warnings, 1 notice`, without the kinds that have none; null when there are none at all. */
export function severityWords(counts: Record<Severity, number>): string | null {
  const parts = [
    counts.error > 0 ? count(counts.error, "error") : null,
    counts.warning > 0 ? count(counts.warning, "warning") : null,
    counts.notice > 0 ? count(counts.notice, "notice") : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

/** What a rule does to the change, as one or a few words. */
export function consequence(rule: RuleResult): string {
  if (rule.state === "not-applicable") return "does not apply";
  if (rule.state === "overridden") return "overridden by break-glass";
  if (rule.state === "waived") return `waived (${rule.waivers.join(", ")})`;
  if (rule.decision === "pass" && rule.enforced !== "pass") return `observed, ${enforcedWords[rule.enforced]}`;
  return `${consequenceWords[rule.decision]}${approvalStates[rule.state] ?? ""}`;
}

/** What of an approval is wrong, where that is more than that it is missing. */
const approvalStates: Partial<Record<RuleResult["state"], string>> = {
  stale: ": an approval is stale",
  blocked: ": changes are requested",
  unsatisfiable: ": nobody can approve",
};

/** Where a finding points, for people: `src/a.ts:12–14`, `src/a.ts`, `commit 1a2b3c4`, `the whole change`. */
export function placeWords(place: Place): string {
  if (place.kind === "change") return "the whole change";
  if (place.kind === "commit") return `commit ${shortSha(place.sha)}`;
  const path = plainPath(place.path);
  if (place.kind === "file") return path;
  return `${path}:${place.start}${place.end > place.start ? `–${place.end}` : ""}`;
}

/** The share of lines that ran, with one decimal; a dash where there is no number, because the page says elsewhere why. */
export function linesPercent(counts: Evidence<Counts>): string {
  return counts.state === "present" ? (finePercent(counts.value.lines) ?? "–") : "–";
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
