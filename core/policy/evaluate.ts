import { builtInRules } from "./built-in-rules.ts";
import { checkRule, modeAt, type Exceptions, type RuleCheck } from "./check-rule.ts";
import { decisionStates, type DecisionState, type OverrideUse, type RuleResult, type WaiverUse } from "./decision.ts";
import { judgeAi } from "./ai-judgement.ts";
import { judgeChange } from "./judge.ts";
import type { Vocabulary } from "./judged.ts";
import { overrideInForce } from "./overrides.ts";
import type { Policy, PolicyRule } from "./policy.ts";
import type { Subject } from "./subject.ts";
import { datedWaivers, waiveFindings, waiverUses } from "./waivers.ts";
import { limitFor, newWork, working, type Work } from "./work.ts";

/** What a policy makes of a change, before it is put into words. */
export interface Evaluation {
  state: DecisionState;
  /** What it would be if every rule were enforced. */
  enforced: DecisionState;
  /** The written rules in the order of the file, then the built-in ones; after them the same of each floor. */
  rules: RuleResult[];
  /** Why the reading is not whole; nothing is decided on part of a change. */
  incomplete: string[];
  waivers: WaiverUse[];
  override: OverrideUse | null;
  /** The dated parts that are in force, sorted: the part of the clock that a decision depends on. */
  inForce: string[];
}

/**
 * Judges a change by a policy, and beside it by each of its floors with that floor's own settings. Pure: the policy
 * is an argument, and there is no way in for any other, such as the change's own copy. Rules are independent; the
 * strictest result decides, so a repository can add to a floor and never take from it.
 */
export function evaluate(policy: Policy, subject: Subject, vocabulary: Vocabulary): Evaluation {
  // One limit for all: otherwise a policy could multiply it by naming floors.
  const work = newWork(limitFor(subject.files.length));
  const own = judge(policy, subject, vocabulary, null, work);
  const floors = policy.floors.map((floor) => judge(floor.policy, subject, vocabulary, floor.repo, work));
  const all = [own, ...floors];
  const rules = all.flatMap((judged) => judged.rules);
  const incomplete = gapsIn(subject);
  const least = incomplete.length > 0 ? "undecided" : "pass";
  return {
    state: strictest([least, ...rules.map(({ decision }) => decision)]),
    enforced: strictest([least, ...rules.map(({ enforced }) => enforced)]),
    rules,
    incomplete,
    waivers: all.flatMap((judged) => judged.waivers),
    override: all.find(({ override }) => override !== null)?.override ?? null,
    inForce: all.flatMap((judged) => judged.inForce).sort(),
  };
}

/** The state that weighs most. */
export function strictest(states: readonly DecisionState[]): DecisionState {
  return states.reduce((a, b) => (decisionStates.indexOf(b) > decisionStates.indexOf(a) ? b : a), "pass");
}

type Judged = Pick<Evaluation, "rules" | "waivers" | "override" | "inForce">;

/** What one policy makes of the change: by its own areas, verdicts, dates and exceptions. */
function judge(policy: Policy, given: Subject, vocabulary: Vocabulary, floor: string | null, work: Work): Judged {
  const waivers = datedWaivers(policy, given.asOf);
  // The subject comes weighed for the repository's own policy, which must not make a floor's findings weigh less.
  const weighed = floor === null ? given : vocabulary.weighedBy(given, judgeAi(policy, given, work), policy.lint);
  const { findings, uses } = working(work, "waivers", () => waiveFindings(weighed, waivers, vocabulary, work));
  const subject = { ...weighed, findings };
  const change = judgeChange(policy, subject, vocabulary, work);
  const override = overrideInForce(policy.breakGlass, subject);
  const exceptions: Exceptions = { waivers, override, floor };
  const rules = [...policy.rules, ...builtInRules(policy, subject)];
  const nameOf = ({ id }: PolicyRule) => (floor === null ? id : `${id} of ${floor}`);
  const checks = rules.map((rule) => working(change.work, nameOf(rule), () => checkRule(rule, change, exceptions)));
  const exempted = checks.flatMap(({ exemption }) => exemption.uses);
  return {
    rules: checks.map(({ result }) => result),
    waivers: waiverUses(waivers, [...uses, ...exempted], floor),
    override: overridden(checks) ? shownOverride(override) : null,
    inForce: inForce(policy, exceptions, subject.asOf),
  };
}

/** An override that nothing needs is not told: somebody may have given it before the approvals came. */
function overridden(checks: readonly RuleCheck[]): boolean {
  return checks.some(({ result }) => result.state === "overridden");
}

function shownOverride(override: Exceptions["override"]): OverrideUse | null {
  return override === null ? null : { by: override.by, reason: override.reason, until: override.until };
}

/** `waiver W-12`, `enforce_after provenance-complete`, `override 41`; of a floor with its name in front. */
function inForce(policy: Policy, { waivers, override, floor }: Exceptions, asOf: string): string[] {
  const enforced = policy.rules.filter((rule) => modeAt(rule, asOf) !== rule.mode);
  const parts = [
    ...waivers.filter(({ state }) => state !== "expired").map(({ waiver }) => `waiver ${waiver.id}`),
    ...enforced.map(({ id }) => `enforce_after ${id}`),
    ...(override === null ? [] : [`override ${override.id}`]),
  ];
  return floor === null ? parts : parts.map((part) => `${floor}: ${part}`);
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
