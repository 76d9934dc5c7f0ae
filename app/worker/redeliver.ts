import type { HookDelivery } from "./lent.ts";
import { inTurn } from "./sweep.ts";
import type { Work } from "./work.ts";

/**
 * Has GitHub deliver again what did not reach us: GitHub itself tries once, and keeps deliveries for three days. The first
 * time all of these are looked at, later those of some hours. False: another instance does it.
 */
export function redeliver(first: boolean, work: Work): Promise<boolean> {
  return inTurn("redelivery", work, async () => {
    const { clock, log, metrics } = work.ports;
    const since = new Date(clock.now().getTime() - (first ? keptByGitHubMs : lookBackMs));
    const lost = toRedeliver(await work.lent.hookDeliveries(since, work.givingUp), clock.now());
    for (const { id, guid } of lost.slice(0, mostAtOnce)) {
      if (work.stopping.aborted) return;
      try {
        await work.lent.redeliver(id, work.givingUp);
        metrics.count("countersign_redelivered_total");
      } catch (error) {
        log.error("redelivery failed", error, { delivery: guid });
      }
    }
  });
}

const keptByGitHubMs = 3 * 86_400_000;
const lookBackMs = 6 * 3_600_000;
/** The rest is there next time; a budget is for verdicts first. */
const mostAtOnce = 200;

/**
 * The last attempt of each event of which no attempt arrived, the longest ago first. After each attempt twice as long is
 * waited, so that what cannot be delivered is not asked for all the time.
 */
export function toRedeliver(deliveries: readonly HookDelivery[], now: Date): HookDelivery[] {
  const attempts = Map.groupBy(deliveries, ({ guid }) => guid);
  return [...attempts.values()]
    .filter((all) => !all.some(({ arrived }) => arrived))
    .map((all) => ({ last: all.toSorted(byTime).at(-1)!, tries: all.length }))
    .filter(({ last, tries }) => now.getTime() - Date.parse(last.deliveredAt) >= 60_000 * 2 ** Math.min(tries - 1, 6))
    .map(({ last }) => last)
    .sort(byTime);
}

function byTime(a: HookDelivery, b: HookDelivery): number {
  return Date.parse(a.deliveredAt) - Date.parse(b.deliveredAt) || a.id - b.id;
}
