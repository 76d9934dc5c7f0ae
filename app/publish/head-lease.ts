import type { AppPorts } from "../ports.ts";
import type { Head } from "./publish-head.ts";

/** Somebody else publishes on the head, or died while it did: later it is free. */
export class HeadBusy extends Error {}

/** A publication that takes longer than this is another's to finish. */
const leaseMs = 120_000;
const waitMs = 500;
const mostWaits = 40;

/**
 * One at a time publishes on a head, over all instances. Waits for it; throws when another holds it for longer than a
 * publication takes.
 */
export async function underHeadLease<T>(
  { store, clock, instance, log }: AppPorts,
  { repository, sha }: Head,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const name = `head/${repository}/${sha}`;
  const owner = `${instance}/${(serial += 1)}`;
  for (let waits = 0; ; waits += 1) {
    signal.throwIfAborted();
    const now = clock.now();
    const until = new Date(now.getTime() + leaseMs).toISOString();
    if (await store.leases.take(name, owner, now.toISOString(), until)) break;
    if (waits === mostWaits) throw new HeadBusy("another instance publishes on this head");
    await clock.sleep(waitMs, signal);
  }
  try {
    return await work();
  } finally {
    // Without the database it runs out by itself; why the work failed is worth more.
    await store.leases.release(name, owner).catch((error: unknown) => log.error("lease-not-released", error));
  }
}

/** Two publications of one process are two owners. */
let serial = 0;
