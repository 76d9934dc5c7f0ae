import { decisionStates, type DecisionState, type Reason, type RuleResult } from "./decision.ts";
import { scopeOf } from "./judge.ts";
import type { JudgedChange, Scope } from "./judged.ts";
import { matchFiles, type Match } from "./match-files.ts";
import type { PolicyRule, Require, RequirementKey } from "./policy.ts";
import { listed } from "./recipes.ts";
import type { Outcome } from "./requirement.ts";
import { requirements } from "./requirements/index.ts";

/** What one rule comes to for a change, with its reasons. */
export function checkRule(rule: PolicyRule, change: JudgedChange): RuleResult {
  const match = matchFiles(rule.when, change);
  const about = { id: rule.id, title: rule.title, mode: rule.mode, baseline: null, approvals: [], waivers: [] };
  if (match.state === "no") {
    const reasons = [applies(match, change)];
    return { ...about, state: "not-applicable", decision: "pass", enforced: "pass", files: [], reasons };
  }
  const outcomes = checkAll(rule.require, scopeOf(change, match.files, match.narrowed, rule.when?.area ?? null));
  const enforced = enforcedState(rule, match, outcomes);
  const decision = rule.mode === "enforce" ? enforced : weaker(enforced, "warn");
  const files = match.files.map(({ subject }) => subject.file.path).sort();
  const reasons = [applies(match, change), ...outcomes.map(({ reason }) => reason)];
  return { ...about, state: stateOf(enforced, decision), decision, enforced, files, reasons };
}

/** Under `enforce`, before the rule's own mode weakens it. */
function enforcedState(rule: PolicyRule, match: Match, outcomes: readonly Outcome[]): DecisionState {
  const worst = outcomes.map(({ state }) => weight[state]).reduce(stronger, "pass");
  if (worst === "pass") return "pass";
  if (rule.unmet === "warn") return "warn";
  // Whether the rule applies is not known, and its requirements are not met: that must not pass, nor blame anyone.
  return match.state === "unknown" ? "undecided" : worst;
}

const weight: Readonly<Record<Outcome["state"], DecisionState>> = {
  satisfied: "pass",
  warned: "warn",
  waiting: "needs-approval",
  unsatisfied: "block",
  undecided: "undecided",
};

function stateOf(enforced: DecisionState, decision: DecisionState): RuleResult["state"] {
  if (enforced === "pass") return "satisfied";
  if (enforced === "undecided") return "undecided";
  if (enforced === "needs-approval") return "waiting";
  return decision === "block" ? "unsatisfied" : "warned";
}

function stronger(a: DecisionState, b: DecisionState): DecisionState {
  return decisionStates.indexOf(a) >= decisionStates.indexOf(b) ? a : b;
}

function weaker(a: DecisionState, b: DecisionState): DecisionState {
  return stronger(a, b) === a ? b : a;
}

type Asked<K extends RequirementKey> = NonNullable<Require[K]>;

/** The same table, typed so that a key's requirement and its question go together. */
const table: { [K in RequirementKey]: { check: (asked: Asked<K>, scope: Scope) => Outcome } } = requirements;

function checkAll(require: Require, scope: Scope): Outcome[] {
  return Object.keys(requirements)
    .filter(isRequirementKey)
    .flatMap((key) => checkOne(key, require[key], scope));
}

function isRequirementKey(key: string): key is RequirementKey {
  return Object.hasOwn(requirements, key);
}

function checkOne<K extends RequirementKey>(key: K, asked: Require[K], scope: Scope): Outcome[] {
  return asked === null ? [] : [table[key].check(asked, scope)];
}

function applies({ state, files, narrowed, reasons }: Match, change: JudgedChange): Reason {
  const shown = listed(files.map((file) => file.shown));
  const which = narrowed ? `to ${files.length} of ${change.files.length} files: ${shown}` : "to the whole change";
  const says = {
    yes: `the rule applies ${which}`,
    unknown: `the rule may apply ${which}`,
    no: reasons.every((reason) => reason.state !== "no")
      ? "the rule does not apply: no file meets all its conditions at once"
      : "the rule does not apply",
  };
  return { says: says[state], state, fix: null, reasons };
}
