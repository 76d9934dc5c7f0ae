import { expect, test } from "vitest";
import type { Store } from "../../../adapters/store/store.ts";
import type { Evaluation } from "../../../app/evaluation.ts";
import { markOf } from "../../../app/marks.ts";
import { faultRow } from "../../../app/publish/verdict-row.ts";
import { lookAwayMs } from "../../../app/worker/look-away.ts";
import type { Lent } from "../../../app/worker/index.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { fakeClock } from "../fake-clock.ts";
import { startBench } from "./bench.ts";
import { shaOf, waiting } from "./world.ts";

/** A pull request that GitHub hides: its repository is there, no list names it, and whoever asks for it gets a 404. */
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const seldom = {
  idleMs: 2 * minute,
  sweepMs: hour,
  watchdogMs: 10 * minute,
  redeliveryMs: 30 * day,
  pruneMs: 30 * day,
};

async function hiddenBench() {
  const [clock, store]: [ReturnType<typeof fakeClock>, Store] = [fakeClock(), modelStore()];
  let isHidden = true;
  const told: string[] = [];
  const lent = (plain: Lent): Lent => ({
    ...plain,
    openPulls: async (place, signal) => (isHidden ? [] : plain.openPulls(place, signal)),
    publish: async (evaluation, signal) => {
      await keep(evaluation);
      await plain.publish(evaluation, signal);
    },
  });
  const keep = async (evaluation: Evaluation) => {
    if (evaluation.state !== "fault") return;
    told.push(evaluation.what);
    await store.verdicts.append(faultRow(evaluation, shaOf("head"), clock.now().toISOString()));
  };
  const bench = await startBench({ pulls: 1, clock, store, lent, pace: seldom });
  const asked: number[] = [];
  bench.world.meanwhile = (subject) => {
    if (!isHidden || subject.kind !== "pull-request") return Promise.resolve(undefined);
    asked.push(clock.now().getTime());
    const what = "GitHub knows of no such pull request.";
    return Promise.resolve({
      ...{ state: "fault", subject, head: shaOf("head"), what, fix: "", again: true },
      seldom: true,
    });
  };
  await bench.tell({ kind: "push", pull: 0 });
  return { ...bench, asked, told, show: () => void (isHidden = false) };
}

test("it is tried more and more seldom, with its failure shown once and nobody told that it is late", async () => {
  const { clock, asked, told, store } = await hiddenBench();
  await clock.advance(day);
  expect(told[0]).toBe("GitHub knows of no such pull request.");
  expect(new Set(told).size).toBe(1);
  expect(asked.length).toBeLessThanOrEqual(15);
  const waits = asked.slice(3).map((at, index) => at - asked[index + 2]!);
  expect(waits.every((wait, index) => index === 0 || wait >= waits[index - 1]!)).toBe(true);
  expect((await store.audit.read(0, 10)).map(({ kind }) => kind)).toEqual([]);
});

test("after two weeks nobody tries any more, and a list that names it finds it again", async () => {
  const { clock, asked, show, world, store } = await hiddenBench();
  await clock.advance(16 * day);
  const tries = asked.length;
  expect(tries).toBeLessThanOrEqual(30);
  expect((await waiting(store)).subjects).toBe(0);
  await clock.advance(5 * day);
  expect(asked.length).toBe(tries);
  show();
  await clock.advance(2 * hour);
  expect(world.shown).toEqual(world.oracle());
});

test("an event asks for it at once", async () => {
  const { clock, show, world, tell } = await hiddenBench();
  await clock.advance(5 * hour);
  show();
  await tell({ kind: "push", pull: 0 });
  await clock.advance(5 * minute);
  expect(world.shown).toEqual(world.oracle());
});

test.each([
  { shown: 0, wait: 2 * minute },
  { shown: 5 * minute, wait: 5 * minute },
  { shown: 20 * hour, wait: 20 * hour },
  { shown: 3 * day, wait: day },
  { shown: 14 * day, wait: null },
])("shown for $shown ms, it is tried again after $wait", ({ shown, wait }) => {
  expect(lookAwayMs(shown)).toBe(wait);
});

test("a merge group that cannot be judged is tried more and more seldom, for nobody tells that it was taken apart", async () => {
  const [clock, store]: [ReturnType<typeof fakeClock>, Store] = [fakeClock(), modelStore()];
  const lent = (plain: Lent): Lent => ({
    ...plain,
    publish: async (evaluation, signal) => {
      if (evaluation.state === "fault")
        await store.verdicts.append(faultRow(evaluation, shaOf("group"), clock.now().toISOString()));
      await plain.publish(evaluation, signal);
    },
  });
  const { world } = await startBench({ pulls: 1, clock, store, lent, pace: seldom });
  let tries = 0;
  world.meanwhile = (subject) => {
    if (subject.kind !== "merge-group") return Promise.resolve(undefined);
    tries += 1;
    const what = "GitHub did not answer.";
    return Promise.resolve({ state: "fault", subject, head: shaOf("group"), what, fix: "", again: true });
  };
  const refs = {
    headRef: "refs/heads/gh-readonly-queue/main/pr-1-a",
    baseRef: "refs/heads/main",
    baseSha: shaOf("base"),
  };
  const where = { installation: 7, repository: 71 };
  await store.subjects.mark([markOf({ kind: "merge-group", ...where, head: shaOf("group"), ...refs }, clock.now())]);
  await clock.advance(day);
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThanOrEqual(15);
  await clock.advance(20 * day);
  expect((await waiting(store)).subjects).toBe(0);
});
