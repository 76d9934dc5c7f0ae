import { inertText } from "../untrusted/index.ts";
import { stepsOfBoundaries } from "./boundary-steps.ts";
import { compareAreas } from "./compare-areas.ts";
import { effectOf } from "./compare-owners.ts";
import { mayEase } from "./compare-parts.ts";
import { compareMode, compareRules } from "./compare-rules.ts";
import { compareBreakGlass, compareWaivers } from "./compare-exceptions.ts";
import { canonicalJson } from "./digest.ts";
import { comparisonLimit, missing, type Effect, type IsWithin } from "./direction.ts";
import { globIsWithin } from "./pattern-within.ts";
import type { Policy, PolicyRule } from "./policy.ts";
import { general, pairs, type PolicyDifference } from "./policy-difference.ts";
import { stepsOfLint } from "./lint-steps.ts";
import { newWork, type Work } from "./work.ts";

/**
 * How the second policy differs from the first: what it loosens first, otherwise rules before the rest. Either may come from
 * whoever opened a pull request: one limit holds for all of it, and beyond that nothing is said to tighten.
 */
export function comparePolicies(before: Policy, after: Policy): PolicyDifference[] {
  const more = [...before.rules, ...after.rules].some(bends) ? "changes" : "tightens";
  const work = newWork(Infinity);
  const found = [...compareRules(before.rules, after.rules, more, work), ...compareRest(before, after, more, work)];
  const isWhole = work.spent <= comparisonLimit;
  const told = isWhole ? found : found.map(unproven);
  const sorted = effects.flatMap((effect) => told.filter((difference) => difference.effect === effect));
  return isWhole ? sorted : [tooDifferent, ...sorted];
}

/** Said before all else. */
const tooDifferent = general(
  "changes",
  "be too different to compare in full, so parts of it are compared by the letter",
);

function unproven(difference: PolicyDifference): PolicyDifference {
  return difference.effect === "tightens" ? { ...difference, effect: "changes" } : difference;
}

const effects = ["loosens", "changes", "tightens"] as const;

/** `more` is what it does that more counts as AI, or lies in an area. */
function compareRest(before: Policy, after: Policy, more: Effect, work: Work): PolicyDifference[] {
  const rules = [...before.rules, ...after.rules];
  return [
    ...compareMode(before.mode, after.mode).map(([effect, says]) => general(effect, `${says}, by default`)),
    ...compareAreas(before.areas, after.areas, { rules, more }, work),
    ...compareProvenance(before.provenance, after.provenance, more, work),
    ...compareBoundaries(before, after, more, work),
    ...compareWaivers(before, after, work),
    ...compareBreakGlass(before.breakGlass, after.breakGlass),
    ...compareOwners(before, after),
    ...stepsOfLint(before.lint, after.lint).map(({ effect, what }) => general(effect, what)),
    ...compareLabels(before, after),
    ...compareSet(before.accept, after.accept, {
      says: (fact) => `let unverified facts loosen a verdict (${fact})`,
      add: "loosens",
      take: more,
    }),
    ...compareFloors(before, after),
  ];
}

/** Whether more that counts as AI, or that lies in an area, may be asked less by a rule. */
function bends({ when, require }: PolicyRule): boolean {
  return mayEase(require) || when?.ai === false || (when !== null && when.if !== null);
}

function compareProvenance(
  before: Policy["provenance"],
  after: Policy["provenance"],
  more: Effect,
  work: Work,
): PolicyDifference[] {
  const marks = ["allow", "warn", "block"] as const;
  const step = marks.indexOf(after.detectedWithoutTrailer) - marks.indexOf(before.detectedWithoutTrailer);
  const kinds = ["tests", "iac", "migrations", "generated"] as const;
  return [
    ...compareSet(before.countsAsAi, after.countsAsAi, {
      says: (verdict) => `count ${verdict} as AI`,
      add: more,
      take: "loosens",
    }),
    ...compareSet(before.exclude, after.exclude, {
      says: (path) => `exclude ${shown(path)} from provenance`,
      add: "loosens",
      take: more,
      isWithin: globIsWithin,
      work,
    }),
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
      { says: (kind) => `count ${kind} as code`, add: more, take: "loosens" },
    ),
  ];
}

/** A file within a boundary always counts as code. */
function compareBoundaries(before: Policy, after: Policy, more: Effect, work: Work): PolicyDifference[] {
  return stepsOfBoundaries(before.forbid, after.forbid, work).map(({ effect, what }) =>
    effect === "loosens"
      ? general(effect, `lift a boundary of agents (\`forbid\`, ${what})`)
      : general(more, `draw a boundary for agents (\`forbid\`, ${what})`),
  );
}

function compareOwners(before: Policy, after: Policy): PolicyDifference[] {
  const ofPolicy = effectOf(before.policyOwners, after.policyOwners);
  const byDefault = effectOf(before.defaultOwners, after.defaultOwners);
  return [
    ...(ofPolicy === null ? [] : [general(ofPolicy, "name other owners of the policy")]),
    ...(byDefault === null ? [] : [general(byDefault, "name other owners of files without one")]),
  ];
}

/** The other labels are for people: no rule asks for them. */
function compareLabels(before: Policy, after: Policy): PolicyDifference[] {
  const [was, is] = [before, after].map(({ labels }) => labels["ai"]);
  return was === is ? [] : [general("changes", "take another label for one that says AI (`labels.ai`)")];
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

interface SetDifferences {
  says: (item: string) => string;
  /** What an item more does, and one less. */
  add: Effect;
  take: Effect;
  isWithin?: IsWithin;
  work?: Work;
}

function compareSet(
  before: readonly string[],
  after: readonly string[],
  { says, add, take, isWithin, work }: SetDifferences,
): PolicyDifference[] {
  return [
    ...missing(after, before, isWithin, work).map((item) => general(add, says(item))),
    ...missing(before, after, isWithin, work).map((item) => general(take, `no longer ${says(item)}`)),
  ];
}

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 140 });
}
