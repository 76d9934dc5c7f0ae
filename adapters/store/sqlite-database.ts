import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { asStoreFault, type Database, type Query, inDialect, storable } from "./database.ts";
import { groupCommit } from "./group-commit.ts";
import { StoreFault } from "./store.ts";

/**
 * A SQLite file, made when it is missing, in a folder that only its owner may enter: it holds webhook bodies of private
 * repositories. Durable when a write resolves: the log is flushed to the disk at each commit, for all that came meanwhile
 * at once. It blocks while it flushes, so it belongs in a thread of its own (sqlite-thread.ts).
 */
export function openSqlite(path: string): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Made by us, because SQLite would make it readable for all; its log inherits the mode.
  closeSync(openSync(path, "a", 0o600));
  const connection = new DatabaseSync(path);
  setUp(connection, path);
  return databaseOn(connection);
}

/** A SQLite file that is there already, and that another process may be writing: its data stay as they are. */
export function openSqliteToRead(path: string): Database {
  try {
    const connection = new DatabaseSync(path, { readOnly: true });
    connection.exec(`pragma busy_timeout = ${busyMs}`);
    return databaseOn(connection);
  } catch (error) {
    throw asStoreFault(error);
  }
}

function databaseOn(connection: DatabaseSync): Database {
  const query = queryOn(connection);
  const { write, read, idle } = groupCommit(executeOn(connection), query);
  return {
    dialect: "sqlite",
    write,
    read,
    close: async () => {
      await idle();
      connection.close();
    },
  };
}

function setUp(connection: DatabaseSync, path: string): void {
  connection.exec(`pragma busy_timeout = ${busyMs}`);
  const mode = journalMode(connection, performance.now() + busyMs);
  if (mode !== "wal") {
    connection.close();
    throw new StoreFault(`${path}: this file system cannot hold the database. Put it on a local disk.`);
  }
  // `fullfsync` is for macOS, where a flush otherwise ends in the drive's own memory.
  connection.exec("pragma synchronous = full; pragma fullfsync = on; pragma checkpoint_fullfsync = on");
  connection.exec("pragma journal_size_limit = 67108864");
}

const busyMs = 5_000;

/** Two instances that start at once set it one after the other; SQLite itself waits for most locks, and not for that one. */
function journalMode(connection: DatabaseSync, deadline: number): unknown {
  for (;;) {
    try {
      return connection.prepare("pragma journal_mode = wal").get()?.["journal_mode"];
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function isBusy(error: unknown): boolean {
  // In the lowest byte; the others say what for.
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;
}

/** What begins, ends and divides transactions, prepared once. */
function executeOn(connection: DatabaseSync): (statement: string) => void {
  const prepared = new Map<string, StatementSync>();
  return (statement) => {
    const known = prepared.get(statement) ?? connection.prepare(statement);
    prepared.set(statement, known);
    known.run();
  };
}

function queryOn(connection: DatabaseSync): Query {
  const prepared = new Map<string, StatementSync>();
  return (statement, ...parameters) => {
    const text = inDialect(statement, "sqlite");
    const known = prepared.get(text) ?? connection.prepare(text);
    prepared.set(text, known);
    // `$1` is a name to SQLite: given by position it would count in the order in which the text first says each.
    const named = Object.fromEntries(parameters.map((value, index) => [`$${index + 1}`, storable(value)]));
    return Promise.resolve(known.all(named));
  };
}
