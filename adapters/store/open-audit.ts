import { auditOf } from "./audit.ts";
import { readVersion } from "./migrations.ts";
import { openPostgres } from "./postgres-database.ts";
import { openSqliteToRead } from "./sqlite-database.ts";
import * as statements from "./statements.ts";
import { withStoreFaults } from "./store-on.ts";
import { StoreFault, type Audit } from "./store.ts";

/** The audit table of a database, to be read and nothing else. */
export interface OpenAudit extends Pick<Audit, "read"> {
  close: () => Promise<void>;
}

/**
 * Opens the audit table beside an App that may be running on the same database: nothing in it is changed, and an older one
 * is not brought further. `url` and `path` as `openStore` takes them, but a file that is missing is not made. Throws
 * `StoreFault` for what cannot be read, is no database of ours, or is of a later version.
 */
export async function openAudit({ url, path }: { url?: string; path: string }): Promise<OpenAudit> {
  const database = withStoreFaults(url === undefined ? openSqliteToRead(path) : openPostgres(url));
  try {
    await database.read(async (query) => {
      if ((await query(statements.findAudit)).length === 0)
        throw new StoreFault("It is no database of Countersign's: it has no audit table.");
      await readVersion(query);
    });
  } catch (error) {
    await database.close();
    throw error;
  }
  return { read: auditOf(database).read, close: database.close };
}
