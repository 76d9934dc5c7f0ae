import type { Inbox } from "../inbox/index.ts";
import type { AppPorts } from "../ports.ts";
import type { Lent } from "./lent.ts";

/** What every loop of the worker is given. */
export interface Work {
  ports: AppPorts;
  lent: Lent;
  inbox: Inbox;
  pace: Pace;
  /** Aborted when the worker stops: nothing new is begun. */
  stopping: AbortSignal;
  /** Aborted when stopping takes too long: what runs is given up, and another instance takes it on. */
  givingUp: AbortSignal;
}

/** How often and how long, in milliseconds, and how many at once. */
export interface Pace {
  /** How long to wait where there was nothing to do. */
  idleMs: number;
  /** How many subjects are judged at once. */
  lanes: number;
  /** How many deliveries are taken up at once. */
  batch: number;
  /** After this many failures a delivery is tried a few times a day only. */
  deliveryTries: number;
  leaseMs: number;
  /** Judging and publishing one subject may take this long. */
  limitMs: number;
  sweepMs: number;
  /** How many pull requests a sweep has judged anew though nothing about them seems to be another, the longest ago first. */
  sweptAnew: number;
  redeliveryMs: number;
  watchdogMs: number;
  /** What waits longer than this becomes an honest failure. */
  lateMs: number;
  pruneMs: number;
}

export const standardPace: Pace = {
  idleMs: 250,
  lanes: 4,
  batch: 50,
  deliveryTries: 10,
  leaseMs: 120_000,
  limitMs: 300_000,
  sweepMs: 600_000,
  sweptAnew: 50,
  redeliveryMs: 300_000,
  watchdogMs: 60_000,
  lateMs: 600_000,
  pruneMs: 3_600_000,
};

/** This many milliseconds after an instant, as the store writes instants. */
export function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
