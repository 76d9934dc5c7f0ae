import { hasCome } from "./dates.ts";
import { decisionStates, type DecisionState, type Mode, type Reason, type RuleResult } from "./decision.ts";
import { findingsIn } from "./findings-in-scope.ts";
import { scopeOf } from "./judge.ts";
import type { JudgedChange, Scope } from "./judged.ts";
import { matchFiles, type Match } from "./match-files.ts";
import type { CountingOverride } from "./overrides.ts";
import type { PolicyRule, Require, RequirementKey } from "./policy.ts";
import { listed } from "./recipes.ts";
import type { Outcome } from "./requirement.ts";
import { requirements } from "./requirements/index.ts";
import { ruleState } from "./rule-state.ts";
import { exemptionFrom, type DatedWaiver, type Exemption } from "./waivers.ts";

/** A rule as it is judged: a written one, or one that comes with the engine and that no waiver reaches. */
export interface JudgedRule extends PolicyRule {
  builtIn?: true;
  /** What it asks beside `require`. */
  asks?: (scope: Scope) => Outcome;
}

/** The exceptions that one policy makes at the instant of reading. */
export interface Exceptions {
  waivers: readonly DatedWaiver[];
  override: CountingOverride | null;
  /** `owner/name` of the floor whose policy it is; null for the repository's own. */
  floor: string | null;
}

/** What one rule comes to, and what its waivers take out of it. */
export interface RuleCheck {
  result: RuleResult;
  exemption: Exemption;
}

/** What one rule comes to for a change, with its reasons. */
export function checkRule(rule: JudgedRule, change: JudgedChange, exceptions: Exceptions): RuleCheck {
  const match = matchFiles(rule.when, change);
  const mode = modeAt(rule, change.subject.asOf);
  const about = { id: rule.id, title: rule.title, mode, floor: exceptions.floor, approvals: [], waivers: [] };
  if (match.state === "no") {
    const passes = { state: "not-applicable", decision: "pass", enforced: "pass" } as const;
    return { result: { ...about, ...passes, files: [], reasons: [applies(match, change)] }, exemption: nothingExempt };
  }
  const waivers = rule.builtIn === true ? [] : exceptions.waivers;
  const exemption = exemptionFrom(rule.id, match.files, waivers, change.work);
  const outcomes = checkAll(rule, match, exemption, change);
  const result = {
    ...about,
    ...consequence(rule, mode, match, outcomes, exemption, exceptions.override),
    files: match.files.map(({ subject }) => subject.file.path).sort(),
    reasons: [
      ...overrideReason(outcomes, exceptions.override),
      applies(match, change),
      ...outcomes.map(({ reason }) => reason),
      ...exemptionReasons(exemption),
    ],
    approvals: approvalsIn(outcomes),
    waivers: waiversOf(rule, match, exemption, change),
  };
  return { result, exemption };
}

/** From the day that `enforce_after` names, a rule is enforced. */
export function modeAt({ mode, enforceAfter }: Pick<PolicyRule, "mode" | "enforceAfter">, asOf: string): Mode {
  return enforceAfter !== null && hasCome(enforceAfter, asOf) ? "enforce" : mode;
}

const nothingExempt: Exemption = { kept: [], isExempt: () => false, whole: false, uses: [] };

type Consequence = Pick<RuleResult, "state" | "decision" | "enforced">;

function consequence(
  rule: JudgedRule,
  mode: Mode,
  match: Match,
  outcomes: readonly Outcome[],
  { whole }: Exemption,
  override: CountingOverride | null,
): Consequence {
  const enforced = enforcedState(rule, match, outcomes, whole);
  if (enforced === "pass") return { state: whole ? "waived" : "satisfied", decision: "pass", enforced };
  if (override !== null) return { state: "overridden", decision: "pass", enforced: "pass" };
  const decision = mode === "enforce" ? enforced : "warn";
  return { state: ruleState(enforced, decision, outcomes), decision, enforced };
}

/** Under `enforce`, before the rule's own mode weakens it. */
function enforcedState(rule: PolicyRule, match: Match, outcomes: readonly Outcome[], isWaived: boolean): DecisionState {
  // An expression that fails is never true or false: its rule is open, whatever it asks for.
  const least = match.failed && !isWaived ? "undecided" : "pass";
  const met = outcomes.map(({ state }) => outcomeWeight[state]).reduce(stronger, "pass");
  const worst = met === "pass" ? least : met;
  if (worst === "pass") return "pass";
  if (rule.unmet === "warn") return "warn";
  // Whatever is not known, an expression that fails apart: the rule asks for no more than a warning.
  if (worst === "warn" && !match.failed) return "warn";
  // Whether the rule applies is not known, and its requirements are not met: that must not pass, nor blame anyone.
  return match.state === "unknown" ? "undecided" : worst;
}

const outcomeWeight: Readonly<Record<Outcome["state"], DecisionState>> = {
  satisfied: "pass",
  warned: "warn",
  waiting: "needs-approval",
  unsatisfied: "block",
  undecided: "undecided",
};

function stronger(a: DecisionState, b: DecisionState): DecisionState {
  return decisionStates.indexOf(a) >= decisionStates.indexOf(b) ? a : b;
}

type Asked<K extends RequirementKey> = NonNullable<Require[K]>;

/** The same table, typed so that a key's requirement and its question go together. */
const table: { [K in RequirementKey]: { check: (asked: Asked<K>, scope: Scope) => Outcome } } = requirements;

/** Waived files leave the scope of everything but credentials: nothing exempts one, whichever requirement counts it. */
function checkAll(rule: JudgedRule, match: Match, exemption: Exemption, change: JudgedChange): Outcome[] {
  const all = scopeOf(change, match.files, match.narrowed, rule.when?.area ?? null);
  const left = exemption.kept.length === match.files.length ? all : scopeWithout(all, exemption);
  const scopes = {
    secrets: all,
    findings: exemption.whole ? withFindings(all, null) : left === all ? all : withFindings(all, left),
  };
  const outcomes = Object.keys(requirements)
    .filter(isRequirementKey)
    .flatMap((key) => {
      const scope = key === "secrets" || key === "findings" ? scopes[key] : exemption.whole ? null : left;
      return scope === null ? [] : checkOne(key, rule.require[key], scope);
    });
  return [...outcomes, ...(rule.asks === undefined || exemption.whole ? [] : [rule.asks(left)])];
}

/** Of all findings those that are left, and every credential; null when nothing is left and there is none. */
function withFindings(all: Scope, left: Scope | null): Scope | null {
  const { subject, vocabulary } = all.change;
  const kept = new Set(left === null ? [] : findingsIn(left));
  const findings = findingsIn(all).filter((finding) => kept.has(finding) || vocabulary.isSecretRule(finding.rule));
  if (left === null && findings.length === 0) return null;
  const paths = new Set(left?.files.map((file) => file.subject.file.path));
  const notAnalysed = subject.notAnalysed.filter(({ path, anyFile }) => (anyFile ? left !== null : paths.has(path)));
  return { ...all, change: { ...all.change, subject: { ...subject, findings, notAnalysed } } };
}

/** The scope of some of its files. What concerns no file stays in it; a commit that touched only others does not. */
function scopeWithout(all: Scope, { kept, isExempt }: Exemption): Scope {
  const left = scopeOf(all.change, kept, all.narrowed, all.namedAreas);
  const ofKept = new Set(kept.flatMap(({ subject }) => subject.commits));
  const ofAny = new Set(all.files.flatMap(({ subject }) => subject.commits));
  const commits = left.commits.filter(({ commit }) => ofKept.has(commit.sha) || !ofAny.has(commit.sha));
  return { ...left, commits, isExempt, narrowed: true };
}

function isRequirementKey(key: string): key is RequirementKey {
  return Object.hasOwn(requirements, key);
}

function checkOne<K extends RequirementKey>(key: K, asked: Require[K], scope: Scope): Outcome[] {
  return asked === null ? [] : [table[key].check(asked, scope)];
}

function approvalsIn(outcomes: readonly Outcome[]): RuleResult["approvals"] {
  const approvals = outcomes.flatMap((outcome) => outcome.approvals ?? []);
  return approvals.sort((a, b) => (a.area < b.area ? -1 : a.area > b.area ? 1 : 0));
}

/** The waivers in force that took something out of this rule: files, or findings that it counts. */
function waiversOf(rule: JudgedRule, match: Match, { uses, kept }: Exemption, change: JudgedChange): string[] {
  const ofFiles = uses.filter(({ state }) => state !== "expired").map(({ waiver }) => waiver.id);
  const asksOfFindings = rule.require.findings !== null;
  const found = asksOfFindings ? findingsIn(scopeOf(change, kept, match.narrowed)) : [];
  const ofFindings = found.flatMap(({ waivedBy }) => waivedBy ?? []);
  return [...new Set([...ofFiles, ...ofFindings])].sort();
}

function exemptionReasons({ uses }: Exemption): Reason[] {
  return uses.map(({ waiver: { id, owner, reason, expires }, state, exempts }) => {
    const which = listed([...exempts]);
    const says =
      state === "expired"
        ? `waiver ${id} ended on ${expires} and no longer exempts ${which}: ${reason}`
        : `waiver ${id} of ${owner} exempts ${which} until ${expires}: ${reason}`;
    return { says, state: state === "expired" ? "no" : "yes", fix: null, reasons: [] };
  });
}

function overrideReason(outcomes: readonly Outcome[], override: CountingOverride | null): Reason[] {
  if (override === null || outcomes.every(({ state }) => state === "satisfied")) return [];
  const says = `${override.by} used break-glass, until ${override.until}: ${override.reason}`;
  return [{ says, state: "yes", fix: null, reasons: [] }];
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
