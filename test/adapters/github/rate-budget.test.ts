import { describe, expect, test } from "vitest";
import { back, freshBudget, sent, taught, waitsUntil, type LimitTold } from "../../../adapters/github/rate-budget.ts";

const now = Date.UTC(2026, 10, 21, 12);
const inAnHour = now + 3_600_000;

function told(remaining: number, more: Partial<LimitTold> = {}): LimitTold {
  const headers = {
    ...{ "x-ratelimit-limit": "5000", "x-ratelimit-remaining": String(remaining) },
    "x-ratelimit-reset": String(inAnHour / 1000),
    "x-ratelimit-resource": "core",
  };
  return { resource: "core", refused: false, ...more, headers: { ...headers, ...more.headers } };
}

describe("what an hour's budget is for", () => {
  test.each([
    { remaining: 5000, may: ["verdict", "read", "decoration", "sweep"] },
    { remaining: 2501, may: ["verdict", "read", "decoration", "sweep"] },
    { remaining: 2500, may: ["verdict", "read", "decoration"] },
    { remaining: 1500, may: ["verdict", "read"] },
    { remaining: 1000, may: ["verdict"] },
    { remaining: 1, may: ["verdict"] },
    { remaining: 0, may: [] },
  ])("with $remaining left of 5000", ({ remaining, may }) => {
    const budget = taught(freshBudget, told(remaining), now);
    const purposes = ["verdict", "read", "decoration", "sweep"] as const;
    expect(purposes.filter((purpose) => waitsUntil(budget, "core", purpose, now) === null)).toEqual(may);
    expect(waitsUntil(budget, "core", "sweep", inAnHour)).toBeNull();
    expect(waitsUntil(budget, "graphql", "sweep", now)).toBeNull();
  });

  test("counts what was sent before its answer tells", () => {
    const budget = taught(freshBudget, told(1001), now);
    expect(waitsUntil(budget, "core", "read", now)).toBeNull();
    const two = sent(sent(budget, "core"), "graphql");
    expect(waitsUntil(two, "core", "read", now)).toBe(inAnHour);
    expect(waitsUntil(back(two, "core"), "core", "read", now)).toBeNull();
    expect(back(sent(freshBudget, "core"), "core")).toEqual(freshBudget);
  });

  test("goes by the least that was told in one hour, and forgets it in the next", () => {
    const late = taught(taught(freshBudget, told(10), now), told(12), now);
    expect(late.core?.remaining).toBe(10);
    const reset = String((inAnHour + 3_600_000) / 1000);
    expect(taught(late, told(4999, { headers: { "x-ratelimit-reset": reset } }), inAnHour).core?.remaining).toBe(4999);
  });

  test("learns nothing from headers that are no numbers", () => {
    for (const wrong of ["", "many", "-1", "1.5"])
      expect(taught(freshBudget, told(1, { headers: { "x-ratelimit-limit": wrong } }), now)).toEqual(freshBudget);
  });
});

describe("27. a refusal because of a limit", () => {
  const refusedWith = (headers: LimitTold["headers"]): LimitTold => ({ resource: "core", refused: true, headers });

  test("of the hour stops what was asked until the hour is over, and leaves the other API alone", () => {
    const budget = taught(freshBudget, told(0, { refused: true }), now);
    expect(waitsUntil(budget, "core", "verdict", now)).toBe(inAnHour);
    expect(waitsUntil(budget, "graphql", "read", now)).toBeNull();
    expect(waitsUntil(budget, "core", "verdict", inAnHour)).toBeNull();
  });

  test("whose reset is over already is not asked again at once", () => {
    const past = told(0, { refused: true, headers: { "x-ratelimit-reset": String(now / 1000 - 60) } });
    expect(waitsUntil(taught(freshBudget, past, now), "core", "verdict", now)).toBe(now + 1000);
  });

  test("is waited for as told", () => {
    const budget = taught(freshBudget, refusedWith({ "retry-after": "17" }), now);
    expect(waitsUntil(budget, "core", "verdict", now)).toBe(now + 17_000);
    expect(waitsUntil(budget, "graphql", "verdict", now)).toBe(now + 17_000);
    const withNone = refusedWith({ "retry-after": "30", "x-ratelimit-remaining": "0" });
    expect(waitsUntil(taught(freshBudget, withNone, now), "core", "verdict", now)).toBe(now + 30_000);
  });

  test("without a time is waited for a minute, then for longer, until something is answered", () => {
    let budget = freshBudget;
    const waits: number[] = [];
    for (let at = now, round = 0; round < 6; round += 1) {
      budget = taught(budget, refusedWith({}), at);
      waits.push((budget.pausedUntil - at) / 60_000);
      at = budget.pausedUntil;
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    const answered = taught(budget, { resource: "core", refused: false, headers: {} }, budget.pausedUntil);
    expect(answered.strikes).toBe(0);
  });

  test("is not shortened by a later one with a shorter time, nor is it forgiven by what was asked before", () => {
    const first = taught(freshBudget, refusedWith({ "retry-after": "600" }), now);
    const second = taught(first, refusedWith({ "retry-after": "1" }), now);
    expect(second.pausedUntil).toBe(now + 600_000);
    expect(taught(second, { resource: "core", refused: false, headers: {} }, now).strikes).toBe(2);
  });
});
