import type { Clock } from "../../core/clock.ts";

/** Runs something, and rejects when it takes longer than we have patience. What it does may still be done afterwards. */
export type Patience = <T>(run: () => Promise<T>) => Promise<T>;

/**
 * Patience for `ms`, and up to a quarter more. All that wait share one timer: one for each of thousands a second, thrown
 * away when the answer comes, would cost more than the answer.
 */
export function newPatience(clock: Clock, ms: number): Patience {
  const waiting = new Set<Waiting>();
  let isWatching = false;
  const watch = async (): Promise<void> => {
    isWatching = true;
    while (waiting.size > 0) {
      await clock.sleep(Math.min(ms / 4, longestStepMs));
      const now = clock.now().getTime();
      for (const each of waiting) if (each.since + ms <= now) each.reject(new Error(`No answer within ${ms} ms.`));
    }
    isWatching = false;
  };
  return async (run) => {
    const late = Promise.withResolvers<never>();
    const own: Waiting = { since: clock.now().getTime(), reject: late.reject };
    waiting.add(own);
    if (!isWatching) void watch();
    try {
      return await Promise.race([run(), late.promise]);
    } finally {
      waiting.delete(own);
    }
  };
}

interface Waiting {
  since: number;
  reject: (reason: Error) => void;
}

/** It holds up the end of the process for as long. */
const longestStepMs = 500;
