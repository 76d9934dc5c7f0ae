import type { Database, Statement } from "./database.ts";

/**
 * Removes what is older than `before`, a thousand rows to a transaction: a delivery that is to be acknowledged never
 * waits behind a year's rows. How many it removed; `statement` returns the rows that it took.
 */
export async function prune(database: Database, statement: Statement, before: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await database.write((query) => query(statement, before, rowsAtOnce));
    removed += rows.length;
    if (rows.length < rowsAtOnce) return removed;
  }
}

const rowsAtOnce = 1000;
