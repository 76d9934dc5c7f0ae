import type { ClaimedSubject } from "../../adapters/store/store.ts";
import { workSubject } from "./work-subject.ts";
import { slept } from "./loops.ts";
import { after, type Work } from "./work.ts";

/**
 * Takes up subjects that are due, the longest due first, several at a time, until the worker stops; then waits for those
 * that run. Each lane holds what it works on in its own name, so that two lanes exclude each other as two instances do.
 */
export async function workSubjects(work: Work): Promise<void> {
  const lanes = Array.from({ length: work.pace.lanes }, (_, index) => `${work.ports.instance}/lane-${index + 1}`);
  const running = new Map<string, Promise<void>>();
  while (!work.stopping.aborted) {
    const free = lanes.find((lane) => !running.has(lane));
    const subject = free === undefined ? null : await claim(free, work);
    if (free !== undefined && subject !== null) {
      running.set(
        free,
        workSubject(subject, free, work).finally(() => running.delete(free)),
      );
    } else if (free === undefined) {
      await Promise.race(running.values());
    } else if (!(await slept(work.ports.clock, work.pace.idleMs, work.stopping))) break;
  }
  await Promise.all(running.values());
}

async function claim(owner: string, { ports, pace }: Work): Promise<ClaimedSubject | null> {
  const now = ports.clock.now();
  try {
    return await ports.store.subjects.claim(owner, now.toISOString(), after(now, pace.leaseMs));
  } catch (error) {
    ports.log.error("no subject could be taken up", error);
    return null;
  }
}
