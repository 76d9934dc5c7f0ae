import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../../adapters/store/open-store.ts";
import { openPostgres } from "../../../adapters/store/postgres-database.ts";
import { openSqlite } from "../../../adapters/store/sqlite-database.ts";
import { modelStore } from "./model-store.ts";
import { usePostgres } from "./postgres.ts";

/**
 * The engines that a table of tests runs on. `place` is an empty database; the same place opened twice is what two
 * instances share, and opened again what a restart finds.
 */
export function useEngines() {
  const server = usePostgres();
  const sqlite = {
    name: "SQLite",
    newPlace: () => Promise.resolve({ path: join(mkdtempSync(join(tmpdir(), "store-")), "store.db") }),
    open: openStore,
    database: ({ path }: Place) => openSqlite(path),
  };
  const postgres = {
    name: "PostgreSQL",
    newPlace: async () => ({ url: await server.newDatabase(), path: "/nowhere" }),
    open: openStore,
    database: ({ url }: Place) => openPostgres(url ?? ""),
  };
  const model = { name: "the model", newPlace: () => Promise.resolve({ path: "" }), open: openModel };
  return { databases: [sqlite, postgres], all: [model, sqlite, postgres] };
}

export interface Place {
  url?: string;
  path: string;
}

function openModel() {
  return Promise.resolve(modelStore());
}
