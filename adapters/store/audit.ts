import * as z from "zod";
import type { Database, Query } from "./database.ts";
import { prune } from "./prune.ts";
import { AuditRow, onlyRow, rowsOf } from "./rows.ts";
import * as statements from "./statements.ts";
import type { Audit, AuditEntry } from "./store.ts";

/** What happened, line after line; no line is ever changed. */
export function auditOf(database: Database): Audit {
  return {
    append: (entries) => database.write((query) => appendAudit(query, entries)),
    read: (after, most) =>
      database.read(async (query) => rowsOf(AuditRow, await query(statements.readAudit, after, most))),
    prune: (now) => prune(database, statements.pruneAudit, now),
  };
}

/** As `Audit.append`, inside another's transaction; its last statement, because others wait for its serial numbers. */
export async function appendAudit(query: Query, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { value } = onlyRow(z.object({ value: z.int() }), await query(statements.takeAuditSerials, entries.length));
  for (const [index, { at, tenant, kind, change, detail, keepUntil }] of entries.entries()) {
    const serial = value - entries.length + 1 + index;
    await query(statements.insertAudit, serial, at, tenant, kind, change, detail, keepUntil);
  }
}
