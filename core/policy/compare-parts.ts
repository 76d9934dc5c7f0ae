import { conditions } from "./conditions/index.ts";
import type { Compare, Effect, Step } from "./direction.ts";
import type { ConditionKey, PolicyRule, Require, RequirementKey, When } from "./policy.ts";
import { requirements } from "./requirements/index.ts";
import type { Work } from "./work.ts";

/** What became of one key of a rule's `when` or `require`, in one direction. */
export interface PartDifference {
  key: string;
  how: "gone" | "fresh" | "other";
  effect: Effect;
  /** What is different; empty for a key that is gone or fresh. Inert. */
  what: string;
}

/** How what a rule asks for differs. */
export function compareRequire(before: Require, after: Require, work: Work): PartDifference[] {
  return requirementKeys.flatMap((key) => {
    const steps = stepsOfRequirement(key, before[key], after[key], work);
    return differences(key, before[key], after[key], steps, { gone: "loosens", fresh: "tightens" });
  });
}

/**
 * How the conditions differ under which a rule applies. A rule that applies to more asks for more, unless what it asks can be
 * met by more together.
 */
export function compareWhen(before: PolicyRule, after: PolicyRule, work: Work): PartDifference[] {
  const eases = [before, after].some(({ require }) => mayEase(require));
  const [one, other] = [before.when, after.when];
  return conditionKeys.flatMap((key) => {
    const steps = one === null || other === null ? [] : stepsOfCondition(key, one[key], other[key], work);
    const gone = whenTable[key].canFail === true ? "changes" : "tightens";
    const found = differences(key, one?.[key] ?? null, other?.[key] ?? null, steps, { gone, fresh: "loosens" });
    return found.map((each) => (eases && each.effect === "tightens" ? { ...each, effect: "changes" } : each));
  });
}

/** Whether a rule that asks this of more may be met where one that asks it of less is not. */
export function mayEase(require: Require): boolean {
  return requirementKeys.some((key) => easesBy(key, require[key]));
}

/** The keys that are asked, in the order of the list. */
export function requiredKeys(require: Require): RequirementKey[] {
  return requirementKeys.filter((key) => require[key] !== null);
}

/** The same tables, typed so that a key's part and its question go together. */
const whenTable: {
  [K in ConditionKey]: { compare: Compare<NonNullable<When[K]>>; canFail?: true };
} = conditions;
const requireTable: {
  [K in RequirementKey]: {
    compare: Compare<NonNullable<Require[K]>>;
    mayEase?: (asked: NonNullable<Require[K]>) => boolean;
  };
} = requirements;

const conditionKeys = Object.keys(conditions).filter((key): key is ConditionKey => Object.hasOwn(conditions, key));
const requirementKeys = Object.keys(requirements).filter((key): key is RequirementKey =>
  Object.hasOwn(requirements, key),
);

function stepsOfCondition<K extends ConditionKey>(key: K, one: When[K], other: When[K], work: Work): readonly Step[] {
  return one === null || other === null ? [] : whenTable[key].compare(one, other, work);
}

function stepsOfRequirement<K extends RequirementKey>(
  key: K,
  one: Require[K],
  other: Require[K],
  work: Work,
): readonly Step[] {
  return one === null || other === null ? [] : requireTable[key].compare(one, other, work);
}

function easesBy<K extends RequirementKey>(key: K, asked: Require[K]): boolean {
  return asked !== null && (requireTable[key].mayEase?.(asked) ?? false);
}

function differences(
  key: string,
  before: unknown,
  after: unknown,
  steps: readonly Step[],
  { gone, fresh }: { gone: Effect; fresh: Effect },
): PartDifference[] {
  if (before === null && after === null) return [];
  if (after === null) return [{ key, how: "gone", effect: gone, what: "" }];
  if (before === null) return [{ key, how: "fresh", effect: fresh, what: "" }];
  return [...Map.groupBy(steps, ({ effect }) => effect)].map(([effect, same]) => {
    return { key, how: "other", effect, what: same.map(({ what }) => what).join(", ") };
  });
}
