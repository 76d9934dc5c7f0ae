import { mayEase } from "./compare-parts.ts";
import { areAmong } from "./compare-owners.ts";
import { canonicalJson } from "./digest.ts";
import { arePatternsWithin, type Effect } from "./direction.ts";
import type { BreakGlass, Policy, Waiver } from "./policy.ts";
import { general, pairs, type PolicyDifference } from "./policy-difference.ts";
import type { Work } from "./work.ts";

/** How the exceptions differ: waivers by their ids. */
export function compareWaivers(before: Policy, after: Policy, work: Work): PolicyDifference[] {
  const { gone, fresh, kept } = pairs(before.waivers, after.waivers, ({ id }) => id);
  const eases = ({ rule }: Waiver) =>
    [...before.rules, ...after.rules].some(({ id, require }) => id === rule && mayEase(require));
  const less = (waiver: Waiver) => (eases(waiver) ? "changes" : "tightens");
  return [
    ...fresh.map(({ id, rule, finding, expires }) =>
      general("loosens", `add waiver ${id} for ${rule ?? finding ?? "nothing"}, until ${expires}`),
    ),
    ...kept
      .flatMap(([one, other]) => compareWaiver(one, other, less(other), work).map((effect) => ({ ...other, effect })))
      .map(({ id, expires, effect }) => general(effect, `change waiver ${id}, which then ends on ${expires}`)),
    ...gone.map((waiver) => general(less(waiver), `remove waiver ${waiver.id}`)),
  ];
}

/** Who answers for it and why is another exception too, whatever it exempts. */
function compareWaiver(before: Waiver, after: Waiver, less: Effect, work: Work): Effect[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  const about = (waiver: Waiver) => canonicalJson({ ...waiver, paths: null, expires: null });
  if (about(before) !== about(after)) return ["changes"];
  const wider = after.expires > before.expires || !isWithin(after, before, work);
  return [wider ? "loosens" : less];
}

function isWithin({ paths }: Waiver, { paths: others }: Waiver, work: Work): boolean {
  if (others === null) return true;
  return paths !== null && arePatternsWithin(paths, others, work);
}

/** How the right to merge in an emergency differs. */
export function compareBreakGlass(before: BreakGlass | null, after: BreakGlass | null): PolicyDifference[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (before === null) return [general("loosens", "let people use break-glass")];
  if (after === null) return [general("tightens", "let nobody use break-glass")];
  return [general(effectOfBreakGlass(before, after), "change who may use break-glass, or for how long")];
}

/** Nobody stands in for whom it names, as for owners. */
function effectOfBreakGlass(before: BreakGlass, after: BreakGlass): Effect {
  return areAmong(after.who, before.who) && after.maxAgeMs <= before.maxAgeMs ? "tightens" : "loosens";
}
