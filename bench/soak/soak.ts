import { createHmac } from "node:crypto";
import type { Delivery, Store } from "../../adapters/store/store.ts";
import { isSigned, readSignature, signingKeys } from "../../app/ingress/signature.ts";
import { fakeClock, type FakeClock } from "../../test/app/fake-clock.ts";
import { buildWorld, doIt, pullsShown, waiting, type Doing, type World } from "../../test/app/worker/world.ts";
import { chanceFrom, type Chance } from "./chance.ts";
import { countedStore } from "./counted-store.ts";
import { lives, pointsToDieAt } from "./lives.ts";

/** What a run is made of. Shares are between 0 and 1. */
export interface SoakPlan {
  deliveries: number;
  pulls: number;
  instances: number;
  /** Instances are killed at least this often. */
  kills: number;
  /** Whether it goes on until one has died before and after each call. */
  everyPoint: boolean;
  seed: number;
  twice: number;
  late: number;
  lost: number;
  forged: number;
  /** When this is over on the machine's own clock, no more is delivered. */
  until?: () => boolean;
}

export const standardShares = { twice: 0.05, late: 0.2, lost: 0.02, forged: 0.01 };

/** What a run came to. */
export interface SoakReport {
  delivered: number;
  forged: number;
  /** How many forged ones were taken for GitHub's. */
  believed: number;
  lost: number;
  redelivered: number;
  kills: number;
  /** Calls at which an instance died, of how many. */
  points: number;
  pointsInAll: number;
  evaluations: number;
  /** How much time passed in it, in seconds. */
  seconds: number;
  /** Acknowledged, and not known to the store at the end. */
  acknowledgedAndLost: number;
  /** What still waits. */
  left: { deliveries: number; subjects: number };
  /** Pull requests that show something else than the oracle says. */
  wrong: string[];
}

/**
 * Deliveries of many changes reach instances that are killed all the time; then nobody is killed any more, fifteen minutes
 * pass, and what is shown is held against the truth.
 */
export async function soak(plan: SoakPlan, given: Store): Promise<SoakReport> {
  const chance = chanceFrom(plan.seed);
  const { store, settle } = countedStore(given);
  const clock = fakeClock("2026-03-01T12:00:00.000Z", settle);
  const world = buildWorld(plan.pulls, 5);
  const gate = front(world, store, clock);
  const running = lives(plan.instances, world, store, clock, chance);
  const began = clock.now().getTime();
  let delivered = 0;
  let late: Delivery[] = [];
  while (delivered < plan.deliveries && !plan.until?.()) {
    running.revive();
    const batch = Array.from({ length: Math.min(perBatch, plan.deliveries - delivered) }, () =>
      somethingHappens(world, clock, chance),
    );
    delivered += batch.length;
    const [now, later] = partition(batch, () => !chance.happens(plan.late));
    await Promise.all([...now, ...late].map((delivery) => arrive(delivery, plan, gate, clock, chance)));
    late = later;
    await clock.advance(chance.below(2 * batchMs));
  }
  await Promise.all(late.map((delivery) => arrive(delivery, plan, gate, clock, chance)));
  // A change every ten seconds while the rest of the killing is done, so that each call is still made.
  while ((running.kills() < plan.kills || (plan.everyPoint && running.pointsLeft() > 0)) && !plan.until?.()) {
    running.revive();
    await arrive(somethingHappens(world, clock, chance), plan, gate, clock, chance);
    await clock.advance(10_000);
  }
  running.spare();
  running.revive();
  await clock.advance(quietMs);
  return report({ world, store, clock, gate, began, delivered }, running);
}

const perBatch = 50;
/** Twenty deliveries a second. */
const batchMs = 2_500;
/** What was lost is repaired within fifteen minutes, once leases of the dead are out. */
const quietMs = 17 * 60_000;

function somethingHappens(world: World, clock: FakeClock, chance: Chance): Delivery {
  const pull = chance.below(world.pulls.size);
  const often = ["push", "edit", "review", "review", "label", "check", "check", "check", "check"] as const;
  const seldom = ["close", "reopen", "reopen", "retarget", "comment"] as const;
  if (chance.happens(0.01)) return doIt(chance.of<Doing>(wide), world, clock);
  return doIt({ kind: chance.happens(0.1) ? chance.of(seldom) : chance.of(often), pull }, world, clock);
}

const wide: readonly Doing[] = [
  ...[{ kind: "policy", branch: "main" } as const, { kind: "policy", branch: "next" } as const],
  ...[{ kind: "people" } as const, { kind: "team" } as const, { kind: "rename" } as const],
];

/** The front door: a signature over the bytes, then the store; what was acknowledged is kept in mind. */
interface Front {
  acknowledged: Set<string>;
  deliveries: Map<string, Delivery>;
  lost: number;
  forged: number;
  believed: number;
  receive: (delivery: Delivery, signature: string) => Promise<boolean>;
}

const secret = "a secret of this run alone";

function front(world: World, store: Store, clock: FakeClock): Front {
  const gate: Front = {
    ...{ acknowledged: new Set(), deliveries: new Map(), lost: 0, forged: 0, believed: 0 },
    receive: async (delivery, signature) => {
      const signed = readSignature(signature);
      if (signed === null || !isSigned(Buffer.from(delivery.body), signed, signingKeys([secret]))) return false;
      await store.deliveries.append({ ...delivery, receivedAt: clock.now().toISOString() });
      gate.acknowledged.add(delivery.id);
      return true;
    },
  };
  world.lent.redeliver = async (id) => {
    world.redelivered.push(id);
    const delivery = gate.deliveries.get(String(id));
    if (delivery !== undefined) await attempt(delivery, gate, world, clock);
  };
  gate.receive = gate.receive.bind(gate);
  worlds.set(gate, world);
  return gate;
}

const worlds = new WeakMap<Front, World>();

async function attempt(delivery: Delivery, gate: Front, world: World, clock: FakeClock): Promise<void> {
  const arrived = await gate.receive(delivery, sign(delivery.body, secret));
  const id = world.hooks.length + 1;
  gate.deliveries.set(String(id), delivery);
  world.hooks.push({ id, guid: delivery.id, deliveredAt: clock.now().toISOString(), arrived });
}

async function arrive(
  delivery: Delivery,
  plan: SoakPlan,
  gate: Front,
  clock: FakeClock,
  chance: Chance,
): Promise<void> {
  const world = worlds.get(gate)!;
  if (chance.happens(plan.forged)) {
    gate.forged += 1;
    const forged = { ...delivery, id: `forged-${gate.forged}` };
    if (await gate.receive(forged, sign(delivery.body, "development"))) gate.believed += 1;
  }
  if (chance.happens(plan.lost)) {
    gate.lost += 1;
    // Of half of them GitHub knows that they failed; nobody ever hears of the rest.
    if (chance.happens(0.5)) return;
    const id = world.hooks.length + 1;
    gate.deliveries.set(String(id), delivery);
    world.hooks.push({ id, guid: delivery.id, deliveredAt: clock.now().toISOString(), arrived: false });
    return;
  }
  const times = chance.happens(plan.twice) ? 2 : 1;
  for (let time = 0; time < times; time += 1) await gate.receive(delivery, sign(delivery.body, secret));
}

function sign(body: string, key: string): string {
  return `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  const [first, second]: [T[], T[]] = [[], []];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}

interface Ran {
  world: World;
  store: Store;
  clock: FakeClock;
  gate: Front;
  began: number;
  delivered: number;
}

async function report(ran: Ran, running: ReturnType<typeof lives>): Promise<SoakReport> {
  const { world, store, clock, gate, began, delivered } = ran;
  const oracle = world.oracle();
  const shown = pullsShown(world);
  let acknowledgedAndLost = 0;
  for (const id of gate.acknowledged) {
    // Other bytes under a known id are told apart; an unknown id would be stored.
    const probe = { id, event: "ping", bodyHash: "probe", body: "{}", receivedAt: clock.now().toISOString() };
    if ((await store.deliveries.append(probe)) === "stored") acknowledgedAndLost += 1;
  }
  return {
    ...{
      delivered,
      forged: gate.forged,
      believed: gate.believed,
      lost: gate.lost,
      redelivered: world.redelivered.length,
    },
    ...{
      kills: running.kills(),
      points: pointsToDieAt.length - running.pointsLeft(),
      pointsInAll: pointsToDieAt.length,
    },
    evaluations: [...world.judged.values()].reduce((sum, times) => sum + times, 0),
    seconds: Math.round((clock.now().getTime() - began) / 1000),
    acknowledgedAndLost,
    left: await waiting(store),
    wrong: [...oracle].filter(([key, value]) => shown.get(key) !== value).map(([key]) => key),
  };
}
