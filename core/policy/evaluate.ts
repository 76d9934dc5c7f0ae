import { builtInRules } from "./built-in-rules.ts";
import { checkRule } from "./check-rule.ts";
import { decisionStates, type DecisionState, type RuleResult } from "./decision.ts";
import { judgeChange } from "./judge.ts";
import type { Vocabulary } from "./judged.ts";
import type { Policy } from "./policy.ts";
import type { Subject } from "./subject.ts";

/** What a policy makes of a change, before it is put into words. */
export interface Evaluation {
  state: DecisionState;
  /** What it would be if every rule were enforced. */
  enforced: DecisionState;
  /** The written rules in the order of the file, then the built-in ones. */
  rules: RuleResult[];
  /** Why the reading is not whole; nothing is decided on part of a change. */
  incomplete: string[];
}

/**
 * Judges a change by a policy. Pure: the policy is an argument, and there is no way in for any other, such as the
 * change's own copy. Rules are independent; the strictest result decides.
 */
export function evaluate(policy: Policy, subject: Subject, vocabulary: Vocabulary): Evaluation {
  const change = judgeChange(policy, subject, vocabulary);
  const rules = [...policy.rules, ...builtInRules(policy)].map((rule) => checkRule(rule, change));
  const incomplete = gapsIn(subject);
  const floor = incomplete.length > 0 ? "undecided" : "pass";
  return {
    state: strictest([floor, ...rules.map(({ decision }) => decision)]),
    enforced: strictest([floor, ...rules.map(({ enforced }) => enforced)]),
    rules,
    incomplete,
  };
}

/** The state that weighs most. */
export function strictest(states: readonly DecisionState[]): DecisionState {
  return states.reduce((a, b) => (decisionStates.indexOf(b) > decisionStates.indexOf(a) ? b : a), "pass");
}

/** A reading that contradicts itself is no more whole than one that says so. */
function gapsIn({ change, provenance, files }: Subject): string[] {
  const known = new Set(provenance.commits.map(({ sha }) => sha));
  const commits = new Set(change.commits.map(({ sha }) => sha));
  const silent = change.commits.filter(({ sha }) => !known.has(sha)).length;
  const strange = new Set(files.flatMap((file) => file.commits.filter((sha) => !commits.has(sha)))).size;
  return [
    ...change.incomplete,
    ...(silent > 0 ? [`commits whose provenance was not read: ${silent}`] : []),
    ...(strange > 0 ? [`commits that touched files and are not among those of the change: ${strange}`] : []),
    ...(files.length === change.files.length
      ? []
      : [`files that were judged: ${files.length} of ${change.files.length}`]),
  ];
}
