import { inertText } from "../untrusted/index.ts";
import { compareMode, compareRules } from "./compare-rules.ts";
import { canonicalJson } from "./digest.ts";
import type { Area, Policy } from "./policy.ts";
import { general, pairs, type PolicyDifference } from "./policy-difference.ts";

/** How the second policy differs from the first: what it loosens first, otherwise rules before the rest. */
export function comparePolicies(before: Policy, after: Policy): PolicyDifference[] {
  const found = [...compareRules(before.rules, after.rules), ...compareRest(before, after)];
  return effects.flatMap((effect) => found.filter((difference) => difference.effect === effect));
}

const effects = ["loosens", "changes", "tightens"] as const;

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

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 140 });
}
