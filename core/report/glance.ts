import { verdicts, type Verdict } from "../change/authorship.ts";
import { aiLinesIn, aiReasonOf, allWritten, countedLines } from "./ai-counts.ts";
import { approvalRows, exceptionWords, reviewerWords } from "./approval-rows.ts";
import { count, grouped, ofTotal, sum } from "./numbers.ts";
import { compare, sortedRules } from "./order.ts";
import type { Review } from "./review.ts";
import { aiLines, findingWords } from "./rows.ts";
import { plainPath } from "./text.ts";

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
    { label: "Findings", text: findingWords(review.findings) ?? "none" },
    { label: "Policy", text: policyWords(review) },
    ...approvalLine(review),
    ...exceptionLine(review),
  ];
}

function approvalLine(review: Review): GlanceLine[] {
  const rows = approvalRows(review);
  if (rows.length === 0) return [];
  const open = rows.filter(({ isOpen }) => isOpen).map(({ approval }) => approval.area);
  const left = open.length === 0 ? "" : `; open: ${open.slice(0, 5).join(", ")}${open.length > 5 ? " and more" : ""}`;
  const who = reviewerWords(review.decision);
  const ask = who === null ? "" : `; fewest to ask: ${who}`;
  return [
    { label: "Approvals", text: `${rows.length - open.length} of ${count(rows.length, "area")} approved${left}${ask}` },
  ];
}

function exceptionLine({ decision }: Review): GlanceLine[] {
  const text = exceptionWords(decision);
  return text === null ? [] : [{ label: "Exceptions", text }];
}

/** Adds up to the lines that were added: AI's by tool, then the others by verdict. */
function authorshipWords(review: Review): string {
  const ai = aiLines(review);
  if (ai.total === 0) return "no lines are added";
  const { byVerdict } = countedLines(review);
  const others = verdicts.flatMap((verdict) => otherWords(review, verdict, byVerdict(verdict)));
  return [`AI, ${ofTotal(ai, "added lines") ?? ""}${ai.covered > 0 ? byTool(review) : ""}`, ...others].join("; ");
}

function otherWords({ countsAsAi }: Review, verdict: Verdict, lines: number): string[] {
  if (lines === 0) return [];
  const why = countsAsAi.includes(verdict) ? " in files that the policy leaves out" : "";
  return [`${grouped(lines)} ${verdict}${why}`];
}

/** `: claude-code 201, copilot 120, 3 by a tool not named`, most lines first; then what counts without a tool, and why. */
function byTool(review: Review): string {
  const tools = [...linesByTool(review)].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  const named = tools.slice(0, 3).map(([tool, number]) => `${tool} ${grouped(number)}`);
  const more = tools.slice(3).map(([, number]) => number);
  const listed = listedSilence(review);
  const { byReason } = countedLines(review);
  const [silent, claimed] = [byReason("silence"), byReason("claim")];
  const unnamed = aiLines(review).covered - listed - silent - claimed - sum(tools.map(([, number]) => number));
  const parts = [
    ...named,
    ...(more.length > 0 ? [`${count(more.length, "more tool")} ${grouped(sum(more))}`] : []),
    ...(unnamed > 0 ? [`${grouped(unnamed)} by a tool not named`] : []),
    ...(listed > 0 ? [`${grouped(listed)} undeclared`] : []),
    ...(silent > 0 ? [`${grouped(silent)} undeclared (nobody declared them, and the area counts silence as AI)`] : []),
    ...(claimed > 0 ? [`${grouped(claimed)} ${claimedToBe(review)} (the area counts that as AI, like silence)`] : []),
  ];
  return `: ${parts.join(", ")}`;
}

/** `human or automation by their word alone`: what the lines say of themselves that count as AI all the same. */
function claimedToBe(review: Review): string {
  const claimed = allWritten(review).filter((stretch) => aiReasonOf(review, stretch) === "claim");
  const said = ["human", "automation", "suggestion"].filter((verdict) =>
    claimed.some(({ writer }) => writer.verdict === verdict),
  );
  return `${said.join(" or ")} by their word alone`;
}

/** Silent lines that count because the policy lists `undeclared`. */
function listedSilence(review: Review): number {
  return aiLinesIn(
    review,
    allWritten(review).filter(({ writer, ai }) => writer.verdict === "undeclared" && ai === undefined),
  );
}

/** The lines that count as AI by the tools that are known by name. Silence names none. */
function linesByTool(review: Review): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const stretch of allWritten(review)) {
    const { start, end, writer } = stretch;
    const counts = aiReasonOf(review, stretch) === "verdict" && writer.verdict !== "undeclared";
    if (writer.agent === null || !counts) continue;
    lines.set(writer.agent, (lines.get(writer.agent) ?? 0) + end - start + 1);
  }
  return lines;
}

function testsWords(review: Review): string {
  const { patch, byGroup, unmeasured } = review.coverage;
  if (patch.state === "absent") return `unknown: ${patch.reason}`;
  const all = ofTotal(patch.value.lines, "added lines that can run");
  const files = unmeasured.length;
  if (all === null) return files === 0 ? "no added line can run" : `unknown: no report measures ${named(unmeasured)}`;
  const ai = ofTotal(byGroup.ai.lines, "by AI");
  const open = files === 0 ? "" : `; ${count(files, "changed file")} not measured`;
  return `reach ${all}${ai === null ? "" : `; ${ai}`}${open}`;
}

function named([first = "", ...rest]: readonly string[]): string {
  return `${plainPath(first)}${rest.length === 0 ? "" : ` and ${count(rest.length, "more file")}`}`;
}

function policyWords(review: Review): string {
  const { policy, rules } = review.decision;
  const { open, excepted, others } = sortedRules(review);
  const applied = rules.length - others.length;
  const met =
    open.length === 0 ? heldWords(applied - excepted.length) : `${open.length} of ${count(applied, "rule")} not met`;
  const held = excepted.length === 0 ? met : `${met}; ${excepted.length} waived or overridden`;
  const path = policy.path === null ? "" : `, ${policy.path}`;
  const source = policy.source === "default" ? "no policy file, so observe applies" : `${policy.mode}${path}`;
  return `${source}; ${held}`;
}

function heldWords(applied: number): string {
  if (applied === 0) return "no rule applies";
  return applied === 1 ? "the one rule that applies holds" : `all ${applied} rules that apply hold`;
}
