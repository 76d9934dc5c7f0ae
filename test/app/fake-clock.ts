import type { Clock } from "../../core/clock.ts";

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Lets this much time pass: sleepers wake in the order of their instants, each before time goes on. */
  advance: (ms: number) => Promise<void>;
  /** How many sleep. */
  sleepers: () => number;
  /** The clock jumps, as when a machine is set right: nobody's sleep gets shorter or longer by it. */
  jump: (ms: number) => void;
}

/**
 * Time for tests. Deterministic: after each waking, everything that can go on without time going on does so first.
 * `settle` waits for that; by itself for what waits for nothing but other promises.
 */
export function fakeClock(start = "2026-03-01T12:00:00.000Z", settle = settled): FakeClock {
  let passed = 0;
  let shift = Date.parse(start);
  let serial = 0;
  const asleep = new Map<number, { at: number; wake: () => void }>();
  const nextBefore = (end: number) => {
    const due = [...asleep].filter(([, { at }]) => at <= end);
    return due.sort(([a, first], [b, second]) => first.at - second.at || a - b)[0];
  };
  return {
    now: () => new Date(shift + passed),
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) {
          reject(asError(signal.reason));
          return;
        }
        const id = (serial += 1);
        const end = (then: () => void) => () => {
          asleep.delete(id);
          signal?.removeEventListener("abort", aborted);
          then();
        };
        const aborted = end(() => reject(asError(signal?.reason)));
        signal?.addEventListener("abort", aborted);
        asleep.set(id, { at: passed + Math.max(0, ms), wake: end(resolve) });
      }),
    advance: async (ms) => {
      const end = passed + ms;
      await settle();
      for (let next = nextBefore(end); next !== undefined; next = nextBefore(end)) {
        const [, { at, wake }] = next;
        passed = Math.max(passed, at);
        wake();
        await settle();
      }
      passed = end;
    },
    sleepers: () => asleep.size,
    jump: (ms) => {
      shift += ms;
    },
  };
}

/** All promises that can be settled are: a macrotask comes after every microtask, also those that microtasks make. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
