import { eventsOf, factsInOrder, type Fact } from "./answer-events.ts";
import { builtInRules } from "./built-in-rules.ts";
import type { ChangeEvent } from "./change-events.ts";
import type { JudgedRule } from "./check-rule.ts";
import { conditions } from "./conditions/index.ts";
import type { ConditionKey, Policy, Require, RequirementKey, When } from "./policy.ts";
import { requirements } from "./requirements/index.ts";

/** After which events the decision of a policy may be another, in the order of the events: for whoever follows a change. */
export function eventsOfPolicy(policy: Policy): ChangeEvent[] {
  return eventsOf(factsOfPolicy(policy));
}

/** What the decision of a policy depends on, and with it those of its floors. */
export function factsOfPolicy(policy: Policy): Fact[] {
  const rules = [...policy.rules, ...builtInRules(policy, notKnownYet)];
  return factsInOrder([
    ...always,
    ...rules.flatMap(factsOfRule),
    ...(hasDates(policy) ? (["asOf"] as const) : []),
    ...(policy.breakGlass === null ? [] : ofBreakGlass),
    ...policy.floors.flatMap((floor) => factsOfPolicy(floor.policy)),
  ]);
}

/** What each key of `when` and `require` reads, by its place in a policy; of `if` all that any expression can. */
export function factsOfKeys(): { path: string; facts: readonly Fact[] }[] {
  const under = (parent: string, table: Readonly<Record<string, { facts: readonly Fact[] }>>) =>
    Object.entries(table).map(([key, { facts }]) => ({ path: `${parent}.${key}`, facts: factsInOrder(facts) }));
  return [...under("rules[].when", conditions), ...under("rules[].require", requirements)];
}

/** A policy is read at the base, decides on nothing less than the whole change, and is guarded where it stands: by an approval. */
const always: readonly Fact[] = ["change", "gateWorkflows", "policyPath", ...requirements.owner_approval.facts];

/** An override has an end, counts for what its giver saw, and only from those whom the policy names. */
const ofBreakGlass = ["asOf", "overrides", "approvals"] as const satisfies readonly Fact[];

/** Which files are guarded makes no difference to what must be known about them. */
const notKnownYet = { gateWorkflows: [], policyPath: null };

function hasDates({ rules, waivers }: Policy): boolean {
  return waivers.length > 0 || rules.some(({ enforceAfter }) => enforceAfter !== null);
}

/** What a rule asks beside its keys is an approval, which is among those of every policy. */
function factsOfRule({ when, require }: JudgedRule): readonly Fact[] {
  const ofWhen = conditionKeys.flatMap((key) => ofCondition(key, when?.[key] ?? null));
  return [...ofWhen, ...requirementKeys.flatMap((key) => ofRequirement(key, require))];
}

const conditionKeys = Object.keys(conditions).filter(isCondition);
const requirementKeys = Object.keys(requirements).filter(isRequirement);

/** The same table, typed so that a key's condition and its question go together. */
const table: {
  [K in ConditionKey]: { facts: readonly Fact[]; factsOf?: (asked: NonNullable<When[K]>) => readonly Fact[] };
} = conditions;

function ofCondition<K extends ConditionKey>(key: K, asked: When[K]): readonly Fact[] {
  const { facts, factsOf } = table[key];
  return asked === null ? [] : (factsOf?.(asked) ?? facts);
}

function ofRequirement(key: RequirementKey, require: Require): readonly Fact[] {
  return require[key] === null ? [] : requirements[key].facts;
}

function isCondition(key: string): key is ConditionKey {
  return Object.hasOwn(conditions, key);
}

function isRequirement(key: string): key is RequirementKey {
  return Object.hasOwn(requirements, key);
}
