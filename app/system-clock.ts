import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    // What is long overdue need not wait, and a timer takes no more than 2^31 - 1 milliseconds.
    await wait(Math.min(Math.max(0, ms), 2 ** 31 - 1), undefined, { ...(signal === undefined ? {} : { signal }) });
  },
};
