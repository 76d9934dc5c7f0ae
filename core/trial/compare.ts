import type { Reason, RuleResult } from "../policy/index.ts";
import type { Decision } from "../policy/index.ts";
import { isSameName } from "./same-name.ts";
import type { Expectation } from "./written/expectation.ts";

/** One thing that did not come out as it was expected. All text is inert. */
export interface Difference {
  /** The key of the expectation: `decision`, `rules.sensitive-ai-needs-owner.state`. */
  what: string;
  expected: string;
  got: string;
  /** Why it came out so: the reasons of whatever decided it, one a line, those inside indented by two blanks. */
  why: string[];
}

/** What of an expectation a decision does not meet, in the order of the keys; empty when it meets all. */
export function compareDecision(expected: Expectation, decision: Decision): Difference[] {
  const overridden = decision.override?.by ?? "nobody";
  const reviewers = decision.reviewers.map(({ user }) => user);
  return [
    ...scalar("decision", expected.decision, decision.state, () => whyDecided(decision)),
    ...scalar("enforced", expected.enforced, decision.enforced, () => whyDecided(decision)),
    ...Object.entries(expected.rules ?? {}).flatMap(([id, rule]) => compareRule(id, rule, decision)),
    ...(expected.next_steps ?? []).flatMap((step) => missingStep(step, decision)),
    ...pairs("waivers", expected.waivers, Object.fromEntries(decision.waivers.map(({ id, state }) => [id, state]))),
    ...login("overridden_by", expected.overridden_by, overridden),
    ...logins("reviewers", expected.reviewers, reviewers, () => []),
  ];
}

type ExpectedRule = NonNullable<Expectation["rules"]>[string];

function compareRule(id: string, expected: ExpectedRule, decision: Decision): Difference[] {
  const what = (key: string) => `rules.${id}.${key}`;
  const rule = decision.rules.find((other) => other.id === id);
  if (rule === undefined)
    return [{ what: `rules.${id}`, expected: "a rule of the policy", got: "no such rule", why: [] }];
  const why = () => whyRule(rule);
  const union = (key: "stale" | "by") => [...new Set(rule.approvals.flatMap((approval) => approval[key]))];
  return [
    ...scalar(what("state"), expected.state, rule.state, why),
    ...scalar(what("decision"), expected.decision, rule.decision, why),
    ...scalar(what("enforced"), expected.enforced, rule.enforced, why),
    ...pairs(what("missing"), expected.missing, missingIn(rule), why),
    ...logins(what("stale"), expected.stale, union("stale"), why),
    ...logins(what("by"), expected.by, union("by"), why),
    ...lists(what("files"), expected.files, rule.files, why),
    ...lists(what("waivers"), expected.waivers, rule.waivers, why),
  ];
}

/** How many approvals each area still lacks. */
function missingIn({ approvals }: RuleResult): Record<string, number> {
  const open = approvals.filter(({ state }) => ["waiting", "stale", "blocked", "unsatisfiable"].includes(state));
  const lacking = open.map(({ area, have, need }) => [area, need - have] as const);
  return Object.fromEntries(lacking.filter(([, count]) => count > 0));
}

type Why = () => string[];

function scalar(what: string, expected: string | undefined, got: string, why: Why): Difference[] {
  return expected === undefined || expected === got ? [] : [{ what, expected, got, why: why() }];
}

function login(what: string, expected: string | undefined, got: string): Difference[] {
  return expected === undefined || isSameName(expected, got) ? [] : [{ what, expected, got, why: [] }];
}

function logins(what: string, expected: readonly string[] | undefined, got: readonly string[], why: Why): Difference[] {
  const lowered = (names: readonly string[]) => shown(names.map((name) => name.toLowerCase()));
  return expected === undefined || lowered(expected) === lowered(got) ? [] : lists(what, expected, got, why);
}

/** Lists are compared as sets: what is named is all there is. */
function lists(what: string, expected: readonly string[] | undefined, got: readonly string[], why: Why): Difference[] {
  if (expected === undefined) return [];
  const [wanted, found] = [shown(expected), shown(got)];
  return wanted === found ? [] : [{ what, expected: wanted, got: found, why: why() }];
}

function shown(items: readonly string[]): string {
  return `[${[...new Set(items)].sort().join(", ")}]`;
}

function pairs<T extends string | number>(
  what: string,
  expected: Readonly<Record<string, T>> | undefined,
  got: Readonly<Record<string, T>>,
  why: Why = () => [],
): Difference[] {
  if (expected === undefined) return [];
  const asTexts = (record: Readonly<Record<string, T>>) =>
    Object.entries(record).map(([key, value]) => `${key}: ${value}`);
  return lists(what, asTexts(expected), asTexts(got), why);
}

function missingStep(expected: string, { nextSteps }: Decision): Difference[] {
  if (nextSteps.some((step) => step.toLowerCase().includes(expected.toLowerCase()))) return [];
  const got = nextSteps.length === 0 ? "nothing is left to do" : nextSteps.join(" | ");
  return [{ what: "next_steps", expected, got, why: [] }];
}

/** The rules that made the decision what it is. */
function whyDecided({ rules, state, summary }: Decision): string[] {
  const deciding = rules.filter((rule) => rule.decision === state && state !== "pass");
  if (deciding.length === 0) return [...summary];
  return deciding.flatMap((rule) => [`${rule.id}: ${rule.state}`, ...whyRule(rule).map((line) => `  ${line}`)]);
}

function whyRule({ reasons }: RuleResult): string[] {
  return reasons.flatMap((reason) => tree(reason, 0));
}

const deepest = 3;

/** What holds is said once; what does not, with what is inside. */
function tree({ says, state, reasons }: Reason, depth: number): string[] {
  const mark = { yes: "+", no: "-", unknown: "?" }[state];
  const line = `${"  ".repeat(depth)}${mark} ${says}`;
  if (state === "yes" || depth === deepest) return [line];
  return [line, ...reasons.flatMap((inner) => tree(inner, depth + 1))];
}
