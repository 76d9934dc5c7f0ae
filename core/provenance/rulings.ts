import type { Ruling } from "./provenance.ts";

/**
 * The decision that holds for each commit: the latest of those bound to exactly that SHA; of two of the same instant, the
 * one recorded last. A commit that is amended is another commit, and nobody has decided about that one.
 */
export function rulingsByCommit(rulings: readonly Ruling[]): ReadonlyMap<string, Ruling> {
  const latest = new Map<string, Ruling>();
  for (const ruling of rulings) {
    const known = latest.get(ruling.commit);
    if (known === undefined || instantOf(ruling) >= instantOf(known)) latest.set(ruling.commit, ruling);
  }
  return latest;
}

/** An instant that cannot be read comes before every other. */
function instantOf({ at }: Ruling): number {
  const instant = Date.parse(at);
  return Number.isNaN(instant) ? -Infinity : instant;
}
