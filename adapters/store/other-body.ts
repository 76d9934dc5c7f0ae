import type { AuditEntry, Delivery } from "./store.ts";

/** The audit kind of a delivery that came again under a known id with other bytes. */
export const otherBodyKind = "delivery-other-body";

/** What the audit table keeps of it: the two hashes, of which GitHub can have sent only one. */
export function otherBodyEntry(delivery: Delivery, knownHash: string): AuditEntry {
  return {
    at: delivery.receivedAt,
    tenant: "app",
    kind: otherBodyKind,
    change: null,
    detail: JSON.stringify({ delivery: delivery.id, event: delivery.event, known: knownHash, came: delivery.bodyHash }),
    keepUntil: new Date(Date.parse(delivery.receivedAt) + keptForDays * 86_400_000).toISOString(),
  };
}

/** A year, and a month in which somebody notices. */
const keptForDays = 400;
