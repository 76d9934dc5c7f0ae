import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { makeGitDir, type ObjectFormat } from "./object-store.ts";
import { fetchFlags, network, type Remote } from "./remote.ts";
import { tryGit, type GitOptions, type GitRepository } from "./run-git.ts";

/** Fetching a few objects into a git directory of ours, within a budget: nothing of a person's clone changes. */

/** How much may be fetched, as git packs it, and how long that may take altogether. */
export interface FetchBudget {
  bytes: number;
  timeoutMs: number;
}

/** Where to fetch from, and with what limits. */
export interface Server {
  remote: Remote;
  budget: FetchBudget;
  deadline: AbortSignal;
}

/** The server, or the budget, did not give it. */
export class NotFetched extends Error {}

/** Why it was not fetched, as the end of a sentence. */
export function whyNotFetched(error: NotFetched | Problem): string {
  const said = error instanceof Problem ? error.what : error.message;
  return inertText(said.trim(), { maxGraphemes: 300 }).replace(/\.$/, "");
}

/** A repository that holds nothing yet. A filter makes it a partial clone, which the person's own must not become. */
export async function makeRepository(format: ObjectFormat): Promise<GitRepository> {
  const gitDir = await makeGitDir(format);
  const path = join(gitDir, "objects");
  await mkdir(join(path, "pack"), { recursive: true });
  return { gitDir, workTree: null, objects: { path, format }, environment: {} };
}

/**
 * Fetches refs or objects into a repository of ours. Throws `NotFetched` with the reason when the server or the budget
 * does not give them.
 */
export async function fetchInto(
  fetched: GitRepository,
  server: Server,
  wanted: readonly string[],
  flags: readonly string[],
): Promise<void> {
  const { bytes } = server.budget;
  const tooLarge = new AbortController();
  const check = async (): Promise<void> => {
    if ((await packedBytes(fetched)) > bytes) tooLarge.abort();
  };
  // What goes wrong here goes wrong again in the last check, which is waited for.
  const watch = setInterval(() => void check().catch(() => undefined), 100);
  try {
    await runInTime(
      fetched,
      { ...server, deadline: AbortSignal.any([server.deadline, tooLarge.signal]) },
      ["fetch", ...fetchFlags, ...flags, "--stdin", server.remote.url],
      // Through standard input: a change may have more commits than fit into the arguments of a process.
      { input: `${wanted.join("\n")}\n` },
    );
    await check();
  } catch (error) {
    if (!tooLarge.signal.aborted) throw error;
  } finally {
    clearInterval(watch);
  }
  if (tooLarge.signal.aborted) throw new NotFetched(`they take more than ${bytes / 1_000_000} MB`);
}

/** How much the packs of a repository hold: all that is fetched comes in packs, and grows in them. */
export async function packedBytes({ objects }: GitRepository): Promise<number> {
  const folder = join(objects.path, "pack");
  const names = await readdir(folder);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      // Git has renamed it meanwhile.
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Runs a command that reaches the server, and gives back what it printed. Throws `NotFetched` when it fails or takes too long. */
export async function runInTime(
  repository: GitRepository,
  { remote, budget, deadline }: Server,
  args: readonly string[],
  options: GitOptions,
): Promise<string> {
  const reach = network(remote);
  const settings = [...(reach.settings ?? []), ...patience, ...asPacks];
  try {
    const result = await tryGit(repository, args, { ...reach, ...options, settings, signal: deadline });
    if (result.code === 0) return result.stdout.toString("utf8");
    throw new NotFetched(result.stderr);
  } catch (error) {
    if (!deadline.aborted) throw error;
    throw new NotFetched(`the server did not send them within ${budget.timeoutMs / 1000} seconds`, { cause: error });
  }
}

/** A server that stops sending is given up, also by the process that git starts for it. */
export const patience = ["http.lowSpeedLimit=1000", "http.lowSpeedTime=20"];

/** `noop`: with what we have in hand named, the server would take the blobs of known trees for known too. */
const asPacks = ["fetch.unpackLimit=1", "fetch.negotiationAlgorithm=noop"];
