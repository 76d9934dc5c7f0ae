import { canonicalJson } from "./digest.ts";
import { areBranchesWithin, arePatternsWithin, missing, shown, type Step } from "./direction.ts";
import type { Boundary } from "./policy.ts";
import { spend, type Work } from "./work.ts";
import { isSameTool } from "./written/tool-names.ts";

/** How boundaries of agents differ from others: one that lies within another of the second list is not lifted. */
export function stepsOfBoundaries(before: readonly Boundary[], after: readonly Boundary[], work: Work): Step[] {
  const byText = new Map([...before, ...after].map((boundary) => [canonicalJson(boundary), boundary]));
  const [old, now] = [before.map(canonicalJson), after.map(canonicalJson)];
  const isWithin = (one: string, other: string) => {
    const [inner, outer] = [byText.get(one), byText.get(other)];
    return inner !== undefined && outer !== undefined && liesWithin(inner, outer, work);
  };
  const told = (texts: readonly string[], effect: Step["effect"], how: string) =>
    missing(texts, texts === old ? now : old, isWithin, work).map((text): Step => {
      const boundary = byText.get(text);
      return { effect, what: `${how} ${boundary === undefined ? "one" : describe(boundary)}` };
    });
  return [...told(old, "loosens", "without"), ...told(now, "tightens", "with")];
}

/** Whether a boundary holds wherever another does. An empty list means any. */
function liesWithin(inner: Boundary, outer: Boundary, work: Work): boolean {
  spend(work, stepsOfName * (namesIn(inner) + namesIn(outer)));
  const areWithin = (names: readonly string[], others: readonly string[]) =>
    missing(names, others, isSameTool).length === 0;
  return (
    (byAny(inner.agents, outer.agents) ?? areWithin(inner.agents, outer.agents)) &&
    (byAny(inner.kinds, outer.kinds) ?? areWithin(inner.kinds, outer.kinds)) &&
    (byAny(inner.paths, outer.paths) ?? arePatternsWithin(inner.paths, outer.paths, work)) &&
    areBranchesWithin(inner.branches, outer.branches, work)
  );
}

/** Sorting the names of two boundaries, before any are compared: each as long as comparing so many characters. */
const stepsOfName = 20;

function namesIn({ agents, kinds, paths, branches }: Boundary): number {
  return agents.length + kinds.length + paths.length + branches.length;
}

/** Where one of the lists means any: what follows of that alone. Null where both name something. */
function byAny(inner: readonly string[], outer: readonly string[]): boolean | null {
  if (outer.length === 0) return true;
  return inner.length === 0 ? false : null;
}

function describe({ agents, branches, paths, kinds }: Boundary): string {
  const parts = [...paths, ...kinds, ...branches, ...agents];
  return parts.length === 0 ? "that of every file" : `that of ${parts.slice(0, 5).map(shown).join(", ")}`;
}
