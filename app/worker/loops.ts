import type { Clock } from "../../core/clock.ts";
import type { Log } from "../ports.ts";
import type { Work } from "./work.ts";

/**
 * Does something now and then again and again, until the worker stops: at once when there was something to do, else after
 * `ms`. What it throws is logged, and does not end it: the database or GitHub may be back next time.
 */
export async function again(
  name: string,
  ms: number,
  { ports, stopping }: Work,
  run: () => Promise<boolean>,
): Promise<void> {
  while (!stopping.aborted) {
    const busy = await tried(name, ports.log, run);
    if (!busy && !(await slept(ports.clock, ms, stopping))) return;
  }
}

/** False when the sleep was ended. */
export async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  const ended = () => signal.aborted;
  if (ended()) return false;
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!ended()) throw error;
  }
  return !ended();
}

/** The work's result, or a rejection with the signal's reason as soon as it is aborted: work that never ends is left behind. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  // Left behind, it may still fail: nobody waits for that.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(asError(signal.reason));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function tried(name: string, log: Log, run: () => Promise<boolean>): Promise<boolean> {
  try {
    return await run();
  } catch (error) {
    log.error(`${name} failed`, error);
    return false;
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
