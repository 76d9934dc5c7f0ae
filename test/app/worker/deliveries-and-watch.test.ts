import { describe, expect, test } from "vitest";
import { StoreFault } from "../../../adapters/store/store.ts";
import { startWorker } from "../../../app/worker/index.ts";
import { toRedeliver } from "../../../app/worker/redeliver.ts";
import { retryMs } from "../../../app/worker/retry-ms.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { fakeClock } from "../fake-clock.ts";
import { keptLog } from "../quiet-ports.ts";
import { inboxOf, portsOf, startBench } from "./bench.ts";
import { buildWorld, deliveryOf, doIt, placeOf, pullsShown, waiting } from "./world.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Where hours pass: nobody looks four times a second. */
const slowly = { idleMs: 5_000 };
const seldom = { watchdogMs: hour, redeliveryMs: hour, sweepMs: hour };

describe("a delivery that cannot be worked through", () => {
  test("is tried again, kept for ever, and told of once", async () => {
    const [clock, store, world, log] = [fakeClock(), modelStore(), buildWorld(), keptLog()];
    let tries = 0;
    const plain = inboxOf(clock);
    const failing = {
      read: () => {
        tries += 1;
        return Promise.reject(new Error("a defect"));
      },
    };
    const worker = startWorker(portsOf("one", store, clock, log), world.lent, failing, slowly);
    await store.deliveries.append(doIt({ kind: "push", pull: 0 }, world, clock));
    await clock.advance(hour);
    expect(tries).toBe(10);
    await clock.advance(13 * hour);
    expect(tries).toBe(12);
    expect((await waiting(store)).deliveries).toBe(1);
    const audit = await store.audit.read(0, 100);
    expect(audit.map(({ kind }) => kind)).toEqual(["delivery-failed"]);
    expect(JSON.parse(audit[0]!.detail)).toMatchObject({ event: "pull_request", attempts: 10, fault: "a defect" });
    await worker.stop();
    // With the defect mended it is worked through.
    startWorker(portsOf("two", store, clock), world.lent, plain);
    await clock.advance(7 * hour);
    expect((await waiting(store)).deliveries).toBe(0);
  });

  test("holds up no other", async () => {
    const [clock, store, world] = [fakeClock(), modelStore(), buildWorld()];
    const plain = inboxOf(clock);
    const bad = doIt({ kind: "edit", pull: 1 }, world, clock);
    const read = (delivery: typeof bad) =>
      delivery.id === bad.id ? Promise.reject(new Error("a defect")) : plain.read(delivery);
    await store.deliveries.append(bad);
    await store.deliveries.append(doIt({ kind: "push", pull: 0 }, world, clock));
    startWorker(portsOf("one", store, clock), world.lent, { read });
    await clock.advance(2_000);
    expect((await waiting(store)).deliveries).toBe(1);
    expect(world.shown.get("pull-request/71/1")).toBe(world.oracle().get("pull-request/71/1"));
  });

  test("is refused where it is of no shape that GitHub documents, and that is kept", async () => {
    const { clock, store, log } = await startBench();
    await store.deliveries.append(
      deliveryOf("pull_request", { action: "opened", ...placeOf(71), pull_request: 3 }, clock),
    );
    await clock.advance(1_000);
    expect((await waiting(store)).deliveries).toBe(0);
    expect((await store.audit.read(0, 10)).map(({ kind }) => kind)).toEqual(["delivery-refused"]);
    expect(log.lines.filter(({ event }) => event === "delivery refused")).toHaveLength(1);
  });
});

test("row 12: while the database is away nothing is lost, and afterwards everything goes on", async () => {
  const bench = await startBench();
  const { world, clock, tell, store, log } = bench;
  await tell({ kind: "push", pull: 0 }, { kind: "policy", branch: "main" });
  const away = () => Promise.reject(new StoreFault("The disk is full."));
  const [deliveries, subjects] = [{ ...store.deliveries }, { ...store.subjects }];
  Object.assign(store.deliveries, { claim: away, finish: away, postpone: away });
  Object.assign(store.subjects, { claim: away, finish: away, postpone: away, renew: away, stuck: away });
  await clock.advance(5 * minute);
  Object.assign(store.deliveries, deliveries);
  Object.assign(store.subjects, subjects);
  expect(log.lines.some(({ level }) => level === "error")).toBe(true);
  await clock.advance(5_000);
  expect(pullsShown(world)).toEqual(world.oracle());
  expect(await waiting(store)).toEqual({ deliveries: 0, subjects: 0 });
});

describe("row 27: GitHub says when it may be asked again", () => {
  test("nothing is tried before that", async () => {
    const [clock, store, world] = [fakeClock(), modelStore(), buildWorld(1)];
    const until = new Date(clock.now().getTime() + 30 * minute);
    const plain = portsOf("one", store, clock);
    const installation = (id: number) => ({ ...plain.installation(id), pausedUntil: () => until });
    let asked = 0;
    world.meanwhile = (subject) => {
      asked += 1;
      if (clock.now() >= until) return Promise.resolve(undefined);
      return Promise.resolve({
        ...{ state: "fault", subject, head: null, what: "GitHub asks us to wait.", fix: "Wait.", again: true },
      });
    };
    await store.subjects.mark([
      {
        ...{ key: "pull-request/71/1", installation: 7, repository: 71, dueAt: clock.now().toISOString() },
        about: JSON.stringify({ kind: "pull-request", installation: 7, repository: 71, number: 1 }),
      },
    ]);
    await store.installations.write({ id: 7, account: "acme", suspendedAt: null, sweptAt: clock.now().toISOString() });
    const never = 24 * hour;
    startWorker({ ...plain, installation }, world.lent, inboxOf(clock), { sweepMs: never, watchdogMs: never });
    await clock.advance(29 * minute);
    expect(asked).toBe(1);
    await clock.advance(2 * minute);
    expect(world.shown).toEqual(world.oracle());
  });
});

test("what is over and out of reach is not waited for", async () => {
  const { world, clock, tell, store } = await startBench({
    lent: (lent) => ({
      ...lent,
      publish: (evaluation, signal) =>
        evaluation.state === "over" ? Promise.reject(new Error("404")) : lent.publish(evaluation, signal),
    }),
  });
  await tell({ kind: "close", pull: 0 });
  await clock.advance(minute);
  expect((await waiting(store)).subjects).toBe(0);
  expect(world.oracle().size).toBe(2);
});

test("the watchdog tells of each once in ten minutes, whatever the number of instances", async () => {
  const told: string[] = [];
  const { world, clock, tell, another, store } = await startBench({
    pulls: 1,
    lent: (lent) => ({
      ...lent,
      publish: (evaluation, signal) => {
        if (evaluation.state === "fault") told.push(evaluation.what);
        return lent.publish(evaluation, signal);
      },
    }),
  });
  another("two");
  world.meanwhile = () => new Promise(() => undefined);
  await tell({ kind: "push", pull: 0 });
  await clock.advance(25 * minute);
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("The last fault: It took longer than 300 seconds.");
  const audit = await store.audit.read(0, 100);
  expect(audit.map(({ kind }) => kind)).toEqual(["verdict-late", "verdict-late"]);
});

test("what was kept for long enough is forgotten, by one instance", async () => {
  const { clock, store, log, tell } = await startBench({ pace: { idleMs: minute, ...seldom } });
  await tell({ kind: "push", pull: 0 });
  await clock.advance(8 * 24 * hour);
  const bodies = log.lines.filter(({ event }) => event === "pruned").map(({ fields }) => fields);
  expect(bodies).toContainEqual({ bodies: 1, heads: 0, verdicts: 0, memos: 0, audit: 0 });
  expect((await store.deliveries.waiting()).count).toBe(0);
});

const now = new Date("2026-03-01T12:00:00Z");
const attempt = (id: number, guid: string, minutesAgo: number, arrived = false) => {
  return { id, guid, deliveredAt: new Date(now.getTime() - minutesAgo * minute).toISOString(), arrived };
};

test.each([
  { says: "nothing", deliveries: [], ids: [] },
  { says: "what arrived", deliveries: [attempt(1, "a", 9, true)], ids: [] },
  { says: "what did not arrive", deliveries: [attempt(1, "a", 9)], ids: [1] },
  { says: "what arrived at the second attempt", deliveries: [attempt(2, "a", 3, true), attempt(1, "a", 9)], ids: [] },
  { says: "what has only just failed", deliveries: [attempt(1, "a", 0.5)], ids: [] },
  { says: "the last attempt, not the first", deliveries: [attempt(1, "a", 30), attempt(2, "a", 10)], ids: [2] },
  {
    says: "twice as long after each attempt",
    deliveries: [attempt(1, "a", 30), attempt(2, "a", 20), attempt(3, "a", 3)],
    ids: [],
  },
  {
    says: "what was tried the least first",
    deliveries: [attempt(1, "a", 90), attempt(2, "a", 60), attempt(3, "b", 9)],
    ids: [3, 2],
  },
  { says: "the oldest first", deliveries: [attempt(2, "b", 5), attempt(1, "a", 9)], ids: [1, 2] },
])("asked for again: $says", ({ deliveries, ids }) => {
  expect(toRedeliver(deliveries, now).map(({ id }) => id)).toEqual(ids);
});

test("waiting grows, and never beyond two minutes", () => {
  expect([0, 1, 2, 5, 6, 1_000].map(retryMs)).toEqual([2_000, 4_000, 8_000, 64_000, 120_000, 120_000]);
});
