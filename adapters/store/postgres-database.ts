import pg from "pg";
import { type Database, type Query, inDialect, storable } from "./database.ts";

/**
 * A PostgreSQL database that several instances share. A write has been flushed to the server's disk when it resolves,
 * whatever the server's own setting. No statement waits longer than ten seconds, for a lock or for the disk.
 */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: "countersign",
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    lock_timeout: 10_000,
    // Left in the middle by an instance that hangs, a transaction would keep its rows from all others.
    idle_in_transaction_session_timeout: 10_000,
    // A little after the server's own, for a server that says nothing any more.
    query_timeout: 12_000,
    keepAlive: true,
    options: "-c synchronous_commit=on",
    types: { getTypeParser },
  });
  // A connection that breaks while nobody uses it: the pool has dropped it already, and the next is a new one.
  pool.on("error", () => undefined);
  return {
    dialect: "postgres",
    write: (run) => inTransaction(pool, run),
    read: (run) => run(queryOn(pool)),
    close: () => pool.end(),
  };
}

/** Whole numbers of 64 bits as numbers: GitHub's ids and our counts stay below 2^53. */
function getTypeParser(...given: Parameters<typeof pg.types.getTypeParser>): (text: string) => unknown {
  if (given[0] === pg.types.builtins.INT8 && given[1] !== "binary") return Number;
  return pg.types.getTypeParser(...given) as (text: string) => unknown;
}

async function inTransaction<T>(pool: pg.Pool, run: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin");
    const value = await undoneWhenThrown(client, run);
    await client.query("commit");
    broken = false;
    return value;
  } catch (error) {
    broken = !(error instanceof Undone);
    throw error instanceof Undone ? error.cause : error;
  } finally {
    // A connection whose transaction has neither committed nor been undone is not given to anybody else.
    client.release(broken);
  }
}

async function undoneWhenThrown<T>(client: pg.PoolClient, run: (query: Query) => Promise<T>): Promise<T> {
  try {
    return await run(queryOn(client));
  } catch (error) {
    await client.query("rollback");
    throw new Undone(undefined, { cause: error });
  }
}

/** The transaction was rolled back, and the connection is sound. */
class Undone extends Error {}

function queryOn(connection: pg.Pool | pg.PoolClient): Query {
  return async (statement, ...parameters) => {
    const values = parameters.map((each) => storable(each));
    const { rows } = await connection.query<Record<string, unknown>>(inDialect(statement, "postgres"), values);
    return rows;
  };
}
