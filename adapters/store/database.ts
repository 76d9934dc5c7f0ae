import { StoreFault } from "./store.ts";

/** What the two engines have in common, as far as the rooms of the store need it. */
export interface Database {
  dialect: Dialect;
  /** Runs in a transaction that has committed, durably, when it resolves. What `run` throws undoes it. */
  write: <T>(run: (query: Query) => Promise<T>) => Promise<T>;
  /** Runs on what has been committed; `run` changes nothing. */
  read: <T>(run: (query: Query) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

export type Dialect = "sqlite" | "postgres";

/** Asks one statement with its `$1`, `$2` …; what changes rows has `returning`, so that the rows say how many. */
export type Query = (statement: Statement, ...parameters: readonly Parameter[]) => Promise<unknown[]>;

/** One text for both engines, or one for each. */
export type Statement = string | Readonly<Record<Dialect, string>>;

export type Parameter = string | number | null;

/** The statement's text for this engine. */
export function inDialect(statement: Statement, dialect: Dialect): string {
  return typeof statement === "string" ? statement : statement[dialect];
}

/**
 * The parameter as both engines keep it. PostgreSQL takes no NUL and neither takes half a surrogate pair: one such
 * character in a fault's text must not make a row that can never be written.
 */
export function storable(parameter: Parameter): Parameter {
  return typeof parameter === "string" ? parameter.toWellFormed().replaceAll("\0", "\uFFFD") : parameter;
}

/** The fault for what a driver threw; one of ours stays as it is. */
export function asStoreFault(error: unknown): StoreFault {
  if (error instanceof StoreFault) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreFault(`The database did not do what was asked: ${reason}.${advice(error)}`, { cause: error });
}

function advice(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : advices.get(code);
  return known === undefined ? "" : ` ${known}`;
}

/** SQLite's result code (its lowest byte), or PostgreSQL's SQLSTATE, or the system's error. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return `sqlite ${error.errcode & 0xff}`;
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const busy = "Another process holds it for too long: see that only Countersign writes to it.";
const full = "Make room on its disk; nothing that was acknowledged is lost.";
const unwritable = "See that the App's user may write to its file and to the folder that holds it.";
const damaged = "It is damaged, or no database of ours: restore the last backup (docs/operations.md).";
const unreachable = "See that DATABASE_URL is right and that PostgreSQL runs and may be reached.";

const advices = new Map([
  ["sqlite 5", busy],
  ["sqlite 6", busy],
  ["sqlite 8", unwritable],
  ["sqlite 10", full],
  ["sqlite 11", damaged],
  ["sqlite 13", full],
  ["sqlite 14", unwritable],
  ["sqlite 26", damaged],
  ["53100", full],
  ["53300", "Allow more connections (max_connections), or run fewer instances."],
  ["55P03", busy],
  ["57014", "It took longer than 10 seconds: see what else keeps PostgreSQL busy."],
  ["28P01", unreachable],
  ["3D000", unreachable],
  ["ECONNREFUSED", unreachable],
  ["ENOTFOUND", unreachable],
]);
