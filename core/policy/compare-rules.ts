import { modes, type Mode } from "./decision.ts";
import { canonicalJson } from "./digest.ts";
import type { PolicyRule } from "./policy.ts";
import { pairs, type PolicyDifference } from "./policy-difference.ts";

/** How the rules of the second policy differ from those of the first; one of another name is the same rule. */
export function compareRules(before: readonly PolicyRule[], after: readonly PolicyRule[]): PolicyDifference[] {
  const { gone: missing, fresh: added, kept } = pairs(before, after, ({ id }) => id);
  const { gone, fresh, kept: renamed } = pairs(missing, added, bodyOf);
  return [
    ...renamed.map(([one, other]) => ofRule(other, "changes", `rename rule ${one.id} to ${other.id}`)),
    ...gone.map((rule) => ofRule(rule, "loosens", `remove rule ${rule.id}, which asks for ${asked(rule).join(", ")}`)),
    ...kept.flatMap(([one, other]) => compareRule(one, other)),
    ...fresh.map((rule) => ofRule(rule, "tightens", `add rule ${rule.id}, which asks for ${asked(rule).join(", ")}`)),
  ];
}

/** All that a rule is but its name. */
function bodyOf(rule: PolicyRule): string {
  return canonicalJson({ ...rule, id: null, title: null });
}

function compareRule(before: PolicyRule, after: PolicyRule): PolicyDifference[] {
  const where = `in rule ${after.id}`;
  return [
    ...compareKeys(before.require, after.require, {
      gone: (key) => ofRule(after, "loosens", `stop requiring ${key} ${where}`),
      other: (key) => ofRule(after, "changes", `require another ${key} ${where}`),
      fresh: (key) => ofRule(after, "tightens", `also require ${key} ${where}`),
    }),
    ...compareKeys(before.when ?? {}, after.when ?? {}, {
      gone: (key) => ofRule(after, "tightens", `apply rule ${after.id} whatever \`${key}\` says`),
      other: (key) => ofRule(after, "changes", `apply rule ${after.id} under another \`${key}\``),
      fresh: (key) => ofRule(after, "loosens", `apply rule ${after.id} only under a condition \`${key}\``),
    }),
    ...compareMode(before.mode, after.mode).map(([effect, says]) => ofRule(after, effect, `${says} ${where}`)),
    ...compareEnforceAfter(before, after),
  ];
}

/** Whether a mode does less or more than another, and what is done. */
export function compareMode(before: Mode, after: Mode): [PolicyDifference["effect"], string][] {
  if (before === after) return [];
  const effect = modes.indexOf(after) < modes.indexOf(before) ? "loosens" : "tightens";
  return [[effect, `set the mode to ${after}, which is ${before}`]];
}

function compareEnforceAfter(before: PolicyRule, after: PolicyRule): PolicyDifference[] {
  const [was, is] = [before.enforceAfter, after.enforceAfter];
  if (was === is || after.mode === "enforce") return [];
  if (is === null) return [ofRule(after, "loosens", `no longer enforce rule ${after.id} from ${was} on`)];
  const effect = was !== null && is > was ? "loosens" : "tightens";
  return [ofRule(after, effect, `enforce rule ${after.id} from ${is} on${was === null ? "" : `, not from ${was}`}`)];
}

interface KeyDifferences {
  gone: (key: string) => PolicyDifference;
  other: (key: string) => PolicyDifference;
  fresh: (key: string) => PolicyDifference;
}

function compareKeys(before: object, after: object, differences: KeyDifferences): PolicyDifference[] {
  const { gone, fresh, kept } = pairs(keysIn(before), keysIn(after), ([key]) => key);
  const other = kept.filter(([[, one], [, two]]) => canonicalJson(one) !== canonicalJson(two));
  return [
    ...gone.map(([key]) => differences.gone(key)),
    ...other.map(([[key]]) => differences.other(key)),
    ...fresh.map(([key]) => differences.fresh(key)),
  ];
}

function keysIn(parts: object): [string, unknown][] {
  return Object.entries(parts).filter(([, value]) => value !== null && value !== undefined);
}

function asked({ require }: PolicyRule): string[] {
  const keys = keysIn(require).map(([key]) => key);
  return keys.length === 0 ? ["nothing"] : keys;
}

function ofRule({ id }: PolicyRule, effect: PolicyDifference["effect"], says: string): PolicyDifference {
  return { effect, rule: id, says };
}
