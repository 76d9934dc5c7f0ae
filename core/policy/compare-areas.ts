import { compareOwners } from "./compare-owners.ts";
import { stepsOfPatterns, type Effect } from "./direction.ts";
import type { Area, PolicyRule } from "./policy.ts";
import { pairs, type PolicyDifference } from "./policy-difference.ts";
import type { Work } from "./work.ts";

/**
 * How the areas differ, for policies with these rules. `more` is what it does that a file lies in an area more: an owner who
 * is named in place of CODEOWNERS, a rule for other tiers and a share that is asked for may each come to less by it.
 */
export function compareAreas(
  before: readonly Area[],
  after: readonly Area[],
  { rules, more }: { rules: readonly PolicyRule[]; more: Effect },
  work: Work,
): PolicyDifference[] {
  const { gone, fresh, kept } = pairs(before, after, ({ name }) => name);
  const grows = (area: Area) => (replacesOwners(area, rules) ? "changes" : more);
  return [
    ...gone.map((area) => ofArea(area, "loosens", `remove area ${area.name}`)),
    ...kept.flatMap(([one, other]) => [
      ...comparePaths(one, other, grows(other), work),
      ...compareTier(one, other, { rules, more }),
      ...compareSilence(one, other, more),
      ...compareOwners(one, other).map((effect) => ofArea(other, effect, `name other owners of area ${other.name}`)),
    ]),
    ...fresh.map((area) => ofArea(area, grows(area), `add area ${area.name}`)),
  ];
}

/** Whether owners of the area approve what the owners in CODEOWNERS did. */
function replacesOwners({ owners, fallback }: Area, rules: readonly PolicyRule[]): boolean {
  const namesSomebody = owners !== "codeowners" || fallback !== null;
  return namesSomebody && rules.some(({ require }) => require.owner_approval !== null);
}

function comparePaths(before: Area, after: Area, grows: Effect, work: Work): PolicyDifference[] {
  return stepsOfPatterns(before.paths, after.paths, work).map(({ effect, what }) =>
    effect === "loosens"
      ? ofArea(after, effect, `draw area ${after.name} smaller (${what})`)
      : ofArea(after, grows, `draw area ${after.name} larger (${what})`),
  );
}

/** A file that comes to a stricter tier may count as AI where it did not, and leave the rules for its old tier. */
function compareTier(
  before: Area,
  after: Area,
  { rules, more }: { rules: readonly PolicyRule[]; more: Effect },
): PolicyDifference[] {
  if (before.tier === after.tier) return [];
  const leaves = rules.some(({ when }) => {
    const tiers = when?.tier ?? [];
    return tiers.includes(before.tier) && !tiers.includes(after.tier);
  });
  const effect = after.tier > before.tier || leaves ? "loosens" : more;
  return [ofArea(after, effect, `set area ${after.name} to tier ${after.tier}, which is ${before.tier}`)];
}

function compareSilence(before: Area, after: Area, more: Effect): PolicyDifference[] {
  if (before.undeclaredCountsAsAi === after.undeclaredCountsAsAi) return [];
  return after.undeclaredCountsAsAi
    ? [ofArea(after, more, `take silence for AI in area ${after.name}`)]
    : [ofArea(after, "loosens", `no longer take silence for AI in area ${after.name}`)];
}

function ofArea({ name }: Area, effect: Effect, says: string): PolicyDifference {
  return { effect, rule: null, area: name, says };
}
