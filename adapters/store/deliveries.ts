import * as z from "zod";
import { appendTogether } from "./append-together.ts";
import { appendAudit } from "./audit.ts";
import type { Database, Query } from "./database.ts";
import { remember } from "./memory.ts";
import { otherBodyEntry } from "./other-body.ts";
import { prune } from "./prune.ts";
import { DeliveryRow, WaitingRow, compareBytes, onlyRow, rowsOf } from "./rows.ts";
import * as statements from "./statements.ts";
import type { Deliveries, Delivery } from "./store.ts";
import { mark } from "./subjects.ts";

/** The inbox: what GitHub sent, until it has been worked through. */
export function deliveriesOf(database: Database): Deliveries {
  return {
    append:
      database.dialect === "sqlite"
        ? (delivery) => database.write((query) => append(query, delivery))
        : appendTogether(database, answerOf),
    claim: (owner, most, now, until) =>
      database.write(async (query) => {
        const rows = await query(statements.claimDeliveries, owner, most, now, until);
        return rowsOf(DeliveryRow, rows).sort(byReceipt);
      }),
    finish: (id, owner, outcome, effects) =>
      database.write(async (query) => {
        const ours = await query(statements.finishDelivery, id, owner, outcome);
        if (ours.length === 0) return;
        await mark(query, effects.subjects);
        await remember(query, effects.memories);
        await appendAudit(query, effects.audit);
      }),
    postpone: async (id, owner, at, fault) => {
      await database.write((query) => query(statements.postponeDelivery, id, owner, at, fault));
    },
    waiting: () => database.read(async (query) => onlyRow(WaitingRow, await query(statements.waitingDeliveries))),
    prune: (before) => prune(database, statements.pruneDeliveries, before, forgetBodies),
  };
}

async function append(query: Query, delivery: Delivery): Promise<Appended> {
  const { id, event, bodyHash, body, receivedAt } = delivery;
  const stored = await query(statements.insertDelivery, id, event, bodyHash, receivedAt);
  if (stored.length > 0) await query(statements.insertBody, id, body);
  return answerOf(query, delivery, stored.length > 0);
}

type Appended = Awaited<ReturnType<Deliveries["append"]>>;

async function answerOf(query: Query, delivery: Delivery, stored: boolean): Promise<Appended> {
  if (stored) return "stored";
  const rows = await query(statements.readBodyHash, delivery.id);
  const known = onlyRow(HashRow, rows);
  if (known.bodyHash === delivery.bodyHash) return "known";
  await appendAudit(query, [otherBodyEntry(delivery, known.bodyHash)]);
  return "other-body";
}

const HashRow = z.object({ bodyHash: z.string() });
const IdRow = z.object({ id: z.string() });

async function forgetBodies(query: Query, rows: unknown[]): Promise<void> {
  const ids = rowsOf(IdRow, rows).map(({ id }) => id);
  await query(statements.deleteBodies, JSON.stringify(ids));
}

function byReceipt(a: Delivery, b: Delivery): number {
  return compareBytes(a.receivedAt, b.receivedAt) || compareBytes(a.id, b.id);
}
