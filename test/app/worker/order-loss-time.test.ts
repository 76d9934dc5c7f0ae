import { describe, expect, test } from "vitest";
import { NotTold } from "../../../adapters/github/client.ts";
import type { Evaluation } from "../../../app/evaluation.ts";
import type { Lent } from "../../../app/worker/index.ts";
import { startBench } from "./bench.ts";
import { addPull, deliveryOf, doIt, keyOf, placeOf, pullsShown, shaOf, waiting, type Doing } from "./world.ts";

/*
 * Faults of order, loss and time, by the numbers of the fault matrix. A verdict is due 15 minutes after whatever happened,
 * also when nobody told us.
 */

const minute = 60_000;
const hour = 60 * minute;

test("at the start everything that is open is judged", async () => {
  const { world, store } = await startBench({ pulls: 5, repositories: 2 });
  expect(world.shown).toEqual(world.oracle());
  expect(await waiting(store)).toEqual({ deliveries: 0, subjects: 0 });
});

test("a burst of events is judged once, a second later", async () => {
  const { world, clock, tell } = await startBench();
  world.judged.clear();
  await tell(...Array.from({ length: 40 }, (): Doing => ({ kind: "edit", pull: 0 })));
  await clock.advance(900);
  expect(world.judged.size).toBe(0);
  await clock.advance(1_000);
  expect([...world.judged]).toEqual([["pull-request/71/1", 1]]);
  expect(world.shown).toEqual(world.oracle());
});

describe("row 15: events in the wrong order", () => {
  test("synchronize before opened", async () => {
    const { world, clock, store } = await startBench();
    const pull = addPull(world, 71, 9);
    const opened = doIt({ kind: "reopen", pull: 3 }, world, clock);
    const pushed = doIt({ kind: "push", pull: 3 }, world, clock);
    await store.deliveries.append(pushed);
    await clock.advance(3_000);
    await store.deliveries.append(opened);
    await clock.advance(3_000);
    expect(world.shown.get(keyOf(pull))).toBe(world.oracle().get(keyOf(pull)));
  });

  test("closed before synchronize", async () => {
    const { world, clock, store } = await startBench();
    const pushed = doIt({ kind: "push", pull: 0 }, world, clock);
    await store.deliveries.append(doIt({ kind: "close", pull: 0 }, world, clock));
    await clock.advance(3_000);
    await store.deliveries.append(pushed);
    await clock.advance(3_000);
    expect(await waiting(store)).toEqual({ deliveries: 0, subjects: 0 });
    expect((await store.subjects.of({ installation: 7 })).map(({ key }) => key)).not.toContain("pull-request/71/1");
  });

  test("a label of our own starts nothing", async () => {
    const { world, clock, store } = await startBench();
    world.judged.clear();
    const sender = { login: "countersign[bot]", type: "Bot" };
    const payload = {
      action: "labeled",
      ...placeOf(71),
      sender,
      pull_request: { number: 1, updated_at: "2026-03-01T12:00:00Z" },
    };
    await store.deliveries.append(deliveryOf("pull_request", payload, clock));
    await clock.advance(5_000);
    expect(world.judged.size).toBe(0);
  });
});

const kinds: Doing[] = [
  ...(["push", "edit", "review", "label", "close", "reopen", "retarget", "check", "comment"] as const).map(
    (kind): Doing => ({ kind, pull: 1 }),
  ),
  ...[{ kind: "policy", branch: "main" } as const, { kind: "people" } as const, { kind: "team" } as const],
];

test.each(kinds)("row 16: a lost $kind is repaired within 15 minutes", async (doing) => {
  const { world, clock, lose } = await startBench();
  await clock.advance(3 * minute);
  lose(doing);
  await clock.advance(15 * minute);
  for (const [key, shown] of world.oracle()) expect([key, world.shown.get(key)]).toEqual([key, shown]);
});

test("row 16: with more open than a sweep judges anew, what no list tells comes round in turn", async () => {
  const { world, clock, lose } = await startBench({ pulls: 9, pace: { sweptAnew: 3 } });
  await clock.advance(11 * minute);
  lose({ kind: "people" });
  await clock.advance(15 * minute);
  expect(world.shown).not.toEqual(world.oracle());
  await clock.advance(30 * minute);
  expect(world.shown).toEqual(world.oracle());
});

test("row 16: a mark that another version wrote in another shape ends no sweep", async () => {
  const { world, clock, store, lose } = await startBench({ pulls: 3 });
  await clock.advance(11 * minute);
  for (const key of world.oracle().keys())
    for (const memo of (await store.memory.of(key)).filter(({ kind }) => kind === "seen"))
      await store.memory.remember([{ ...memo, value: "{}" }]);
  lose({ kind: "people" });
  await clock.advance(15 * minute);
  expect(world.shown).toEqual(world.oracle());
});

test("a list that an event asks for does not wait as long as that of a sweep", async () => {
  const purposes: string[] = [];
  const lent = (plain: Lent): Lent => ({
    ...plain,
    openPulls: (place, signal) => {
      purposes.push(place.purpose);
      return plain.openPulls(place, signal);
    },
  });
  const { clock, tell } = await startBench({ lent });
  purposes.length = 0;
  await tell({ kind: "policy", branch: "main" });
  await clock.advance(3_000);
  expect(purposes).toEqual(["read"]);
  await clock.advance(11 * minute);
  expect(purposes.slice(1)).toContain("sweep");
});

test("row 16: a repository that cannot be listed holds up no other of its installation", async () => {
  const { world, clock, lose } = await startBench({ pulls: 2, repositories: 2 });
  await clock.advance(3 * minute);
  const { openPulls } = world.lent;
  world.lent.openPulls = (place, signal) =>
    place.repository === 71 ? Promise.reject(new Error("403")) : openPulls(place, signal);
  lose({ kind: "push", pull: 1 });
  await clock.advance(15 * minute);
  const key = "pull-request/72/2";
  expect(world.shown.get(key)).toBe(world.oracle().get(key));
});

test("row 16: where GitHub asks a sweep to wait, it goes on next time behind the repository that it came to", async () => {
  const { world, clock, lose } = await startBench({ pulls: 6, repositories: 6 });
  await clock.advance(11 * minute);
  const { openPulls } = world.lent;
  // Two lists, and from then on until the next sweep none.
  let listed: number[] = [];
  world.lent.openPulls = (place, signal) => {
    if (listed.length >= 2) return Promise.reject(new NotTold("the installation's rate limit is used up", 429));
    listed.push(place.repository);
    return openPulls(place, signal);
  };
  lose({ kind: "push", pull: 5 });
  const rounds: number[][] = [];
  for (let round = 0; round < 4; round += 1) {
    await clock.advance(10 * minute);
    rounds.push(listed);
    listed = [];
  }
  expect(rounds).toEqual([
    [71, 72],
    [73, 74],
    [75, 76],
    [71, 72],
  ]);
  const key = "pull-request/76/6";
  expect(world.shown.get(key)).toBe(world.oracle().get(key));
});

describe("row 17: nobody was there", () => {
  test("for three hours: GitHub is asked to deliver again, and all is swept", async () => {
    const { world, clock, worker, lose, another } = await startBench();
    await worker.stop();
    const at = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
    world.hooks.push({ id: 1, guid: "a", deliveredAt: at(minute), arrived: false });
    world.hooks.push({ id: 2, guid: "b", deliveredAt: at(minute), arrived: false });
    world.hooks.push({ id: 3, guid: "b", deliveredAt: at(2 * minute), arrived: true });
    lose({ kind: "push", pull: 0 }, { kind: "review", pull: 1 }, { kind: "close", pull: 2 });
    await clock.advance(3 * hour);
    another("two");
    await clock.advance(minute);
    expect(world.redelivered).toEqual([1]);
    for (const [key, shown] of world.oracle()) expect(world.shown.get(key)).toBe(shown);
  });

  test("and the instance before died while it asked: the three days are looked at when its lease is out", async () => {
    const { world, clock, worker, store, another } = await startBench();
    await worker.stop();
    const at = clock.now().toISOString();
    world.hooks.push({ id: 1, guid: "a", deliveredAt: at, arrived: false });
    await clock.advance(10 * hour);
    const until = new Date(clock.now().getTime() + 3 * minute).toISOString();
    await store.leases.take("redelivery", "dead", clock.now().toISOString(), until);
    another("two");
    await clock.advance(minute);
    expect(world.redelivered).toEqual([]);
    await clock.advance(10 * minute);
    expect(world.redelivered).toContain(1);
  });

  test("for so long that not all is asked for at once: what is left is never out of sight", async () => {
    const { world, clock, worker, another } = await startBench();
    await worker.stop();
    const at = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
    const count = 450;
    for (let id = 1; id <= count; id += 1)
      world.hooks.push({ id, guid: `event ${id}`, deliveredAt: at(id), arrived: false });
    await clock.advance(30 * hour);
    const asked = new Set<number>();
    world.lent.redeliver = (id) => {
      asked.add(id);
      const known = world.hooks.find((each) => each.id === id)!;
      world.hooks.push({ ...known, id: id + 10_000, deliveredAt: at(0), arrived: true });
      return Promise.resolve();
    };
    another("two");
    await clock.advance(11 * minute);
    expect(asked.size).toBe(count);
  });

  test("and GitHub refuses some: they keep nothing from the others", async () => {
    const { world, clock, worker, another, log } = await startBench();
    await worker.stop();
    const at = clock.now().toISOString();
    for (let id = 1; id <= 20; id += 1) world.hooks.push({ id, guid: `event ${id}`, deliveredAt: at, arrived: false });
    await clock.advance(hour);
    const asked: number[] = [];
    world.lent.redeliver = (id) => {
      asked.push(id);
      return id <= 10 ? Promise.reject(new Error("404")) : Promise.resolve();
    };
    another("two");
    await clock.advance(1_000);
    // After five refusals in a row it waits for the next round.
    expect(asked).toEqual([1, 2, 3, 4, 5]);
    expect(log.lines.map(({ event }) => event)).toContain("deliveries are still to be asked for");
    await clock.advance(15 * minute);
    expect(new Set(asked)).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index + 1)));
  });

  test("and GitHub lists more than is read: that is told", async () => {
    const { world, clock, worker, another, log } = await startBench();
    await worker.stop();
    const { hookDeliveries } = world.lent;
    world.lent.hookDeliveries = async (since, signal) => ({
      ...(await hookDeliveries(since, signal)),
      isWhole: false,
    });
    another("two");
    await clock.advance(1_000);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: "error", event: "redelivery sees a part" }));
  });

  test("for four days, which is longer than GitHub remembers: the sweep alone", async () => {
    const { world, clock, worker, lose, another } = await startBench();
    await worker.stop();
    world.hooks.push({ id: 1, guid: "a", deliveredAt: clock.now().toISOString(), arrived: false });
    lose({ kind: "push", pull: 0 }, { kind: "policy", branch: "main" });
    await clock.advance(4 * 24 * hour);
    another("two");
    await clock.advance(minute);
    expect(world.redelivered).toEqual([]);
    expect(world.shown).toEqual(world.oracle());
  });
});

test.each([
  { says: "90 seconds back", ms: -90_000 },
  { says: "two hours ahead", ms: 2 * hour },
  { says: "an hour back", ms: -hour },
])("row 18: the clock jumps $says", async ({ ms }) => {
  const { world, clock, tell, store } = await startBench();
  await tell({ kind: "push", pull: 0 });
  clock.jump(ms);
  await clock.advance(1_000);
  await tell({ kind: "edit", pull: 1 });
  await clock.advance(-Math.min(0, ms) + 15 * minute);
  expect(world.shown).toEqual(world.oracle());
  expect(await waiting(store)).toEqual({ deliveries: 0, subjects: 0 });
});

test("row 19: a push while it is judged: what was judged is judged again", async () => {
  const { world, clock, tell } = await startBench();
  world.judged.clear();
  let pushed = false;
  world.meanwhile = async () => {
    if (!pushed) await tell({ kind: "push", pull: 0 });
    pushed = true;
    await clock.sleep(5_000);
    return undefined;
  };
  await tell({ kind: "edit", pull: 0 });
  await clock.advance(20_000);
  expect(world.judged.get("pull-request/71/1")).toBe(2);
  expect(world.shown).toEqual(world.oracle());
});

test.each([
  { says: "the base is another", doing: { kind: "retarget", pull: 1 } as const },
  { says: "the base's policy is another", doing: { kind: "policy", branch: "main" } as const },
])("row 20: $says while it is judged", async ({ doing }) => {
  const { world, clock, tell } = await startBench();
  let done = false;
  world.meanwhile = async () => {
    if (!done) await tell(doing);
    done = true;
    await clock.sleep(5_000);
    return undefined;
  };
  await tell({ kind: "edit", pull: 1 });
  await clock.advance(30_000);
  expect(pullsShown(world)).toEqual(world.oracle());
});

test("row 21: when one of them is closed, the other is judged again", async () => {
  const { world, clock, tell } = await startBench();
  const [first, second] = [...world.pulls.values()];
  second!.head = first!.head;
  await clock.advance(11 * minute);
  world.judged.clear();
  await tell({ kind: "close", pull: 0 });
  await clock.advance(5_000);
  expect(world.judged.get(keyOf(second!))).toBe(1);
});

describe("row 22: what is gone", () => {
  test("a repository that the App may not see any more is forgotten", async () => {
    const { world, clock, store } = await startBench({ pulls: 4, repositories: 2 });
    world.repositories.get(71)!.gone = true;
    await store.deliveries.append(deliveryOf("repository", { action: "privatized", ...placeOf(71) }, clock));
    await clock.advance(5_000);
    const left = (await store.subjects.of({ installation: 7 })).map(({ key }) => key);
    expect(left).toEqual(["pull-request/72/2", "pull-request/72/4"]);
  });

  test("an installation that is suspended is left in peace, and looked at when it is back", async () => {
    const { world, clock, store, lose } = await startBench();
    world.installations[0]!.suspendedAt = "2026-03-01T12:00:00Z";
    await store.deliveries.append(deliveryOf("installation", { action: "suspend", installation: { id: 7 } }, clock));
    await clock.advance(5_000);
    world.judged.clear();
    lose({ kind: "push", pull: 0 });
    await clock.advance(30 * minute);
    expect(world.judged.size).toBe(0);
    // Its end is not told.
    world.installations[0]!.suspendedAt = null;
    await clock.advance(11 * minute);
    expect(world.shown).toEqual(world.oracle());
  });

  test("an installation that was removed is forgotten, told or not", async () => {
    const { world, clock, store } = await startBench();
    world.installations.length = 0;
    await clock.advance(11 * minute);
    expect(await store.installations.all()).toEqual([]);
    expect(await store.subjects.of({ installation: 7 })).toEqual([]);
    expect((await store.audit.read(0, 10)).map(({ kind }) => kind)).toEqual(["installation-gone"]);
  });
});

test("row 23: each merge group is judged at once, also one that was built anew", async () => {
  const { world, clock, store } = await startBench();
  const heads = [shaOf("group 1"), shaOf("group 2")];
  for (const head of heads) {
    const merge_group = {
      head_sha: head,
      head_ref: "refs/heads/q",
      base_ref: "refs/heads/main",
      base_sha: shaOf("base"),
    };
    await store.deliveries.append(
      deliveryOf("merge_group", { action: "checks_requested", ...placeOf(71), merge_group }, clock),
    );
  }
  await clock.advance(600);
  for (const head of heads) expect(world.shown.get(`merge-group/71/${head}`)).toBe(`${head}@group`);
});

test("row 24: what a push brought to the default branch is looked at, and not for ever", async () => {
  const { world, clock, store } = await startBench();
  const payload = { ref: "refs/heads/main", before: shaOf("a"), after: shaOf("b"), ...placeOf(71) };
  await store.deliveries.append(deliveryOf("push", payload, clock));
  await clock.advance(3_000);
  const key = `landing/71/${shaOf("b")}/main`;
  expect(world.shown.get(key)).toBe(`${shaOf("b")}@landed`);
  expect((await store.subjects.of({ installation: 7 })).map((mark) => mark.key)).not.toContain(key);
});

describe("what cannot be judged", () => {
  const fault = (again: boolean): Evaluation => ({
    ...{ state: "fault", head: shaOf("x"), what: "GitHub does not answer.", fix: "Wait.", again },
    subject: { kind: "pull-request", installation: 7, repository: 71, number: 1 },
  });

  test("a fault that mends itself is not shown", async () => {
    const { world, clock, tell } = await startBench();
    let faults = 2;
    world.meanwhile = () => Promise.resolve((faults -= 1) >= 0 ? fault(true) : undefined);
    await tell({ kind: "push", pull: 0 });
    await clock.advance(4_000);
    expect(world.shown.get("pull-request/71/1")).not.toMatch(/^fault/);
    await clock.advance(10_000);
    expect(world.shown).toEqual(world.oracle());
  });

  test("a fault that stays is shown, and tried again until it mends", async () => {
    const { world, clock, tell } = await startBench();
    world.meanwhile = () => Promise.resolve(fault(true));
    await tell({ kind: "push", pull: 0 });
    await clock.advance(20_000);
    expect(world.shown.get("pull-request/71/1")).toBe("fault: GitHub does not answer.");
    world.meanwhile = () => Promise.resolve(undefined);
    await clock.advance(3 * minute);
    expect(world.shown).toEqual(world.oracle());
  });

  test("a fault that trying does not mend is shown at once, and left until something changes", async () => {
    const { world, clock, tell, store } = await startBench();
    world.meanwhile = () => Promise.resolve(fault(false));
    await tell({ kind: "push", pull: 0 });
    await clock.advance(2_000);
    expect(world.shown.get("pull-request/71/1")).toBe("fault: GitHub does not answer.");
    expect((await waiting(store)).subjects).toBe(0);
  });

  test("a defect of ours is shown as one, and its text is not", async () => {
    const { world, clock, tell } = await startBench();
    world.meanwhile = () => Promise.reject(new Error("token ghs_secret"));
    await tell({ kind: "push", pull: 0 });
    await clock.advance(20_000);
    expect(world.shown.get("pull-request/71/1")).toMatch(/^fault: The gate failed/);
    expect(world.shown.get("pull-request/71/1")).not.toContain("ghs_");
  });

  test("an evaluation that never ends is given up, and after ten minutes a failure is shown", async () => {
    const { world, clock, tell } = await startBench();
    world.meanwhile = () => new Promise(() => undefined);
    await tell({ kind: "push", pull: 0 });
    await clock.advance(12 * minute);
    expect(world.shown.get("pull-request/71/1")).toMatch(/^fault: This has waited for 1[012] minutes/);
    world.meanwhile = () => Promise.resolve(undefined);
    await clock.advance(10 * minute);
    expect(world.shown).toEqual(world.oracle());
  });
});
