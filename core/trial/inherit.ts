import type { KeyPath } from "../policy/index.ts";
import { Setting, type WrittenCase, type WrittenCases, type WrittenEvent } from "./written-case.ts";

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
 * `like` must lead to cases that there are, without a circle.
 */
export function inheritCases({ cases, given }: WrittenCases): Omit<TrialCase, "place">[] {
  const start = begin(given ?? {});
  return cases.map((one, index) => {
    const settled = chainOf(index, cases).reduce((before, link) => goOn(before, cases[link]!, link), start);
    return { name: one.name, at: ["cases", index], ...settled, expect: one.expect };
  });
}

type Settled = Pick<TrialCase, "change" | "setting" | "writtenAt" | "steps">;

function begin(given: Setting): Settled {
  return { change: {}, setting: given, writtenAt: places(given, ["given"]), steps: [] };
}

/** The positions of the cases that a case goes on from, the first of them first, and its own. */
function chainOf(index: number, cases: readonly WrittenCase[]): number[] {
  const like = cases[index]?.like;
  const before = like === undefined ? -1 : cases.findIndex(({ name }) => name === like);
  return before === -1 ? [index] : [...chainOf(before, cases), index];
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
      teams: { ...before.setting.teams, ...own.teams },
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

function places(written: object, at: KeyPath): Map<string, KeyPath> {
  return new Map(Object.keys(written).map((key) => [key, [...at, key]]));
}
