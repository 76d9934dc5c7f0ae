import type { Inbox } from "../inbox/index.ts";
import type { AppPorts } from "../ports.ts";
import type { Lent } from "./lent.ts";
import { again, slept } from "./loops.ts";
import { prune } from "./prune.ts";
import { redelivery } from "./redeliver.ts";
import { sweep } from "./sweep.ts";
import { watch } from "./watchdog.ts";
import { standardPace, type Pace, type Work } from "./work.ts";
import { workDeliveries } from "./work-deliveries.ts";
import { workSubjects } from "./work-subjects.ts";

/** A worker that runs. */
export interface Worker {
  /**
   * Takes nothing up any more and waits for what runs; what is not done by then is handed on. Resolves within `withinMs`
   * (10 seconds unless told otherwise).
   */
  stop: (withinMs?: number) => Promise<void>;
}

/**
 * Starts everything that happens after a delivery was acknowledged. Any number of instances may run on one store: leases
 * keep them apart, and whatever one leaves behind when it dies, another takes on when its lease is out.
 */
export function startWorker(ports: AppPorts, lent: Lent, inbox: Inbox, pace: Partial<Pace> = {}): Worker {
  const [stopping, givingUp] = [new AbortController(), new AbortController()];
  const signals = { stopping: stopping.signal, givingUp: givingUp.signal };
  const work: Work = { ports, lent, inbox, pace: { ...standardPace, ...pace }, ...signals };
  const loops = Promise.all(startLoops(work));
  return {
    stop: async (withinMs = 10_000) => {
      stopping.abort(new Error("The App stops."));
      // What is given up still has to be handed on.
      const drained = await endsWithin(loops, withinMs * 0.8, ports);
      if (!drained) givingUp.abort(new Error("The App stops, and could not wait any longer."));
      if (!drained && !(await endsWithin(loops, withinMs * 0.2, ports))) ports.log.warn("stopped while something ran");
    },
  };
}

function startLoops(work: Work): Promise<void>[] {
  const { pace } = work;
  const idle = (run: () => Promise<void>) => () => run().then(() => false);
  return [
    again("working deliveries through", pace.idleMs, work, () => workDeliveries(work)),
    workSubjects(work),
    again(
      "sweep",
      pace.sweepMs,
      work,
      idle(() => sweep(work)),
    ),
    again("redelivery", pace.redeliveryMs, work, idle(redelivery(work))),
    again(
      "watchdog",
      pace.watchdogMs,
      work,
      idle(() => watch(work)),
    ),
    again(
      "pruning",
      pace.pruneMs,
      work,
      idle(() => prune(work)),
    ),
  ];
}

async function endsWithin(loops: Promise<unknown>, ms: number, { clock }: AppPorts): Promise<boolean> {
  const ended = new AbortController();
  const drained = await Promise.race([loops.then(() => true), slept(clock, ms, ended.signal).then(() => false)]);
  ended.abort();
  return drained;
}
