import type { Store } from "../../adapters/store/store.ts";
import { startWorker } from "../../app/worker/index.ts";
import type { FakeClock } from "../../test/app/fake-clock.ts";
import { inboxOf, portsOf } from "../../test/app/worker/bench.ts";
import { mortal, type Mortal } from "../../test/app/worker/mortal.ts";
import type { World } from "../../test/app/worker/world.ts";
import type { Chance } from "./chance.ts";

/** Instances of the App that die and are started again, on one store. */
export interface Lives {
  /** Starts another for each that has died. */
  revive: () => void;
  /** From now on nobody dies. */
  spare: () => void;
  kills: () => number;
  /** Calls at which none has died yet, before or after. */
  pointsLeft: () => number;
}

/**
 * Each call of the store, of the clock, and of what reads and writes GitHub: an instance dies once before and once after
 * each; then at a call that chance names.
 */
export function lives(count: number, world: World, store: Store, clock: FakeClock, chance: Chance): Lives {
  const points = shuffled(pointsToDieAt, chance);
  let [serial, kills, spared] = [0, 0, false];
  const dying: (Mortal | null)[] = Array.from({ length: count }, () => null);
  const begin = (): Mortal => {
    const point = spared ? undefined : points.pop();
    const often = spared ? Number.POSITIVE_INFINITY : point === undefined ? 1 + chance.below(400) : 1 + chance.below(3);
    const life = mortal(often, point?.when ?? chance.of(["before", "after"] as const), point?.name);
    const plain = portsOf(`instance-${(serial += 1)}`, store, clock);
    const ports = { ...plain, store: life.wrap(store, "store."), clock: life.wrap(clock, "clock.") };
    startWorker(ports, life.wrap(world.lent, "lent."), inboxOf(clock), { idleMs: 1_000 });
    return life;
  };
  return {
    revive: () => {
      dying.forEach((life, index) => {
        if (life !== null && !life.isDead()) return;
        kills += life === null ? 0 : 1;
        dying[index] = begin();
      });
    },
    spare: () => {
      spared = true;
      dying.fill(null);
    },
    kills: () => kills,
    pointsLeft: () => points.length,
  };
}

/** Calls that are made often enough for a run of some minutes; `redeliver` and `forget` are made when something was lost. */
const names = [
  ...["store.deliveries.claim", "store.deliveries.finish", "store.subjects.claim", "store.subjects.mark"],
  ...["store.subjects.of", "store.subjects.over", "store.subjects.finish", "store.subjects.renew"],
  ...["store.subjects.stuck", "store.memory.of", "store.memory.remember", "store.leases.take", "store.leases.release"],
  ...["store.installations.all", "store.installations.write", "clock.sleep", "lent.evaluate", "lent.publish"],
  ...["lent.openPulls", "lent.repositories", "lent.installations", "lent.hookDeliveries", "lent.redeliver"],
];
export const pointsToDieAt = names.flatMap((name) => [
  { name, when: "before" as const },
  { name, when: "after" as const },
]);

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
