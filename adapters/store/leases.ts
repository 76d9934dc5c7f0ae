import type { Database } from "./database.ts";
import * as statements from "./statements.ts";
import type { Leases } from "./store.ts";

/** One at a time, over all instances. */
export function leasesOf(database: Database): Leases {
  return {
    take: async (name, owner, now, until) => {
      const taken = await database.write((query) => query(statements.takeLease, name, owner, now, until));
      return taken.length > 0;
    },
    release: async (name, owner) => {
      await database.write((query) => query(statements.releaseLease, name, owner));
    },
  };
}
