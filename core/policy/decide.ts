import type { AreaApproval } from "../ownership/approval.ts";
import { outcomeState } from "./approval-outcome.ts";
import type { Decision, DecisionState, Reason, RuleResult } from "./decision.ts";
import { decisionStates } from "./decision.ts";
import { digestOf } from "./digest.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";
import type { Vocabulary } from "./judged.ts";
import type { Policy } from "./policy.ts";
import { listed } from "./recipes.ts";
import type { Subject } from "./subject.ts";

/** What a decision is made from. All of it comes from the base, the engine and the facts; none of it from the change's own policy. */
export interface DecisionInput {
  policy: Policy;
  /** Where the policy was found. */
  source: Pick<Decision["policy"], "source" | "path" | "commit">;
  subject: Subject;
  vocabulary: Vocabulary;
  engine: Decision["engine"];
  /** sha256 of the facts without `asOf`. */
  factsDigest: string;
}

/** The decision about a change, with its reasons in words and what to do next. Pure: equal input gives equal output. */
export function decide({ policy, source, subject, vocabulary, engine, factsDigest }: DecisionInput): Decision {
  const evaluation = evaluate(policy, subject, vocabulary);
  const digest = digestOf(policy);
  return {
    state: evaluation.state,
    enforced: evaluation.enforced,
    summary: summarise(evaluation, source.source),
    rules: evaluation.rules,
    nextSteps: nextSteps(evaluation),
    waivers: evaluation.waivers,
    override: evaluation.override,
    reviewers: subject.approvals.smallestSet(openApprovals(evaluation.rules)),
    inForce: evaluation.inForce,
    policy: { ...source, mode: policy.mode, digest },
    factsDigest,
    engine,
    evaluationId: digestOf({ engine, policy: digest, facts: factsDigest, inForce: evaluation.inForce }),
  };
}

/** The areas whose approval is open and would change something. */
function openApprovals(rules: readonly RuleResult[]): AreaApproval[] {
  const open = rules.filter(({ enforced }) => enforced !== "pass").flatMap(({ approvals }) => approvals);
  return open.filter((approval) => !["satisfied", "undecided"].includes(outcomeState(approval)));
}

function summarise(evaluation: Evaluation, source: Decision["policy"]["source"]): string[] {
  const byWeight = sortedByWeight(evaluation.rules);
  return [
    ...evaluation.incomplete.map(
      (reason) => `The change was not read whole, and nothing is decided on a part: ${reason}.`,
    ),
    ...overrideSentence(evaluation),
    ...byWeight.filter(({ decision }) => decision !== "pass").map(ruleSentence),
    ...(evaluation.state === "pass" ? passSentences(evaluation.rules) : []),
    ...waiverSentence(evaluation.rules),
    ...(source === "default" ? ["No policy file was found, so the built-in `observe` policy applies."] : []),
  ];
}

/** Stands before everything that was decided: the change merges although the policy says that it should not. */
function overrideSentence({ override, rules }: Evaluation): string[] {
  if (override === null) return [];
  const ids = rules.filter(({ state }) => state === "overridden").map(nameOf);
  const held = ids.length === 1 ? "is not met and does" : "are not met and do";
  return [
    `Break-glass: ${override.by} overrides the policy until ${override.until} (${withoutStop(override.reason)}): ${listed(ids)} ${held} not hold the change up.`,
  ];
}

function waiverSentence(rules: readonly RuleResult[]): string[] {
  const waived = rules.filter(({ state }) => state === "waived");
  if (waived.length === 0) return [];
  return [`Waived for now: ${listed(waived.map((rule) => `${nameOf(rule)} (${rule.waivers.join(", ")})`))}.`];
}

/** A floor's rule is named with its repository: nobody finds it in the file at hand. */
function nameOf({ id, floor }: RuleResult): string {
  return floor === null ? id : `${id} of ${floor}`;
}

function ruleSentence(rule: RuleResult): string {
  const { title, decision, reasons, approvals } = rule;
  const whole = new Set(approvals.map(({ says }) => says));
  // Where all else is met, its expression fails for some of the files, which the first reason tells.
  const why = reasons.find(({ state }) => state !== "yes") ?? reasons[0]!;
  return `${nameOf(rule)} ${verbs[decision]} (${title}): ${withoutStop(tellingReason(why, whole).says)}.`;
}

/** Whether it is not known that the rule applies. What it asks for is then nobody's fault, and no work for the author. */
function isOpen({ reasons }: RuleResult): boolean {
  return reasons[0]?.state === "unknown";
}

/** A finding's message is a sentence already. */
function withoutStop(sentence: string): string {
  return sentence.endsWith(".") ? sentence.slice(0, -1) : sentence;
}

/**
 * Where just one thing is missing, that thing says more than the heading above it. What stands in `whole` is told as it
 * is: the one approval that was considered does not say which area waits.
 */
function tellingReason(reason: Reason, whole: ReadonlySet<string>): Reason {
  const open = reason.reasons.filter(({ state }) => state !== "yes");
  return open.length === 1 && !whole.has(reason.says) ? tellingReason(open[0]!, whole) : reason;
}

const verbs: Readonly<Record<DecisionState, string>> = {
  pass: "passes",
  warn: "warns",
  "needs-approval": "needs an approval",
  block: "blocks",
  undecided: "cannot be decided",
};

/** What is waived or overridden is told apart, and is not met. */
function passSentences(rules: readonly RuleResult[]): string[] {
  const applied = rules.filter(({ state }) => state !== "not-applicable");
  const met = applied.filter(({ state }) => state === "satisfied").length;
  if (applied.length === 0) return ["No rule of the policy applies to this change."];
  if (met < applied.length) return met === 0 ? [] : [`${met} of ${applied.length} rules that apply are met.`];
  return [met === 1 ? "The one rule that applies is met." : `All ${met} rules that apply are met.`];
}

/** The fixes of everything that is not met, most important rule first, each once. */
function nextSteps({ rules, incomplete, override }: Evaluation): string[] {
  const read =
    incomplete.length > 0 ? ["Read the change whole first: fetch the missing history, or split the change."] : [];
  const open = sortedByWeight(rules).filter(({ enforced }) => enforced !== "pass");
  const steps = open.flatMap((rule) =>
    (isOpen(rule) ? rule.reasons.slice(0, 1) : rule.reasons).flatMap(fixesIn).map((fix) => `${nameOf(rule)}: ${fix}`),
  );
  const after =
    override === null
      ? []
      : ["Afterwards: have what break-glass let through looked at, and meet the rules that it names."];
  return inOneRebase([...new Set([...read, ...steps, ...after])]);
}

/** Amending gives commits new ids, and the ids in a later recipe are then gone: all rebases are one. */
function inOneRebase(steps: readonly string[]): string[] {
  return steps.map((step, index) => {
    const before = steps.slice(0, index);
    if (!step.includes(rebaseCommand)) return step;
    const rebased = before.findIndex((other) => other.includes(rebaseCommand)) + 1;
    if (rebased > 0) return `${step} Do it in the same rebase as step ${rebased}: afterwards these ids are gone.`;
    const amended = before.findIndex((other) => other.includes(amendCommand)) + 1;
    return amended > 0 ? `${step} Since step ${amended} the last commit has another id.` : step;
  });
}

const rebaseCommand = "`git rebase -i";
const amendCommand = "`git commit --amend";

/** A rule applies to some files, and beneath that stands what to mend where its expression fails for another. */
function fixesIn({ state, fix, reasons }: Reason): string[] {
  return [...(state === "yes" || fix === null ? [] : [fix]), ...reasons.flatMap(fixesIn)];
}

/** What holds the change up comes first, then what would if it were enforced; otherwise the order of the policy. */
function sortedByWeight(rules: readonly RuleResult[]): RuleResult[] {
  const rank = (state: DecisionState) => decisionStates.indexOf(state);
  return rules.toSorted((a, b) => rank(b.decision) - rank(a.decision) || rank(b.enforced) - rank(a.enforced));
}
