import { inertText } from "../untrusted/index.ts";
import { modes, type Mode } from "./decision.ts";
import { canonicalJson } from "./digest.ts";
import type { Area, Policy, PolicyRule } from "./policy.ts";

/** One way in which a policy asks for something else than another. */
export interface PolicyDifference {
  /** Whether the second policy asks for less by it, for more, or for something that cannot be weighed against the first. */
  effect: "loosens" | "changes" | "tightens";
  /** The rule that it is about; null for the rest of the policy. */
  rule: string | null;
  /** What the second policy does, to be read after "would": `stop requiring owner_approval in rule x`. Inert. */
  says: string;
}

/** How the second policy differs from the first: what it loosens first, otherwise rules before the rest. */
export function comparePolicies(before: Policy, after: Policy): PolicyDifference[] {
  const found = [...compareRules(before, after), ...compareRest(before, after)];
  return effects.flatMap((effect) => found.filter((difference) => difference.effect === effect));
}

const effects = ["loosens", "changes", "tightens"] as const;

function compareRules(before: Policy, after: Policy): PolicyDifference[] {
  const { gone: missing, fresh: added, kept } = pairs(before.rules, after.rules, ({ id }) => id);
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

function compareMode(before: Mode, after: Mode): [PolicyDifference["effect"], string][] {
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

function compareRest(before: Policy, after: Policy): PolicyDifference[] {
  return [
    ...compareMode(before.mode, after.mode).map(([effect, says]) => general(effect, `${says}, by default`)),
    ...compareAreas(before.areas, after.areas),
    ...compareProvenance(before.provenance, after.provenance),
    ...compareBoundaries(before, after),
    ...compareWaivers(before, after),
    ...compareBreakGlass(before, after),
    ...compareOwners(before, after),
    ...compareSet(before.accept, after.accept, (fact) => `let unverified facts loosen a verdict (${fact})`, "loosens"),
    ...compareFloors(before, after),
  ];
}

function compareAreas(before: readonly Area[], after: readonly Area[]): PolicyDifference[] {
  const { gone, fresh, kept } = pairs(before, after, ({ name }) => name);
  return [
    ...gone.map(({ name }) => general("loosens", `remove area ${name}`)),
    ...kept.flatMap(([one, other]) => compareArea(one, other)),
    ...fresh.map(({ name }) => general("tightens", `add area ${name}`)),
  ];
}

function compareArea(before: Area, after: Area): PolicyDifference[] {
  const { name } = after;
  const { gone, fresh } = pairs(before.paths, after.paths, (path) => path);
  const isExclusion = (path: string) => path.startsWith("!");
  const less = [...gone.filter((path) => !isExclusion(path)), ...fresh.filter(isExclusion)];
  const more = [...fresh.filter((path) => !isExclusion(path)), ...gone.filter(isExclusion)];
  const owners = canonicalJson([before.owners, before.fallback]) !== canonicalJson([after.owners, after.fallback]);
  const silence = [before, after].map(({ undeclaredCountsAsAi }) => undeclaredCountsAsAi);
  return [
    ...less.map((path) => general("loosens", `draw area ${name} smaller (${path})`)),
    ...more.map((path) => general("tightens", `draw area ${name} larger (${path})`)),
    ...(before.tier === after.tier
      ? []
      : [
          general(
            after.tier > before.tier ? "loosens" : "tightens",
            `set area ${name} to tier ${after.tier}, which is ${before.tier}`,
          ),
        ]),
    ...(silence[0] === silence[1]
      ? []
      : [
          general(
            silence[1] === true ? "tightens" : "loosens",
            `${silence[1] === true ? "" : "no longer "}take silence for AI in area ${name}`,
          ),
        ]),
    ...(owners ? [general("changes", `name other owners of area ${name}`)] : []),
  ];
}

function compareProvenance(before: Policy["provenance"], after: Policy["provenance"]): PolicyDifference[] {
  const marks = ["allow", "warn", "block"] as const;
  const step = marks.indexOf(after.detectedWithoutTrailer) - marks.indexOf(before.detectedWithoutTrailer);
  const kinds = ["tests", "iac", "migrations", "generated"] as const;
  return [
    ...compareSet(before.countsAsAi, after.countsAsAi, (verdict) => `count ${verdict} as AI`, "tightens"),
    ...compareSet(before.exclude, after.exclude, (path) => `exclude ${path} from provenance`, "loosens"),
    ...(step === 0
      ? []
      : [
          general(
            step < 0 ? "loosens" : "tightens",
            `${after.detectedWithoutTrailer} what bears a tool's mark and no trailer`,
          ),
        ]),
    ...compareSet(
      kinds.filter((kind) => before.countsAsCode[kind]),
      kinds.filter((kind) => after.countsAsCode[kind]),
      (kind) => `count ${kind} as code`,
      "tightens",
    ),
  ];
}

function compareBoundaries(before: Policy, after: Policy): PolicyDifference[] {
  const { gone, fresh } = pairs(before.forbid, after.forbid, canonicalJson);
  return [
    ...gone.map(() => general("loosens", "lift a boundary of agents (`forbid`)")),
    ...fresh.map(() => general("tightens", "draw a boundary for agents (`forbid`)")),
  ];
}

function compareWaivers(before: Policy, after: Policy): PolicyDifference[] {
  const { gone, fresh, kept } = pairs(before.waivers, after.waivers, ({ id }) => id);
  const changed = kept.filter(([one, other]) => canonicalJson(one) !== canonicalJson(other)).map(([, other]) => other);
  return [
    ...fresh.map(({ id, rule, finding, expires }) =>
      general("loosens", `add waiver ${id} for ${rule ?? finding ?? "nothing"}, until ${expires}`),
    ),
    ...changed.map(({ id, expires }) => general("changes", `change waiver ${id}, which then ends on ${expires}`)),
    ...gone.map(({ id }) => general("tightens", `remove waiver ${id}`)),
  ];
}

function compareBreakGlass({ breakGlass: before }: Policy, { breakGlass: after }: Policy): PolicyDifference[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (before === null) return [general("loosens", "let people use break-glass")];
  return [
    after === null
      ? general("tightens", "let nobody use break-glass")
      : general("changes", "change who may use break-glass, or for how long"),
  ];
}

function compareOwners(before: Policy, after: Policy): PolicyDifference[] {
  const differ = (key: "policyOwners" | "defaultOwners") => canonicalJson(before[key]) !== canonicalJson(after[key]);
  return [
    ...(differ("policyOwners") ? [general("changes", "name other owners of the policy")] : []),
    ...(differ("defaultOwners") ? [general("changes", "name other owners of files without one")] : []),
  ];
}

function compareFloors(before: Policy, after: Policy): PolicyDifference[] {
  const { gone, fresh, kept } = pairs(before.floors, after.floors, ({ repo, path }) => `${repo}:${path}`);
  const moved = kept.filter(([one, other]) => canonicalJson(one) !== canonicalJson(other)).map(([, other]) => other);
  return [
    ...gone.map(({ repo }) => general("loosens", `no longer extend the floor of ${shown(repo)}`)),
    ...moved.map(({ repo }) => general("changes", `extend another version of the floor of ${shown(repo)}`)),
    ...fresh.map(({ repo }) => general("tightens", `extend the floor of ${shown(repo)}`)),
  ];
}

/** `effect` is that of an item more; one less does the opposite. */
function compareSet(
  before: readonly string[],
  after: readonly string[],
  says: (item: string) => string,
  effect: "loosens" | "tightens",
): PolicyDifference[] {
  const { gone, fresh } = pairs(before, after, (item) => item);
  const opposite = effect === "loosens" ? "tightens" : "loosens";
  return [
    ...fresh.map((item) => general(effect, says(item))),
    ...gone.map((item) => general(opposite, `no longer ${says(item)}`)),
  ];
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

function pairs<Item>(before: readonly Item[], after: readonly Item[], key: (item: Item) => string) {
  const old = new Map(before.map((item) => [key(item), item]));
  const now = new Map(after.map((item) => [key(item), item]));
  return {
    gone: before.filter((item) => !now.has(key(item))),
    fresh: after.filter((item) => !old.has(key(item))),
    kept: after.flatMap((item): [Item, Item][] => {
      const other = old.get(key(item));
      return other === undefined ? [] : [[other, item]];
    }),
  };
}

function ofRule({ id }: PolicyRule, effect: PolicyDifference["effect"], says: string): PolicyDifference {
  return { effect, rule: id, says };
}

function general(effect: PolicyDifference["effect"], says: string): PolicyDifference {
  return { effect, rule: null, says };
}

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 140 });
}
