import { Probot } from "probot";
import type { Delivery } from "../../adapters/store/store.ts";
import type { Clock } from "../../core/clock.ts";
import type { Log } from "../ports.ts";
import { effectsOf, type Inboxed } from "./effects-of.ts";
import { events, keyOf } from "./events.ts";
import { jsonOrUndefined } from "./json.ts";
import { Envelope } from "./payload.ts";
import { probotLog } from "./probot-log.ts";
import type { OwnApp } from "./told.ts";

/** Reads deliveries. */
export interface Inbox {
  /** What is to become of one. Whatever it holds, it throws only where a handler has a defect. */
  read: (delivery: Delivery) => Promise<Inboxed>;
}

/** What the inbox is lent: our App's names, the time, and where Probot's own troubles are told. */
export interface InboxPorts {
  own: OwnApp;
  clock: Clock;
  log: Log;
  /** For Probot, which else would take a well-known one. Nothing is checked with it: ingress did that before. */
  secret: string;
}

/**
 * The inbox on Probot: each delivery is handed to `receive`, whose handler reads the table of events. Probot opens no
 * connection and no server here, and its client is never used: it has a token that is none.
 */
export async function probotInbox({ own, clock, log, secret }: InboxPorts): Promise<Inbox> {
  const reading = new Map<string, Reading>();
  const probot = new Probot({ githubToken: "none", secret, log: probotLog(log) });
  // What a handler throws comes to whoever called `receive`.
  probot.onError(() => undefined);
  probot.onAny(({ id, payload }) => {
    const held = reading.get(id);
    if (held !== undefined) held.inboxed = effectsOf(held.delivery, payload, own, clock.now());
  });
  await probot.ready();
  let serial = 0;
  return {
    read: async (delivery) => {
      const payload = jsonOrUndefined(delivery.body);
      if (!isKnown(delivery, payload)) return effectsOf(delivery, payload, own, clock.now());
      // Of two readings of one delivery each has its own.
      const id = `${delivery.id}/${(serial += 1)}`;
      const held: Reading = { delivery, inboxed: null };
      reading.set(id, held);
      try {
        await probot.receive(asEvent(id, delivery.event, payload));
      } finally {
        reading.delete(id);
      }
      if (held.inboxed === null) throw new Error(`Probot called no handler for ${delivery.event}.`);
      return held.inboxed;
    },
  };
}

interface Reading {
  delivery: Delivery;
  inboxed: Inboxed | null;
}

/**
 * Whether the table has a row for it. Nothing else is handed on: Probot looks handlers up by names that the sender chose,
 * and takes it for granted that a payload is an object.
 */
function isKnown({ event }: Delivery, payload: unknown): boolean {
  const envelope = Envelope.safeParse(payload);
  return envelope.success && events.has(keyOf(event, envelope.data.action));
}

/** Probot's type names each event with its payload; ours was checked by shapes of our own. */
function asEvent(id: string, name: string, payload: unknown): Parameters<Probot["receive"]>[0] {
  const event: unknown = { id, name, payload };
  return event as Parameters<Probot["receive"]>[0];
}
