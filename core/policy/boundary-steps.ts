import { canonicalJson } from "./digest.ts";
import { isSameName, missing, shown, stepsOfBranches, stepsOfList, stepsOfPatterns, type Step } from "./direction.ts";
import type { Boundary } from "./policy.ts";

/** How boundaries of agents differ from others: one that lies within another of the second list is not lifted. */
export function stepsOfBoundaries(before: readonly Boundary[], after: readonly Boundary[]): Step[] {
  const byText = new Map([...before, ...after].map((boundary) => [canonicalJson(boundary), boundary]));
  const [old, now] = [before.map(canonicalJson), after.map(canonicalJson)];
  const isWithin = (one: string, other: string) => {
    const [inner, outer] = [byText.get(one), byText.get(other)];
    return inner !== undefined && outer !== undefined && liesWithin(inner, outer);
  };
  const told = (texts: readonly string[], effect: Step["effect"], how: string) =>
    missing(texts, texts === old ? now : old, isWithin).map((text): Step => {
      const boundary = byText.get(text);
      return { effect, what: `${how} ${boundary === undefined ? "one" : describe(boundary)}` };
    });
  return [...told(old, "loosens", "without"), ...told(now, "tightens", "with")];
}

/** Whether a boundary holds wherever another does. An empty list means any. */
function liesWithin(inner: Boundary, outer: Boundary): boolean {
  const only = (steps: readonly Step[]) => steps.every(({ effect }) => effect === "tightens");
  return (
    only(any(inner.agents, outer.agents) ?? stepsOfList("tightens", inner.agents, outer.agents, isSameName)) &&
    only(any(inner.kinds, outer.kinds) ?? stepsOfList("tightens", inner.kinds, outer.kinds)) &&
    only(any(inner.paths, outer.paths) ?? stepsOfPatterns(inner.paths, outer.paths)) &&
    only(stepsOfBranches(inner.branches, outer.branches))
  );
}

/** Where one of the lists means any: what follows of that alone. Null where both name something. */
function any(inner: readonly string[], outer: readonly string[]): Step[] | null {
  if (outer.length === 0) return [];
  return inner.length === 0 ? [{ effect: "loosens", what: "any" }] : null;
}

function describe({ agents, branches, paths, kinds }: Boundary): string {
  const parts = [...paths, ...kinds, ...branches, ...agents];
  return parts.length === 0 ? "that of every file" : `that of ${parts.slice(0, 5).map(shown).join(", ")}`;
}
