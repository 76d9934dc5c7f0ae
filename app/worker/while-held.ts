import { after, type Work } from "./work.ts";
import { slept, unlessAborted } from "./loops.ts";

/** The lease of what was worked on is another's by now: nothing of the work may be published. */
export class LeaseLost extends Error {}

/** It took longer than anything may. */
export class TookTooLong extends Error {}

/** A subject that was taken up, and who holds it. */
export interface Held {
  key: string;
  owner: string;
}

/**
 * Works on a subject while its lease is renewed. The work's signal is aborted, and this throws, when the lease was lost,
 * when it takes too long, or when the worker gives up.
 */
export async function whileHeld<T>(held: Held, work: Work, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const failed = new AbortController();
  const signal = AbortSignal.any([work.givingUp, failed.signal]);
  void keep(held, work, ended.signal).catch((reason: unknown) => failed.abort(reason));
  try {
    return await unlessAborted(signal, run(signal));
  } finally {
    ended.abort();
  }
}

/**
 * Renews at each third of the lease, and ends with the work. Throws what ends the work. A database that is away for a
 * moment is asked once more before the lease is out.
 */
async function keep(held: Held, work: Work, ended: AbortSignal): Promise<void> {
  const { clock } = work.ports;
  const { leaseMs, limitMs } = work.pace;
  const began = clock.now().getTime();
  let good = began + leaseMs;
  while (await slept(clock, leaseMs / 3, ended)) {
    const now = clock.now().getTime();
    if (now - began >= limitMs) throw new TookTooLong(`It took longer than ${limitMs / 1000} seconds.`);
    const renewed = await renew(held, work).catch(() => null);
    if (renewed === true) good = now + leaseMs;
    if (renewed === false || clock.now().getTime() + leaseMs / 3 > good)
      throw new LeaseLost("Another instance took it up.");
  }
}

/** False when the lease is another's by now. */
export function renew({ key, owner }: Held, { ports, pace }: Work): Promise<boolean> {
  return ports.store.subjects.renew(key, owner, after(ports.clock.now(), pace.leaseMs));
}
