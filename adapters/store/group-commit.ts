import type { Database, Query } from "./database.ts";

/**
 * Writes that came while the disk was flushed are committed together, by one flush: each in a savepoint of its own, so
 * that what one throws undoes that one alone. None resolves before the commit. Reads go between the commits.
 */
export function groupCommit(execute: (statement: string) => void, query: Query): GroupCommit {
  let works: Work[] = [];
  let reads: (() => Promise<void>)[] = [];
  let running: Promise<void> | null = null;

  const run = async () => {
    // Whatever else this turn of the event loop brings belongs to the same group.
    await new Promise((resolve) => setImmediate(resolve));
    const [group, readsNow] = [works.slice(0, largestGroup), reads];
    works = works.slice(largestGroup);
    reads = [];
    for (const read of readsNow) await read();
    if (group.length > 0) await commitTogether(execute, group);
    running = works.length + reads.length > 0 ? run() : null;
  };
  const wake = () => {
    running ??= run();
  };
  return {
    write: (body) =>
      new Promise((resolve, reject) => {
        works.push(workOf(body, query, resolve, reject));
        wake();
      }),
    read: (body) =>
      new Promise((resolve, reject) => {
        // Async, so that what a statement throws at once is this read's failure and not the loop's.
        const answer = async () => body(query);
        reads.push(() => answer().then(resolve, reject));
        wake();
      }),
    idle: async () => {
      while (running !== null) await running;
    },
  };
}

export interface GroupCommit extends Pick<Database, "write" | "read"> {
  /** Resolves when nothing waits any more. */
  idle: () => Promise<void>;
}

/** Bounds how long a group holds the only write lock, and so how long another process waits for it. */
const largestGroup = 500;

interface Work {
  /** Runs the body, and keeps what it returned until the commit. */
  run: () => Promise<void>;
  committed: () => void;
  failed: (error: unknown) => void;
}

function workOf<T>(
  body: (query: Query) => Promise<T>,
  query: Query,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Work {
  let value: { of: T } | undefined;
  return {
    run: async () => {
      value = { of: await body(query) };
    },
    committed: () => {
      if (value !== undefined) resolve(value.of);
    },
    failed: reject,
  };
}

async function commitTogether(execute: (statement: string) => void, group: Work[]): Promise<void> {
  const done: Work[] = [];
  try {
    execute("begin immediate");
    for (const work of group) if (await ranInSavepoint(execute, work)) done.push(work);
    execute("commit");
  } catch (error) {
    rollBack(execute);
    // Those that failed by themselves have been told already; a second telling changes nothing.
    for (const work of group) work.failed(error);
    return;
  }
  for (const work of done) work.committed();
}

async function ranInSavepoint(execute: (statement: string) => void, work: Work): Promise<boolean> {
  execute("savepoint work");
  try {
    await work.run();
    execute("release work");
    return true;
  } catch (error) {
    // Throws when SQLite has ended the whole transaction (a full disk): then nothing of the group was written.
    execute("rollback to work");
    execute("release work");
    work.failed(error);
    return false;
  }
}

function rollBack(execute: (statement: string) => void): void {
  try {
    execute("rollback");
  } catch {
    // There is no transaction left: `begin` had failed, or SQLite has rolled it back by itself.
  }
}
