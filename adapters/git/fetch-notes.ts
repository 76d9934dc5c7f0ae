import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { blobsOf, listNotes, type CommitAsked } from "./note-index.ts";
import { findNoteRefs, serverRefs } from "./note-refs.ts";
import { makeGitDir } from "./object-store.ts";
import { listRecords, recordRef } from "./read-records.ts";
import { fetchFlags, network, type Remote } from "./remote.ts";
import { tryGit, type GitOptions, type GitRepository } from "./run-git.ts";

/** How much may be fetched, as git packs it, and how long that may take altogether. */
export interface NotesBudget {
  bytes: number;
  timeoutMs: number;
}
export const notesBudget: NotesBudget = { bytes: 64_000_000, timeoutMs: 60_000 };

/**
 * Fetches the records that stand beside these commits on the server, of each tool whose records the repository lacks: the
 * trees of notes, then the notes of these commits alone, for a tree may stand beside gigabytes of them. They come into a git
 * directory of ours, which is returned: nothing of the repository changes. Null when there is nothing to fetch; absent,
 * with the reason, when it did not succeed, for a change can be judged without.
 */
export async function fetchNotes(
  repository: GitRepository,
  remote: Remote,
  commits: readonly CommitAsked[],
  head: string,
  budget: NotesBudget = notesBudget,
): Promise<Evidence<GitRepository> | null> {
  try {
    const names = await lackingRefs(repository, head);
    const server = { remote, budget, deadline: AbortSignal.timeout(budget.timeoutMs) };
    const there = names.length === 0 ? [] : await askServer(repository, server, names);
    if (there.length === 0) return null;
    const fetched = await makeRepository(repository);
    await fetchInto(
      fetched,
      server,
      there.map((name) => `+${name}:${name}`),
      ["--depth=1", "--filter=blob:none"],
    );
    const blobs = await wantedBlobs(fetched, commits, head);
    if (blobs.length > 0) await fetchInto(fetched, server, blobs, []);
    return present(fetched);
  } catch (error) {
    if (error instanceof NotFetched || error instanceof Problem) return absent(`${notesNotFetched}: ${whyOf(error)}`);
    throw error;
  }
}

class NotFetched extends Error {}

const notesNotFetched = "the notes beside the commits were not fetched";

function whyOf(error: NotFetched | Problem): string {
  const said = error instanceof Problem ? error.what : error.message;
  return inertText(said.trim(), { maxGraphemes: 300 }).replace(/\.$/, "");
}

/** A tool's records that are here already are those to be read: whoever fetched them chose which. */
async function lackingRefs(repository: GitRepository, head: string): Promise<string[]> {
  const here = (await findNoteRefs(repository)).filter(({ id }) => id !== head);
  const sources = new Set(here.map((ref) => (ref.form === "checkpoints" ? "entire" : ref.source)));
  const lacking = serverRefs.filter(({ source }) => !sources.has(source)).map(({ name }) => name);
  const record = await tryGit(repository, ["show-ref", "--verify", "--quiet", recordRef]);
  return record.code === 0 ? lacking : [...lacking, recordRef];
}

interface Server {
  remote: Remote;
  budget: NotesBudget;
  deadline: AbortSignal;
}

/** Those of the names that the server has. */
async function askServer(repository: GitRepository, server: Server, names: readonly string[]): Promise<string[]> {
  const args = ["ls-remote", "--quiet", server.remote.url, ...names];
  const listed = await runInTime(repository, server, args, { objectsOnly: true });
  const there = new Set(listed.split("\n").map((line) => line.slice(line.indexOf("\t") + 1)));
  return names.filter((name) => there.has(name));
}

/** A repository that holds nothing yet. A filter makes it a partial clone, which the person's own must not become. */
async function makeRepository({ objects }: GitRepository): Promise<GitRepository> {
  const gitDir = await makeGitDir(objects.format);
  const path = join(gitDir, "objects");
  await mkdir(join(path, "pack"), { recursive: true });
  return { gitDir, workTree: null, objects: { path, format: objects.format }, environment: {} };
}

async function fetchInto(
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

/** All that is fetched comes in packs, and grows in them. */
async function packedBytes({ objects }: GitRepository): Promise<number> {
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

async function wantedBlobs(fetched: GitRepository, commits: readonly CommitAsked[], head: string): Promise<string[]> {
  const { index } = await listNotes(fetched, head);
  const records = await listRecords(fetched);
  const ofRecords = records.state === "absent" ? [] : commits.flatMap(({ sha }) => records.value.get(sha) ?? []);
  return [...new Set([...blobsOf(index, commits), ...ofRecords])];
}

async function runInTime(
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
const patience = ["http.lowSpeedLimit=1000", "http.lowSpeedTime=20"];

/** `noop`: with what we have in hand named, the server would take the blobs of known trees for known too. */
const asPacks = ["fetch.unpackLimit=1", "fetch.negotiationAlgorithm=noop"];
