import { openPostgres } from "./postgres-database.ts";
import { openSqliteThread } from "./sqlite-thread.ts";
import { storeOn } from "./store-on.ts";
import type { Store, StoreFault } from "./store.ts";

/**
 * Opens the store and brings its tables up to date: on PostgreSQL when `url` (`DATABASE_URL`) names one, else in the
 * SQLite file at `path`, which is made when it is missing. Throws `StoreFault` for what cannot be opened, or is of a
 * later version. `ended` is told when the SQLite file's thread ends by itself: nothing can be asked of the store any more,
 * and only a new process has another.
 */
export function openStore(
  { url, path }: { url?: string; path: string },
  ended: (fault: StoreFault) => void = () => undefined,
): Promise<Store> {
  return url === undefined ? openSqliteThread(path, ended) : storeOn(openPostgres(url));
}
