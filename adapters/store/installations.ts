import type { Database } from "./database.ts";
import { InstallationRow, rowsOf } from "./rows.ts";
import * as statements from "./statements.ts";
import type { Installations } from "./store.ts";

/** Where the App is installed. */
export function installationsOf(database: Database): Installations {
  return {
    write: async ({ id, account, suspendedAt, sweptAt }) => {
      await database.write((query) => query(statements.writeInstallation, id, account, suspendedAt, sweptAt));
    },
    remove: async (id) => {
      await database.write((query) => query(statements.deleteInstallation, id));
    },
    all: () => database.read(async (query) => rowsOf(InstallationRow, await query(statements.allInstallations))),
  };
}
