import type { Delivery, DeliveryOutcome, Effects } from "../../adapters/store/store.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { auditEntry } from "../audit-kinds.ts";
import { events, keyOf } from "./events.ts";
import { Envelope } from "./payload.ts";
import { OddPayload, type OwnApp, type Told } from "./told.ts";

/** What is to become of a delivery. */
export interface Inboxed {
  outcome: DeliveryOutcome;
  effects: Effects;
  /** Why it is refused, inert; null when it is not. */
  refused: string | null;
}

/**
 * What a delivery leaves behind, from nothing but its payload (undefined where its body is no JSON): the subjects that may
 * now be judged differently, and what must be remembered. Whatever the payload is, it throws nothing.
 */
export function effectsOf(delivery: Pick<Delivery, "id" | "event">, payload: unknown, own: OwnApp, now: Date): Inboxed {
  if (payload === undefined) return refused(delivery, now, null, "it is no JSON");
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return refused(delivery, now, null, String(envelope.error.issues[0]?.path.join(".")));
  const { action, installation, repository, sender } = envelope.data;
  const row = events.get(keyOf(delivery.event, action));
  // A hook that somebody set up by hand, with our secret: nothing can be read or written in its name.
  if (row === undefined || installation === undefined) return ignored;
  const place = { installation: installation.id, repository: repository?.id ?? null };
  const told: Told = { ...place, action: action ?? null, sender: sender ?? null, payload, now, own };
  try {
    const effects = row(told);
    return effects === null ? ignored : { outcome: "handled", effects, refused: null };
  } catch (error) {
    if (error instanceof OddPayload) return refused(delivery, now, installation.id, error.message);
    throw error;
  }
}

const ignored: Inboxed = { outcome: "ignored", effects: { subjects: [], memories: [], audit: [] }, refused: null };

function refused(
  { id, event }: Pick<Delivery, "id" | "event">,
  at: Date,
  installation: number | null,
  why: string,
): Inboxed {
  const reason = inertText(why, { maxGraphemes: 200 });
  const detail = {
    delivery: inertText(id, { maxGraphemes: 100 }),
    event: inertText(event, { maxGraphemes: 100 }),
    reason,
  };
  const audit = [auditEntry({ kind: "delivery-refused", at, installation, detail })];
  return { outcome: "refused", effects: { subjects: [], memories: [], audit }, refused: reason };
}
