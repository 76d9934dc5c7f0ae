import { auditOf } from "./audit.ts";
import { asStoreFault, type Database } from "./database.ts";
import { deliveriesOf } from "./deliveries.ts";
import { headsOf } from "./heads.ts";
import { installationsOf } from "./installations.ts";
import { leasesOf } from "./leases.ts";
import { memoryOf } from "./memory.ts";
import { migrate, readVersion } from "./migrations.ts";
import * as statements from "./statements.ts";
import type { Store } from "./store.ts";
import { subjectsOf } from "./subjects.ts";
import { verdictsOf } from "./verdicts.ts";

/** The store on a database of either engine, brought to the newest schema first. Closes the database when that fails. */
export async function storeOn(given: Database): Promise<Store> {
  const database = withStoreFaults(given);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    deliveries: deliveriesOf(database),
    subjects: subjectsOf(database),
    heads: headsOf(database),
    verdicts: verdictsOf(database),
    memory: memoryOf(database),
    leases: leasesOf(database),
    installations: installationsOf(database),
    audit: auditOf(database),
    ping: () =>
      database.write(async (query) => {
        await query(statements.ping);
        // Another instance may have been upgraded under us: then we are not ready any more.
        await readVersion(query);
      }),
    close: database.close,
  };
}

/** Whatever a driver or a row's shape throws, a caller of the store sees one kind of error. */
export function withStoreFaults(database: Database): Database {
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw asStoreFault(error);
    }
  };
  return {
    dialect: database.dialect,
    write: (run) => guarded(database.write(run)),
    read: (run) => guarded(database.read(run)),
    close: () => guarded(database.close()),
  };
}
