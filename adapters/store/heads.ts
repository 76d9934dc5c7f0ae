import type { Database } from "./database.ts";
import { prune } from "./prune.ts";
import { HeadRow, rowOrNull } from "./rows.ts";
import * as statements from "./statements.ts";
import type { Heads } from "./store.ts";

/** What stands on GitHub by our hand, for each commit. */
export function headsOf(database: Database): Heads {
  return {
    read: (repository, sha) =>
      database.read(async (query) => rowOrNull(HeadRow, await query(statements.readHead, repository, sha))),
    write: async ({ repository, sha, externalId, checkRun, conclusion, at }) => {
      await database.write((query) =>
        query(statements.writeHead, repository, sha, externalId, checkRun, conclusion, at),
      );
    },
    prune: (before) => prune(database, statements.pruneHeads, before),
  };
}
