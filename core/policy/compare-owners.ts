import type { Owners } from "../ownership/approval.ts";
import type { Effect } from "./direction.ts";
import type { Area } from "./policy.ts";

/** What it does that an area names others: nothing, or one effect. */
export function compareOwners(before: Area, after: Area): Effect[] {
  const effects = [effectOf(before.owners, after.owners), effectOf(before.fallback, after.fallback)];
  const [first, ...others] = effects.filter((effect) => effect !== null);
  if (first === undefined) return [];
  return [others.every((effect) => effect === first) ? first : "changes"];
}

/**
 * What it does that somebody else may approve; null where nobody else may. Somebody more may let more pass. Somebody less
 * may leave too few, and then others stand in for them.
 */
export function effectOf(before: Owners | "codeowners" | null, after: Owners | "codeowners" | null): Effect | null {
  if (areAmong(before, after) && areAmong(after, before)) return null;
  return areAmong(before, after) ? "loosens" : "changes";
}

/** Whether all of these are named among the others, each as a person or as a team. */
export function areAmong(one: Owners | "codeowners" | null, other: Owners | "codeowners" | null): boolean {
  if (one === null || other === null || one === "codeowners" || other === "codeowners") return one === other;
  const holds = (names: readonly string[], others: readonly string[]) => names.every((name) => others.includes(name));
  return holds(one.users, other.users) && holds(one.teams, other.teams);
}
