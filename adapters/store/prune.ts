import type { Database, Query, Statement } from "./database.ts";

/**
 * Removes what is older than `before`, a thousand rows to a transaction: a delivery that is to be acknowledged never
 * waits behind a year's rows. How many it removed; `statement` returns the rows that it took, and `also` removes what
 * belongs to them.
 */
export async function prune(
  database: Database,
  statement: Statement,
  before: string,
  also: (query: Query, rows: unknown[]) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await database.write(async (query) => {
      const found = await query(statement, before, rowsAtOnce);
      await also(query, found);
      return found;
    });
    removed += rows.length;
    if (rows.length < rowsAtOnce) return removed;
  }
}

const rowsAtOnce = 1000;
