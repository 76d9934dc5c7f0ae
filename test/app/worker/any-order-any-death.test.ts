import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Delivery, Store } from "../../../adapters/store/store.ts";
import { startWorker } from "../../../app/worker/index.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { fakeClock, type FakeClock } from "../fake-clock.ts";
import { inboxOf, portsOf, startBench } from "./bench.ts";
import { mortal, type Mortal } from "./mortal.ts";
import { buildWorld, deliveryOf, doIt, placeOf, pullsShown, shaOf, waiting, type Doing, type World } from "./world.ts";

const minute = 60_000;

const doings: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("push", "edit", "review", "label", "close", "reopen", "retarget", "check", "comment"),
    pull: fc.nat({ max: 4 }),
  }),
  fc.constantFrom<Doing>({ kind: "policy", branch: "main" }, { kind: "policy", branch: "next" }),
  fc.constantFrom<Doing>({ kind: "people" }, { kind: "team" }, { kind: "rename" }),
);

/** How an event reaches us: how often, and after how many others. */
const fates = fc.record({
  times: fc.constantFrom(1, 1, 1, 0, 2, 3),
  late: fc.nat({ max: 5 }),
  pauseMs: fc.nat({ max: 3_000 }),
});

test("in any order, twice or never: after a sweep the same is shown as if each had come once and in order", async () => {
  const histories = fc.array(fc.tuple(doings, fates), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { world, clock, store } = await startBench({ pulls: 5, repositories: 2 });
      const arrivals = history.map(([doing, { times, late, pauseMs }], index) => {
        const delivery = doIt(doing, world, clock);
        return { delivery, times, pauseMs, at: index + late };
      });
      for (const { delivery, times, pauseMs } of arrivals.sort((a, b) => a.at - b.at)) {
        for (let time = 0; time < times; time += 1) await store.deliveries.append(delivery);
        await clock.advance(pauseMs);
      }
      await clock.advance(15 * minute);
      expect(pullsShown(world)).toEqual(world.oracle());
      expect(await waiting(store)).toEqual({ deliveries: 0, subjects: 0 });
      const open = (await store.subjects.of({ installation: 7 })).filter(({ key }) => key.startsWith("pull-request/"));
      expect(open.map(({ key }) => key)).toEqual([...world.oracle().keys()].sort());
    }),
    { numRuns: 30 },
  );
});

test("rows 5 and 7: the same delivery again, and the same body under another id, show nothing new", async () => {
  const { world, clock, store } = await startBench();
  const delivery = doIt({ kind: "push", pull: 0 }, world, clock);
  await store.deliveries.append(delivery);
  await clock.advance(5_000);
  world.judged.clear();
  for (let time = 0; time < 50; time += 1) expect(await store.deliveries.append(delivery)).toBe("known");
  await clock.advance(5_000);
  expect(world.judged.size).toBe(0);
  const before = new Map(world.shown);
  await store.deliveries.append({ ...delivery, id: "replayed" });
  await clock.advance(5_000);
  expect(world.judged.get("pull-request/71/1")).toBe(1);
  expect(world.shown).toEqual(before);
});

test("row 13: of two instances one judges", async () => {
  const { world, clock, tell, another } = await startBench();
  another("two");
  await clock.advance(1_000);
  world.judged.clear();
  let now = 0;
  world.meanwhile = async () => {
    expect((now += 1)).toBe(1);
    // Longer than a lease: it is renewed.
    await clock.sleep(200_000);
    now -= 1;
    return undefined;
  };
  await tell({ kind: "push", pull: 0 });
  await clock.advance(250_000);
  expect(world.judged.get("pull-request/71/1")).toBe(1);
  expect(pullsShown(world)).toEqual(world.oracle());
});

test("an instance that has lost its lease publishes nothing", async () => {
  const published: string[] = [];
  const { world, clock, store, tell } = await startBench({
    lent: (lent) => ({
      ...lent,
      publish: (evaluation, signal) => {
        published.push(evaluation.state);
        return lent.publish(evaluation, signal);
      },
    }),
  });
  published.length = 0;
  const { renew } = store.subjects;
  store.subjects.renew = (key, owner, until) =>
    key.endsWith("/1") ? Promise.resolve(false) : renew(key, owner, until);
  await tell({ kind: "push", pull: 0 });
  await clock.advance(5_000);
  expect(published).toEqual([]);
  store.subjects.renew = renew;
  await clock.advance(3 * minute);
  expect(pullsShown(world)).toEqual(world.oracle());
});

describe("row 72: the worker stops", () => {
  test("what runs is waited for, and nothing new is begun", async () => {
    const { world, clock, tell, worker } = await startBench();
    world.judged.clear();
    world.meanwhile = async () => {
      await clock.sleep(3_000);
      return undefined;
    };
    await tell({ kind: "push", pull: 0 });
    await clock.advance(2_000);
    const stopped = worker.stop();
    await tell({ kind: "push", pull: 1 });
    await clock.advance(4_000);
    await stopped;
    expect([...world.judged.keys()]).toEqual(["pull-request/71/1"]);
    expect(world.shown.get("pull-request/71/1")).toBe(world.oracle().get("pull-request/71/1"));
    await clock.advance(minute);
    expect(clock.sleepers()).toBe(0);
  });

  test("what takes longer is handed on within ten seconds, and another instance has it at once", async () => {
    const { world, clock, tell, worker, another, store } = await startBench();
    world.meanwhile = () => new Promise(() => undefined);
    await tell({ kind: "push", pull: 0 });
    await clock.advance(2_000);
    let stopped = false;
    void worker.stop().then(() => (stopped = true));
    await clock.advance(10_000);
    expect(stopped).toBe(true);
    expect((await waiting(store)).subjects).toBe(1);
    world.meanwhile = () => Promise.resolve(undefined);
    another("two");
    await clock.advance(2_000);
    expect(pullsShown(world)).toEqual(world.oracle());
  });
});

describe("row 11: killed at any call, of the store, the clock, or what reads and writes GitHub", () => {
  test.each(["before", "after"] as const)("%s it is made: another start ends the same", async (when) => {
    const unharmed = await live(Number.POSITIVE_INFINITY, when);
    const { calls } = unharmed;
    expect(calls).toBeGreaterThan(80);
    for (let last = 1; last <= calls; last += 1) {
      const { world, store, mortal: dying } = await live(last, when);
      const where = `${last}: ${dying.names.slice(-4).join(", ")}`;
      expect({ where, dead: dying.isDead() }).toEqual({ where, dead: true });
      expect({ where, shown: pullsShown(world) }).toEqual({ where, shown: world.oracle() });
      expect({ where, ...(await waiting(store)) }).toEqual({ where, deliveries: 0, subjects: 0 });
      const group = `merge-group/71/${shaOf("group")}`;
      expect({ where, group: world.shown.get(group) }).toEqual({ where, group: `${shaOf("group")}@group` });
    }
  });
});

interface Lived {
  world: World;
  store: Store;
  mortal: Mortal;
  /** How many calls the first life made before the second began. */
  calls: number;
}

/** A life that ends at its `last` call, and a second one on the same store. Nothing that was stored gets lost in between. */
async function live(last: number, when: "before" | "after"): Promise<Lived> {
  const [clock, store, world] = [fakeClock(), modelStore(), buildWorld(2)];
  const dying = mortal(last, when);
  start("one", world, store, clock, dying);
  await clock.advance(2_000);
  for (const delivery of deliveries(world, clock)) await store.deliveries.append(delivery);
  await clock.advance(4_000);
  const calls = dying.calls();
  // A sweep would mend what was lost: it has just been, so that what the second life finishes was stored.
  await store.installations.write({ id: 7, account: "acme", suspendedAt: null, sweptAt: clock.now().toISOString() });
  start("two", world, store, clock);
  // The leases of the dead run out.
  await clock.advance(150_000);
  return { world, store, mortal: dying, calls };
}

function start(instance: string, world: World, store: Store, clock: FakeClock, dying?: Mortal): void {
  const wrap = <T extends object>(lent: T): T => dying?.wrap(lent) ?? lent;
  const plain = portsOf(instance, store, clock);
  const ports = { ...plain, store: wrap(plain.store), clock: wrap<FakeClock>(clock) };
  startWorker(ports, wrap(world.lent), inboxOf(clock), { idleMs: 1_000 });
}

function deliveries(world: World, clock: FakeClock): Delivery[] {
  const merge_group = {
    ...{ head_sha: shaOf("group"), head_ref: "refs/heads/q" },
    ...{ base_ref: "refs/heads/main", base_sha: shaOf("base") },
  };
  return [
    doIt({ kind: "push", pull: 0 }, world, clock),
    doIt({ kind: "policy", branch: "main" }, world, clock),
    doIt({ kind: "comment", pull: 1 }, world, clock),
    deliveryOf("merge_group", { action: "checks_requested", ...placeOf(71), merge_group }, clock),
  ];
}
