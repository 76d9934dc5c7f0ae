import type { Acceptance, Verdict, Writer } from "../change/authorship.ts";
import type { FunctionChange } from "../coverage/coverage-review.ts";
import type { Ratio } from "../coverage/report.ts";
import type { Severity } from "../findings/finding.ts";
import type { DecisionState, RuleResult } from "../policy/decision.ts";

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

/** What a policy rule came to, as the end of a sentence about it. */
export const ruleStateWords: Record<RuleResult["state"], string> = {
  "not-applicable": "does not apply",
  satisfied: "holds",
  warned: "warns",
  unsatisfied: "does not hold",
  waiting: "waits for approval",
  undecided: "cannot be decided",
};

/** `1 error`, `2 errors`, `1,204 lines`. */
export function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `1204` as `1,204`. Whole numbers only. */
export function grouped(number: number): string {
  const digits = String(Math.abs(number));
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return (number < 0 ? "-" : "") + groups.join(",");
}

/**
 * A ratio as a whole percent, rounded down: `100 %` is said only of all, `0 %` only of none.
 * Null when the total is 0, because nothing was measured.
 */
export function percent({ covered, total }: Ratio): string | null {
  if (total === 0) return null;
  const whole = Math.floor((covered * 100) / total);
  return whole === 0 && covered > 0 ? "<1 %" : `${whole} %`;
}

/** The same with one decimal, for before and after, where a small step must show. */
export function finePercent({ covered, total }: Ratio): string | null {
  if (total === 0) return null;
  const tenths = Math.floor((covered * 1000) / total);
  return tenths === 0 && covered > 0 ? "<0.1 %" : `${(tenths / 10).toFixed(1)} %`;
}

/** A difference of two ratios (-1 to 1) in percentage points: `+0.4`, `−1.2`, `±0.0`. */
export function points(delta: number): string {
  const text = Math.abs(delta * 100).toFixed(1);
  if (text === "0.0") return "±0.0";
  return `${delta < 0 ? "−" : "+"}${text}`;
}

/** `251 of 343 (73 %)`, `251 of 343 added lines (73 %)`; null when there was nothing to measure. */
export function ofTotal(ratio: Ratio, noun = ""): string | null {
  const share = percent(ratio);
  if (share === null) return null;
  return `${grouped(ratio.covered)} of ${grouped(ratio.total)}${noun === "" ? "" : ` ${noun}`} (${share})`;
}

/** Ascending line numbers as ranges, `12–19, 33`; after `most` ranges it says how many lines are left. */
export function lineRanges(lines: readonly number[], most: number): string {
  const ranges = consecutive(lines);
  const shown = ranges.slice(0, most).map(({ start, end }) => (start === end ? `${start}` : `${start}–${end}`));
  const left = ranges.slice(most).reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return shown.join(", ") + (left > 0 ? ` and ${grouped(left)} more` : "");
}

/** Ascending numbers as stretches without a gap. */
export function consecutive(lines: readonly number[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last.end + 1) last.end = line;
    else ranges.push({ start: line, end: line });
  }
  return ranges;
}

/** `agent-assisted, claude-code (claude-opus-4-5), taken as is`. Agent and model are untrusted and stay so. */
export function writerWords(writer: Pick<Writer, "verdict" | "acceptance" | "agent" | "model">): string {
  return [writer.verdict, toolWords(writer), takenWords(writer)].filter((part) => part !== null).join(", ");
}

/** `claude-code (claude-opus-4-5)`, or null when no tool is known. */
export function toolWords({ agent, model }: Pick<Writer, "agent" | "model">): string | null {
  if (agent === null) return model;
  return model === null ? agent : `${agent} (${model})`;
}

/** `taken as is`; null for what no tool wrote, since a person does not accept their own lines. */
export function takenWords({ verdict, acceptance }: Pick<Writer, "verdict" | "acceptance">): string | null {
  const byTool = verdict === "agent-authored" || verdict === "agent-assisted" || verdict === "suggestion";
  return byTool ? acceptanceWords[acceptance] : null;
}

const acceptanceWords: Record<Acceptance, string> = {
  "as-is": "taken as is",
  partial: "taken in part",
  edited: "edited by a person",
  rewritten: "rewritten by a person",
  unstated: "acceptance not stated",
};

/** What the tests do with a function that the change touched. The name is untrusted and stays so. */
export function functionWords({ name, state }: Pick<FunctionChange, "name" | "state">): string {
  return `${name} ${functionStateWords[state]}`;
}

const functionStateWords: Record<FunctionChange["state"], string> = {
  "new-uncalled": "is new, and no test calls it",
  "new-called": "is new, and a test calls it",
  "changed-uncalled": "was changed, and no test calls it",
  "changed-called": "was changed, and a test calls it",
  lost: "was called by a test before, and is not any more",
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
