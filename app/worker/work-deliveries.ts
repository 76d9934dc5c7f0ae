import type { ClaimedDelivery } from "../../adapters/store/store.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { auditEntry } from "../audit-kinds.ts";
import { retryMs } from "./retry-ms.ts";
import { after, type Work } from "./work.ts";

/**
 * Takes up stored deliveries and turns each into what it leaves behind, in one transaction: subjects to be judged, and what
 * must be remembered. False when none waited. In which order they are worked through makes no difference to the end.
 */
export async function workDeliveries(work: Work): Promise<boolean> {
  const { ports, pace } = work;
  const now = ports.clock.now();
  const owner = `${ports.instance}/inbox`;
  const claimed = await ports.store.deliveries.claim(owner, pace.batch, now.toISOString(), after(now, deliveryLeaseMs));
  await Promise.all(claimed.map((delivery) => workDelivery(delivery, owner, work)));
  return claimed.length > 0;
}

/** Reading one takes milliseconds; another instance may take it up when this one is gone. */
const deliveryLeaseMs = 60_000;

async function workDelivery(delivery: ClaimedDelivery, owner: string, work: Work): Promise<void> {
  const { store, log, metrics } = work.ports;
  try {
    const { outcome, effects, refused } = await work.inbox.read(delivery);
    await store.deliveries.finish(delivery.id, owner, outcome, effects);
    metrics.count("countersign_worked_total", { outcome });
    if (refused !== null)
      log.warn("delivery refused", { delivery: delivery.id, event: delivery.event, reason: refused });
  } catch (error) {
    metrics.count("countersign_worked_total", { outcome: "failed" });
    log.error("delivery failed", error, { delivery: delivery.id, event: delivery.event, attempts: delivery.attempts });
    await postpone(delivery, owner, error, work);
  }
}

/** Never given up: GitHub told us once that we have it. What fails again and again is tried four times a day. */
async function postpone(
  delivery: ClaimedDelivery,
  owner: string,
  error: unknown,
  { ports, pace }: Work,
): Promise<void> {
  const now = ports.clock.now();
  const { id, event, attempts } = delivery;
  const fault = inertText(error instanceof Error ? error.message : String(error), { maxGraphemes: 500 });
  const hopeless = attempts + 1 >= pace.deliveryTries;
  try {
    if (attempts + 1 === pace.deliveryTries) {
      const detail = { delivery: inertText(id), event: inertText(event), attempts: attempts + 1, fault };
      await ports.store.audit.append([auditEntry({ kind: "delivery-failed", at: now, installation: null, detail })]);
    }
    await ports.store.deliveries.postpone(id, owner, after(now, hopeless ? seldomMs : retryMs(attempts)), fault);
  } catch (storeFault) {
    // The database is away: the lease runs out, and whoever is there then takes it up.
    ports.log.error("delivery not postponed", storeFault, { delivery: id });
  }
}

const seldomMs = 6 * 3_600_000;
