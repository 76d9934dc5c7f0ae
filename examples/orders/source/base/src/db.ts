import { readFileSync, readdirSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const migrations = new URL("../db/migrations/", import.meta.url);

/** Opens the database and brings its tables up to date. `:memory:` gives an empty one. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY)");
  const isDone = database.prepare("SELECT 1 FROM schema_migrations WHERE name = ?");
  const setDone = database.prepare("INSERT INTO schema_migrations (name) VALUES (?)");
  for (const name of readdirSync(migrations).sort()) {
    if (isDone.get(name) !== undefined) continue;
    database.exec(readFileSync(new URL(name, migrations), "utf8"));
    setDone.run(name);
  }
  return database;
}
