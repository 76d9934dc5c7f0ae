import { afterEach, beforeEach, expect, test } from "vitest";
import type { Evaluation } from "../../../app/evaluation.ts";
import { announcing } from "../../../app/publish/index.ts";
import type { Subject } from "../../../app/subject.ts";
import { fakeClock } from "../fake-clock.ts";
import { judged, makeWorld, type World } from "./publish-world.ts";

/** Whoever waits sees that it is being worked on. */
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
});

const signal = new AbortController().signal;
const runs = () => world.orders.state.checkRuns.filter(({ app }) => app === world.github.app.id);
const announced = (evaluate: () => Promise<Evaluation>, ports = world.ports) =>
  announcing(ports, world.settings, evaluate);

function group(): Extract<Subject, { kind: "merge-group" }> {
  const { headSha: head, headRef, baseRef, baseSha } = world.orders.mergeGroup(world.pull.number);
  const place = { installation: world.installation.id, repository: world.orders.id };
  return { kind: "merge-group", ...place, head, headRef, baseRef, baseSha };
}

test("fault 23: a merge group's check is in progress before anything is read, and completed in the same run", async () => {
  const subject = group();
  let before: unknown = null;
  const evaluation = { ...judged(world), subject, head: subject.head };
  const evaluate = announced(() => {
    before = runs().map(({ status, conclusion, headSha }) => ({ status, conclusion, headSha }));
    return Promise.resolve(evaluation);
  });
  await world.publish(await evaluate(subject, signal));
  expect(before).toEqual([{ status: "in_progress", conclusion: null, headSha: subject.head }]);
  expect(runs()).toMatchObject([{ status: "completed", conclusion: "action_required", headSha: subject.head }]);
});

test("what GitHub does not take keeps no group from being judged", async () => {
  world.github.faults.add({ route: "checks/create", fault: { kind: "status", status: 502 }, times: 2 });
  const subject = group();
  const evaluate = announced(() => Promise.resolve({ ...judged(world), subject, head: subject.head }));
  await world.publish(await evaluate(subject, signal));
  expect(runs()).toMatchObject([{ status: "completed", conclusion: "action_required" }]);
});

test("fault 28: an announcement whose answer was lost is completed, not doubled", async () => {
  world.github.faults.add({ route: "checks/create", fault: { kind: "reset", applied: true }, times: 1 });
  const subject = group();
  const evaluate = announced(() => Promise.resolve({ ...judged(world), subject, head: subject.head }));
  await world.publish(await evaluate(subject, signal));
  expect(runs()).toMatchObject([{ status: "completed" }]);
});

test("a pull request is announced after five seconds, and not before", async () => {
  const clock = fakeClock(undefined, () => new Promise((resolve) => setTimeout(resolve, 50)));
  const ports = { ...world.ports, clock };
  let finish: (evaluation: Evaluation) => void = () => undefined;
  const waiting = new Promise<Evaluation>((resolve) => (finish = resolve));
  const evaluating = announced(() => waiting, ports)(judged(world).subject, signal);
  await clock.advance(4_900);
  expect(runs()).toEqual([]);
  await clock.advance(200);
  await expect.poll(runs).toMatchObject([{ status: "in_progress", headSha: world.pull.head }]);
  finish(judged(world));
  await world.publish(await evaluating);
  expect(runs()).toMatchObject([{ status: "completed" }]);
});

test("a verdict that is shown is not hidden behind an announcement", async () => {
  await world.publish(judged(world));
  const slow = announced(async () => {
    await Promise.resolve();
    return judged(world);
  });
  await slow(judged(world).subject, signal);
  expect(runs()).toMatchObject([{ status: "completed" }]);
});
