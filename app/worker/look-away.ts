import type { Subject } from "../subject.ts";
import { markOf } from "../marks.ts";
import type { Held } from "./while-held.ts";
import { after, type Work } from "./work.ts";

/**
 * How long to look away from a pull request that GitHub hides, by how long its failure has been shown: as long again, from
 * two minutes to a day. Null after two weeks: then an event, or a list that names it, finds it again.
 */
export function lookAwayMs(shownMs: number): number | null {
  if (shownMs >= 14 * dayMs) return null;
  return Math.min(Math.max(shownMs, 120_000), dayMs);
}

const dayMs = 86_400_000;

/** When the failure that is shown of a subject came there; null: it shows none. */
export async function failedAt(key: string, { ports: { store } }: Work): Promise<Date | null> {
  const last = await store.verdicts.latest(key);
  return last?.decision === "fault" ? new Date(last.at) : null;
}

/**
 * Its failure is shown, so that nobody waits for it as for a verdict: it is done with, and marked for later. A crash in
 * between leaves it to the next sweep.
 */
export async function lookAway(subject: Subject, held: Held, generation: number, work: Work): Promise<void> {
  const { store, clock } = work.ports;
  const since = (await failedAt(held.key, work)) ?? clock.now();
  const wait = lookAwayMs(clock.now().getTime() - since.getTime());
  if (wait === null) return store.subjects.over(held.key, held.owner, generation);
  await store.subjects.finish(held.key, held.owner, generation);
  await store.subjects.mark([markOf(subject, new Date(after(clock.now(), wait)))]);
}
