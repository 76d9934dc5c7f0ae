import { compareRequire, compareWhen, requiredKeys } from "./compare-parts.ts";
import { modes, type Mode } from "./decision.ts";
import { canonicalJson } from "./digest.ts";
import type { Effect } from "./direction.ts";
import type { PolicyRule } from "./policy.ts";
import { pairs, type PolicyDifference } from "./policy-difference.ts";
import type { Work } from "./work.ts";

/**
 * How the rules of the second policy differ from those of the first; one of another name is the same rule. `more` is what it
 * does that more counts as AI: a file within a boundary always counts as code.
 */
export function compareRules(
  before: readonly PolicyRule[],
  after: readonly PolicyRule[],
  more: Effect,
  work: Work,
): PolicyDifference[] {
  const { gone: missing, fresh: added, kept } = pairs(before, after, ({ id }) => id);
  const { gone, fresh, kept: renamed } = pairs(missing, added, bodyOf);
  return [
    ...renamed.map(([one, other]) => ofRule(other, "changes", `rename rule ${one.id} to ${other.id}`)),
    ...gone.map((rule) => ofRule(rule, "loosens", `remove rule ${rule.id}, which asks for ${asked(rule)}`)),
    ...kept.flatMap(([one, other]) => compareRule(one, other, more, work)),
    ...fresh.map((rule) =>
      ofRule(
        rule,
        rule.require.forbid === null ? "tightens" : more,
        `add rule ${rule.id}, which asks for ${asked(rule)}`,
      ),
    ),
  ];
}

/** All that a rule is but its name. */
function bodyOf(rule: PolicyRule): string {
  return canonicalJson({ ...rule, id: null, title: null });
}

function compareRule(before: PolicyRule, after: PolicyRule, more: Effect, work: Work): PolicyDifference[] {
  return [
    ...compareRequirements(before, after, more, work),
    ...compareConditions(before, after, work),
    ...compareMode(before.mode, after.mode).map(([effect, says]) =>
      ofRule(after, effect, `${says} in rule ${after.id}`),
    ),
    ...compareEnforceAfter(before, after),
  ];
}

function compareRequirements(before: PolicyRule, after: PolicyRule, more: Effect, work: Work): PolicyDifference[] {
  const amounts = { loosens: "less of", changes: "another", tightens: "more of" } as const;
  return compareRequire(before.require, after.require, work).map(({ key, how, effect, what }) => {
    const says = {
      gone: `stop requiring ${key} in rule ${after.id}`,
      fresh: `also require ${key} in rule ${after.id}`,
      other: `require ${amounts[effect]} ${key} in rule ${after.id} (${what})`,
    };
    return ofRule(after, key === "forbid" && effect === "tightens" ? more : effect, says[how]);
  });
}

function compareConditions(before: PolicyRule, after: PolicyRule, work: Work): PolicyDifference[] {
  const amounts = { loosens: "to less by", changes: "under another", tightens: "to more by" } as const;
  return compareWhen(before, after, work).map(({ key, how, effect, what }) => {
    const says = {
      gone: `apply rule ${after.id} whatever \`${key}\` says`,
      fresh: `apply rule ${after.id} only under a condition \`${key}\``,
      other: `apply rule ${after.id} ${amounts[effect]} \`${key}\` (${what})`,
    };
    return ofRule(after, effect, says[how]);
  });
}

/** Whether a mode does less or more than another, and what is done. */
export function compareMode(before: Mode, after: Mode): [Effect, string][] {
  if (before === after) return [];
  const effect = modes.indexOf(after) < modes.indexOf(before) ? "loosens" : "tightens";
  return [[effect, `set the mode to ${after}, which is ${before}`]];
}

/** Of a rule that is enforced anyway, a day says nothing. */
function compareEnforceAfter(before: PolicyRule, after: PolicyRule): PolicyDifference[] {
  const [was, is] = [before.enforceAfter, after.enforceAfter];
  if (after.mode === "enforce") return [];
  if (before.mode === "enforce")
    return is === null ? [] : [ofRule(after, "loosens", `enforce rule ${after.id} only from ${is} on`)];
  if (was === is) return [];
  if (is === null) return [ofRule(after, "loosens", `no longer enforce rule ${after.id} from ${was} on`)];
  const effect = was !== null && is > was ? "loosens" : "tightens";
  return [ofRule(after, effect, `enforce rule ${after.id} from ${is} on${was === null ? "" : `, not from ${was}`}`)];
}

function asked({ require }: PolicyRule): string {
  return requiredKeys(require).join(", ");
}

function ofRule({ id }: PolicyRule, effect: Effect, says: string): PolicyDifference {
  return { effect, rule: id, area: null, says };
}
