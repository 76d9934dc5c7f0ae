import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { keepFacts, replayRecent } from "../../../app/policy-check/recent-facts.ts";
import { absent, present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { factsOf } from "../../core/trial/try-cases.ts";
import { fakeClock, type FakeClock } from "../fake-clock.ts";

/** What a new policy would make of the pull requests that were judged lately. */
const path = ".github/countersign.yml";
const strict = "version: 1\nmode: enforce\nrules:\n  - id: second\n    require: { second_human: true }\n";
const mild = strict.replace("enforce", "warn");
const at = (text: string) => present({ path, commit: "b".repeat(40), text });
const plain: Facts = factsOf(`change: { author: dev1, files: [{ path: src/a.ts, additions: 3 }] }`);
const facts: Facts = { ...plain, change: { ...plain.change, base: { ...plain.change.base, name: "main" } } };
const editing: Facts = { ...facts, policy: at(mild), proposedPolicy: at(strict) };
const { signal } = new AbortController();

let clock: FakeClock;
let store: ReturnType<typeof modelStore>;
beforeEach(() => ([clock, store] = [fakeClock(), modelStore()]));

const keep = (number: number, of: Facts = facts, repository = 70) =>
  keepFacts({ store, clock }, { repository, number }, of);
const recent = (of: Facts = editing, ports = { store, clock }) =>
  replayRecent(ports, { repository: 70, number: 9 }, of, signal);

function forBase(name: string): Facts {
  return { ...facts, change: { ...facts.change, base: { ...facts.change.base, name } } };
}

describe("a new policy is tried on", () => {
  test("those for the same base, but for itself", async () => {
    await keep(7);
    await keep(8, forBase("release"));
    await keep(9);
    await keep(6, facts, 71);
    expect(await recent()).toMatchObject({ replayed: [{ name: "#7", kind: "newly-waits" }], left: 0 });
  });

  test("twenty at most, each as it was judged last", async () => {
    for (let number = 100; number < 145; number += 1) await keep(number);
    await clock.advance(1_000);
    await keep(101);
    const found = await recent();
    expect(found?.replayed).toHaveLength(20);
    expect(found?.replayed[0]?.name).toBe("#101");
  });

  test("nothing, where the base's own policy does not load", async () => {
    await keep(7);
    expect(await recent({ ...editing, policy: at("version: 9\n") })).toBeNull();
    expect(await recent({ ...editing, proposedPolicy: absent("it is the base's") })).toBeNull();
  });
});

describe("what is not replayed is counted", () => {
  test("too large to be kept", async () => {
    const branch = present(randomBytes(200_000).toString("hex"));
    await keep(7, { ...facts, branch });
    expect(await recent()).toEqual({ replayed: [], left: 1 });
    expect((await store.memory.of("policy-facts/70"))[0]?.value.length).toBeLessThan(200);
  });

  test("facts of another version, or none that can be read", async () => {
    const values = [
      { number: 1, base: "main", facts: "AAAA" },
      { number: 2, base: "main", facts: "" },
    ];
    for (const [index, value] of values.entries()) {
      const about = { subject: "policy-facts/70", kind: "seen" as const, id: `0${index}` };
      await store.memory.remember([{ ...about, value: JSON.stringify(value), at: clock.now().toISOString() }]);
    }
    expect(await recent()).toEqual({ replayed: [], left: 2 });
  });

  test("when time is up", async () => {
    for (const number of [1, 2, 3]) await keep(number);
    let asked = 0;
    const slow = { ...clock, now: () => new Date(Date.parse("2026-03-01T12:00:00Z") + 900 * (asked += 1)) };
    const found = await recent(editing, { store, clock: slow });
    expect([found?.replayed.length, found?.left]).toEqual([2, 1]);
  });
});
