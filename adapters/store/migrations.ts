import * as z from "zod";
import type { Database, Query, Statement } from "./database.ts";
import { bodiesApart, schema } from "./schema.ts";
import * as statements from "./statements.ts";
import { StoreFault } from "./store.ts";

/** One step of the schema: its number is its place in the list, counted from 1. What was released never changes. */
export interface Migration {
  name: string;
  statements: readonly Statement[];
}

/** Every step there is, oldest first. */
export const migrations: readonly Migration[] = [
  { name: "the first tables", statements: schema },
  { name: "memos by their age", statements: ["create index memos_at on memos (at)"] },
  { name: "bodies apart from what becomes of them", statements: bodiesApart },
];

/**
 * Brings the database to the last step, each in a transaction of its own together with its number: one that was cut off
 * has left nothing, and is done at the next start. Of several instances that start at once, one does it and the others
 * find it done. Throws `StoreFault` for a database that a later version of Countersign has brought further.
 */
export async function migrate(database: Database, steps: readonly Migration[] = migrations): Promise<void> {
  await database.write(async (query) => {
    await query(statements.lockMigrations);
    await query(statements.createVersions);
  });
  while ((await database.write((query) => applyNext(query, steps))) < steps.length);
}

/** The version the database has afterwards. */
async function applyNext(query: Query, steps: readonly Migration[]): Promise<number> {
  await query(statements.lockMigrations);
  const version = await readVersion(query, steps.length);
  const step = steps[version];
  if (step === undefined) return version;
  for (const statement of step.statements) await query(statement);
  await query(statements.insertVersion, version + 1, step.name);
  return version + 1;
}

/** The last step that was done; 0 for an empty database. Throws when it is beyond `known`. */
export async function readVersion(query: Query, known = migrations.length): Promise<number> {
  const [row] = z.tuple([z.object({ version: z.number() })]).parse(await query(statements.readVersion));
  if (row.version <= known) return row.version;
  throw new StoreFault(
    `The database has version ${row.version}, and this Countersign knows none above ${known}. ` +
      `Run the later Countersign that has brought it there, or restore the backup from before the upgrade.`,
  );
}
