import type { KeyPath } from "../policy/index.ts";
import type { WrittenCase } from "./written-case.ts";
import type { WrittenEvent } from "./written/events.ts";
import { isSameName } from "./same-name.ts";
import { Setting } from "./written/setting.ts";

type WrittenChange = NonNullable<WrittenCase["change"]>;

/** One thing that happened to the change, and where that is written. */
export interface Step {
  event: WrittenEvent;
  /** Of the event's own value. */
  at: KeyPath;
}

/** A case that stands for itself: what it goes on from is part of it. */
export interface TrialCase {
  name: string;
  at: KeyPath;
  /** Where the case begins in its file. */
  place: { line: number; column: number };
  change: WrittenChange;
  setting: Setting;
  /** Where each key of `change` and of the setting is written. */
  writtenAt: ReadonlyMap<string, KeyPath>;
  /** In the order in which they happened. */
  steps: readonly Step[];
  expect: WrittenCase["expect"];
}

/**
 * Settles `like` and `given`. A case goes on where the one before it ended: its own push, reviews, overrides and events come after
 * that one's; every other key replaces what it was, teams and checks by their names. Expectations are not handed on.
 * Null stands in the place of a case that is wrong: it is left out, as are those that go on from it.
 */
export function inheritCases(cases: readonly (WrittenCase | null)[], given: Setting): Omit<TrialCase, "place">[] {
  const start = begin(given);
  return cases.flatMap((one, index) => {
    const chain = chainOf(index, cases);
    if (one === null || chain === null) return [];
    const settled = chain.reduce((before, link) => goOn(before, link.one, link.index), start);
    return [{ name: one.name, at: ["cases", index], ...settled, expect: one.expect }];
  });
}

type Settled = Pick<TrialCase, "change" | "setting" | "writtenAt" | "steps">;

function begin(given: Setting): Settled {
  return { change: {}, setting: given, writtenAt: places(given, ["given"]), steps: [] };
}

interface Link {
  one: WrittenCase;
  index: number;
}

/** The cases that a case goes on from, the first of them first, and itself; null where one of them is wrong. */
function chainOf(index: number, cases: readonly (WrittenCase | null)[], trail: readonly number[] = []): Link[] | null {
  const one = cases[index] ?? null;
  if (one === null || trail.includes(index)) return null;
  if (one.like === undefined) return [{ one, index }];
  const before = chainOf(
    cases.findIndex((other) => other?.name === one.like),
    cases,
    [...trail, index],
  );
  return before === null ? null : [...before, { one, index }];
}

function goOn(before: Settled, one: WrittenCase, index: number): Settled {
  const { change, push, reviews, overrides, events } = one;
  const own = Setting.parse(one);
  const at = ["cases", index] as const;
  return {
    change: { ...before.change, ...change },
    setting: {
      ...before.setting,
      ...own,
      teams: byName(before.setting.teams, own.teams),
      checks: { ...before.setting.checks, ...own.checks },
    },
    writtenAt: new Map([...before.writtenAt, ...places(own, at), ...places(change ?? {}, [...at, "change"])]),
    steps: [
      ...before.steps,
      ...(push === undefined ? [] : [{ event: { push }, at: [...at, "push"] }]),
      ...(reviews ?? []).map((review, n) => ({ event: { review }, at: [...at, "reviews", n] })),
      ...(overrides ?? []).map((override, n) => ({ event: { override }, at: [...at, "overrides", n] })),
      ...(events ?? []).map((event, n) => ({ event, at: [...at, "events", n, ...Object.keys(event).slice(0, 1)] })),
    ],
  };
}

/** The later of two entries whose names differ in nothing but case. */
function byName<T>(before: Record<string, T> = {}, own: Record<string, T> = {}): Record<string, T> {
  const others = Object.entries(before).filter(([name]) => !Object.keys(own).some((other) => isSameName(name, other)));
  return Object.fromEntries([...others, ...Object.entries(own)]);
}

function places(written: object, at: KeyPath): Map<string, KeyPath> {
  return new Map(Object.keys(written).map((key) => [key, [...at, key]]));
}
