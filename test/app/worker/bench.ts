import type { Store } from "../../../adapters/store/store.ts";
import { effectsOf, type Inbox } from "../../../app/inbox/index.ts";
import type { AppPorts } from "../../../app/ports.ts";
import { startWorker, type Lent, type Pace, type Worker } from "../../../app/worker/index.ts";
import { plainStage } from "../../../core/stage.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { fakeClock, type FakeClock } from "../fake-clock.ts";
import { keptLog, noMetrics, type KeptLog } from "../quiet-ports.ts";
import { buildWorld, doIt, type Doing, type World } from "./world.ts";

/** A worker on a store, a clock that a test moves, and a GitHub of which everything is known. */
export interface Bench {
  world: World;
  clock: FakeClock;
  store: Store;
  log: KeptLog;
  worker: Worker;
  /** It happens, and the delivery arrives. */
  tell: (...doings: Doing[]) => Promise<void>;
  /** It happens, and nobody hears of it. */
  lose: (...doings: Doing[]) => void;
  /** Another instance on the same store. */
  another: (instance: string, more?: Partial<AppPorts>) => Worker;
}

export interface BenchSketch {
  pulls?: number;
  repositories?: number;
  world?: World;
  clock?: FakeClock;
  store?: Store;
  pace?: Partial<Pace>;
  lent?: (lent: Lent) => Lent;
}

/** Everything has been looked at once when it resolves. */
export async function startBench(sketch: BenchSketch = {}): Promise<Bench> {
  const { clock = fakeClock(), store = modelStore(), pace = {}, lent = (plain: Lent) => plain } = sketch;
  const world = sketch.world ?? buildWorld(sketch.pulls, sketch.repositories);
  const log = keptLog();
  const another = (instance: string, more: Partial<AppPorts> = {}) =>
    startWorker({ ...portsOf(instance, store, clock, log), ...more }, lent(world.lent), inboxOf(clock), pace);
  const bench: Bench = {
    ...{ world, clock, store, log, another, worker: another("one") },
    tell: async (...doings) => {
      for (const doing of doings) await store.deliveries.append(doIt(doing, world, clock));
    },
    lose: (...doings) => doings.forEach((doing) => doIt(doing, world, clock)),
  };
  await clock.advance(10_000);
  return bench;
}

export function portsOf(instance: string, store: Store, clock: FakeClock, log: KeptLog = keptLog()): AppPorts {
  const installation = (id: number) => ({
    id,
    repository: unused,
    nameOf: unused,
    write: unused,
    token: unused,
    pausedUntil: () => null,
  });
  return { store, installation, clock, log, metrics: noMetrics, stage: plainStage, instance };
}

export function inboxOf(clock: FakeClock): Inbox {
  return {
    read: (delivery) =>
      Promise.resolve(effectsOf(delivery, JSON.parse(delivery.body), { id: 5, slug: "countersign" }, clock.now())),
  };
}

function unused(): never {
  throw new Error("The worker asks GitHub by what it is lent, and by nothing else.");
}
