import type { HookDelivery } from "./lent.ts";
import { inTurn } from "./sweep.ts";
import type { Work } from "./work.ts";

/**
 * Has GitHub deliver again what did not reach us: GitHub itself tries once, and keeps deliveries for three days. The first
 * time all of these are looked at; later those since some hours before the oldest that is still to be asked for, so that
 * nothing falls out of sight for being one of many.
 */
export function redelivery(work: Work): () => Promise<void> {
  const { clock, log, metrics } = work.ports;
  /** Everything before it has arrived, or was asked for. */
  let settledTo: number | null = null;
  let refused = new Set<number>();
  return async () => {
    await inTurn("redelivery", work, async () => {
      const now = clock.now();
      const { attempts, isWhole } = await work.lent.hookDeliveries(lookedAtSince(settledTo, now), work.givingUp);
      if (!isWhole)
        log.error("redelivery sees a part", new Error(`GitHub lists more than ${attempts.length} attempts.`), advice);
      const lost = lastOnes(toRedeliver(attempts, now), refused);
      const left = await askFor(lost, refused, work);
      refused = new Set(left.map(({ id }) => id).filter((id) => refused.has(id)));
      settledTo = Math.min(now.getTime(), ...left.map(({ deliveredAt }) => Date.parse(deliveredAt)));
      if (left.length > 0) log.warn("deliveries are still to be asked for", { left: left.length });
      metrics.gauge("countersign_redelivery_left", left.length);
      metrics.gauge("countersign_redelivery_unseen", isWhole ? 0 : 1);
    });
  };
}

const advice = { fix: "What is older was not looked for; sweeps find what it changed." };
const keptByGitHubMs = 3 * 86_400_000;
const lookBackMs = 6 * 3_600_000;

function lookedAtSince(settledTo: number | null, now: Date): Date {
  const oldest = now.getTime() - keptByGitHubMs;
  return new Date(settledTo === null ? oldest : Math.max(oldest, Math.min(settledTo, now.getTime()) - lookBackMs));
}

/** What GitHub would not deliver again before keeps nothing from others: it comes last. */
function lastOnes(lost: readonly HookDelivery[], refused: ReadonlySet<number>): HookDelivery[] {
  return [...lost.filter(({ id }) => !refused.has(id)), ...lost.filter(({ id }) => refused.has(id))];
}

/** What was not asked for: too many for once, or refused. Where GitHub refuses one after the other, it asks us to wait. */
async function askFor(lost: readonly HookDelivery[], refused: Set<number>, work: Work): Promise<HookDelivery[]> {
  const { log, metrics } = work.ports;
  const left = [...lost];
  let inARow = 0;
  for (const delivery of lost.slice(0, mostAtOnce)) {
    if (work.stopping.aborted || inARow === refusalsInARow) break;
    try {
      await work.lent.redeliver(delivery.id, work.givingUp);
      left.splice(left.indexOf(delivery), 1);
      inARow = 0;
      metrics.count("countersign_redelivered_total");
    } catch (error) {
      refused.add(delivery.id);
      inARow += 1;
      log.error("redelivery failed", error, { delivery: delivery.guid });
    }
  }
  return left;
}

/** The rest is there next time; a budget is for verdicts first. */
const mostAtOnce = 200;
const refusalsInARow = 5;

/**
 * The last attempt of each event of which no attempt arrived: those that were tried the least first, then the longest ago.
 * After each attempt twice as long is waited, so that what cannot be delivered is not asked for all the time.
 */
export function toRedeliver(deliveries: readonly HookDelivery[], now: Date): HookDelivery[] {
  const attempts = Map.groupBy(deliveries, ({ guid }) => guid);
  return [...attempts.values()]
    .filter((all) => !all.some(({ arrived }) => arrived))
    .map((all) => ({ last: all.toSorted(byTime).at(-1)!, tries: all.length }))
    .filter(({ last, tries }) => now.getTime() - Date.parse(last.deliveredAt) >= 60_000 * 2 ** Math.min(tries - 1, 6))
    .sort((a, b) => a.tries - b.tries || byTime(a.last, b.last))
    .map(({ last }) => last);
}

function byTime(a: HookDelivery, b: HookDelivery): number {
  return Date.parse(a.deliveredAt) - Date.parse(b.deliveredAt) || a.id - b.id;
}
