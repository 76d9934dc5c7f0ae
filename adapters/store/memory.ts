import type { Database, Query } from "./database.ts";
import { prune } from "./prune.ts";
import { MemoRow, compareBytes, rowsOf } from "./rows.ts";
import * as statements from "./statements.ts";
import type { Memo, Memory } from "./store.ts";

/** What GitHub would not tell again. */
export function memoryOf(database: Database): Memory {
  return {
    remember: (memos) => database.write((query) => remember(query, memos)),
    of: (subject) => database.read(async (query) => rowsOf(MemoRow, await query(statements.memosOf, subject))),
    forget: async (subject, kind, id) => {
      await database.write((query) => query(statements.deleteMemo, subject, kind, id));
    },
    prune: (before) => prune(database, statements.pruneMemos, before),
  };
}

/** As `Memory.remember`, inside another's transaction. In one order, as subjects are marked. */
export async function remember(query: Query, memos: readonly Memo[]): Promise<void> {
  for (const { subject, kind, id, value, at } of memos.toSorted(byKey)) {
    await query(statements.writeMemo, subject, kind, id, value, at);
  }
}

function byKey(a: Memo, b: Memo): number {
  return compareBytes(a.subject, b.subject) || compareBytes(a.kind, b.kind) || compareBytes(a.id, b.id);
}
