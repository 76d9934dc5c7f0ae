import type { Facts } from "../../core/facts.ts";
import { listed } from "../../core/policy/index.ts";

/** What a reader must know of the changes of a branch: which were asked for, and what of them git cannot tell. */
export function notesOnPast(asked: number, read: number, isShallow: boolean): string[] {
  const unread =
    "git knows neither reviews nor reports of tests of past changes: what needs them is missing under both policies.";
  if (read >= asked) return [unread];
  const fewer = `${asked} changes were asked for, and the history that is here has ${read}`;
  return [isShallow ? `${fewer}; this clone is shallow, and lacks older ones.` : `${fewer}.`, unread];
}

/** Of what saved facts are. */
export interface SavedFrom {
  changeId: string;
  repository: Facts["change"]["repository"];
}

/** The same of saved facts. Facts of one change that were saved more than once count as often. */
export function notesOnSaved(facts: readonly SavedFrom[]): string[] {
  const twice = facts.length - new Set(facts.map(({ changeId }) => changeId)).size;
  const repositories = placesOf(facts);
  return [
    ...(twice === 0 ? [] : [`${twice} of the facts are of a change that others are of too, and each is counted.`]),
    ...(repositories.length < 2
      ? []
      : [
          `the facts are of ${repositories.length} repositories, and a path or a team may be something else in each: ${listed(repositories)}.`,
        ]),
  ];
}

/** Platforms tell repositories apart by letters and not by their case. Where there is no remote, nobody knows which one it is. */
function placesOf(facts: readonly SavedFrom[]): string[] {
  const places = new Map<string, string>();
  for (const { repository } of facts) {
    if (repository === null) continue;
    const place = `${repository.host}/${repository.owner}/${repository.name}`;
    if (!places.has(place.toLowerCase())) places.set(place.toLowerCase(), place);
  }
  return [...places.values()].sort();
}
