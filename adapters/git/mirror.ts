import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { packedBytes, patience } from "./fetch-objects.ts";
import { findCommits } from "./find-commits.ts";
import { missingBlobs } from "./mirror-blobs.ts";
import { launchAway } from "./launcher.ts";
import { fetchFlags, network, type Remote } from "./remote.ts";
import { tryGit, type GitRepository } from "./run-git.ts";
import { tidy } from "./tidy-mirror.ts";

/** How much one evaluation may fetch, how long that may take, and how much disk all mirrors together may take. */
export interface MirrorLimits {
  /** Of commits and folders, as git packs them. */
  historyBytes: number;
  /** Of files' contents. */
  blobBytes: number;
  blobs: number;
  timeoutMs: number;
  diskBytes: number;
  /** How many packs a mirror may have before the small ones become one. */
  packs: number;
}
export const mirrorLimits: MirrorLimits = {
  ...{ historyBytes: 4_000_000_000, blobBytes: 512_000_000, blobs: 200_000 },
  ...{ timeoutMs: 5 * 60_000, diskBytes: 20_000_000_000, packs: 50 },
};

/** What is to be read, and where it is. */
export interface MirrorRequest {
  /** The platform's id of the repository: its name may change. */
  repository: number;
  remote: Remote;
  /** By what the head is kept, so that the next fetch need not bring it again: `pull/12`. Plain letters, digits, slashes. */
  keep: string;
  base: string;
  head: string;
  /** Commits that may be gone by now: somebody reviewed them. */
  others: readonly string[];
}

/** Bare clones without the contents of files, one for each repository. */
export interface Mirrors {
  /**
   * Lends a repository in which everything is there that judging base..head needs; nothing more is fetched while it is
   * read. Throws a `Problem` when a commit is gone, or when a limit or the server does not give what is needed.
   */
  use: <T>(request: MirrorRequest, signal: AbortSignal, read: (repository: GitRepository) => Promise<T>) => Promise<T>;
}

/** Mirrors in a folder that belongs to this process alone. The token is in no file and no argument. */
export function openMirrors(folder: string, limits: MirrorLimits = mirrorLimits): Mirrors {
  const turns = new Map<number, Promise<unknown>>();
  const inUse = new Map<number, number>();
  const alone = <T>(id: number, run: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(run, run);
    turns.set(
      id,
      turn.catch(() => undefined),
    );
    return turn;
  };
  return {
    use: async (request, signal, read) => {
      const id = request.repository;
      inUse.set(id, (inUse.get(id) ?? 0) + 1);
      try {
        const repository = await alone(id, () => filled(mirrorAt(pathOf(folder, id)), request, limits, signal));
        return await read(repository);
      } finally {
        const left = (inUse.get(id) ?? 1) - 1;
        if (left === 0) inUse.delete(id);
        else inUse.set(id, left);
        // Whoever wants it next waits for that, and nobody is read from under.
        if (left === 0) await alone(id, () => tidied(mirrorAt(pathOf(folder, id)), limits.packs, signal));
        await makeRoom(folder, limits.diskBytes, inUse);
      }
    },
  };
}

async function filled(
  mirror: GitRepository,
  request: MirrorRequest,
  limits: MirrorLimits,
  signal: AbortSignal,
): Promise<GitRepository> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
  try {
    return await fill(await opened(mirror), request, limits, deadline);
  } catch (error) {
    // What a killed process left half-written is worth nothing: the mirror can be had anew.
    if (!(error instanceof Broken) || deadline.aborted) throw error;
    await rm(mirror.gitDir, { recursive: true, force: true });
    return fill(await opened(mirror), request, limits, deadline);
  }
}

async function fill(
  mirror: GitRepository,
  { remote, keep, base, head, others }: MirrorRequest,
  limits: MirrorLimits,
  deadline: AbortSignal,
): Promise<GitRepository> {
  const from = { mirror, remote, limits, deadline };
  const here = await findCommits(mirror, [base, head, ...others]);
  if (!here.has(base) || !here.has(head))
    await fetchHistory(from, [`+${base}:refs/countersign/base`, `+${head}:refs/countersign/${keep}`]);
  const reviewed = await givenOf(from, [...new Set(others)]);
  const blobs = await missingBlobs(mirror, { base, head, reviewed }, limits.blobs);
  if (blobs.length > 0) await fetchBlobs(from, blobs);
  // Where somebody always reads it: git looks for what was taken from under it in what is there instead.
  await tidied(mirror, limits.packs * 4, deadline);
  const now = new Date();
  await utimes(mirror.gitDir, now, now);
  return mirror;
}

interface Source {
  mirror: GitRepository;
  remote: Remote;
  limits: MirrorLimits;
  deadline: AbortSignal;
}

/** What a judgement needs could not be had. */
export class NotMirrored extends Problem {
  /** Whether trying later may mend it. */
  readonly passing: boolean;

  constructor(what: string, fix: string, passing: boolean) {
    super(what, fix);
    this.passing = passing;
  }
}

/** A commit is gone from the server. */
export class CommitGone extends NotMirrored {}

/** Git found the mirror itself unsound. */
class Broken extends NotMirrored {}

function fetchHistory(from: Source, refs: readonly string[]): Promise<void> {
  return fetchWithin(from, refs, { bytes: from.limits.historyBytes, what: "history", settings: [] });
}

/** `noop`: with our commits named, the server would take the blobs of known trees for known too. */
function fetchBlobs(from: Source, blobs: readonly string[]): Promise<void> {
  const settings = ["fetch.negotiationAlgorithm=noop"];
  return fetchWithin(from, blobs, { bytes: from.limits.blobBytes, what: "changed files", settings });
}

/**
 * Those of the commits that are here, or that the server still has: all in one request, and only where it refuses, each by
 * itself. An approval of one that is gone counts for nothing.
 */
async function givenOf(from: Source, commits: readonly string[]): Promise<string[]> {
  const here = await present(from.mirror, commits);
  const lacking = commits.filter((commit) => !here.includes(commit));
  if (lacking.length === 0 || (await isGiven(from, lacking))) return [...commits];
  if (lacking.length > 1) for (const commit of lacking) await isGiven(from, [commit]);
  return present(from.mirror, commits);
}

async function present(mirror: GitRepository, commits: readonly string[]): Promise<string[]> {
  const here = await findCommits(mirror, commits);
  return commits.filter((commit) => here.has(commit));
}

async function isGiven(from: Source, commits: readonly string[]): Promise<boolean> {
  try {
    await fetchHistory(from, commits);
    return true;
  } catch (error) {
    if (error instanceof Problem && !(error instanceof Broken) && !from.deadline.aborted) return false;
    throw error;
  }
}

async function fetchWithin(
  { mirror, remote, deadline, limits }: Source,
  wanted: readonly string[],
  { bytes, what, settings }: { bytes: number; what: string; settings: readonly string[] },
): Promise<void> {
  const most = (await packedBytes(mirror)) + bytes;
  const tooLarge = new AbortController();
  const check = async (): Promise<void> => {
    if ((await packedBytes(mirror)) > most) tooLarge.abort();
  };
  const watch = setInterval(() => void check().catch(() => undefined), 200);
  const reach = network(remote);
  try {
    const result = await tryGit(mirror, ["fetch", ...fetchFlags, "--filter=blob:none", "--stdin", "origin"], {
      ...reach,
      // As a name for the address, so that a renamed repository stays the promise's maker.
      settings: [
        ...(reach.settings ?? []),
        ...patience,
        ...settings,
        "fetch.unpackLimit=1",
        `remote.origin.url=${remote.url}`,
      ],
      input: `${wanted.join("\n")}\n`,
      signal: AbortSignal.any([deadline, tooLarge.signal]),
    });
    await check();
    if (tooLarge.signal.aborted) throw tooLarge.signal.reason;
    if (result.code !== 0) throw notGiven(result.stderr, what);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (tooLarge.signal.aborted) throw over(what, `takes more than ${bytes / 1_000_000} MB`);
    if (deadline.aborted) throw over(what, `was not sent within ${limits.timeoutMs / 1000} seconds`);
    throw error;
  } finally {
    clearInterval(watch);
    if (deadline.aborted || tooLarge.signal.aborted) await removeParts(mirror);
  }
}

/** What a fetch that was ended left behind. */
async function removeParts({ objects }: GitRepository): Promise<void> {
  const folder = join(objects.path, "pack");
  const parts = (await readdir(folder)).filter((name) => name.startsWith("tmp_"));
  for (const name of parts) await rm(join(folder, name), { force: true });
}

function over(what: string, why: string): Problem {
  return new NotMirrored(
    `The ${what} of this change could not be fetched: it ${why}.`,
    "Split the change, or raise the App's limits of fetching; then ask for a re-evaluation.",
    why.startsWith("was not sent"),
  );
}

function notGiven(said: string, what: string): Problem {
  const shown = inertText(said.trim(), { maxGraphemes: 300 });
  if (said.includes("not our ref") || said.includes("no such remote ref"))
    return new CommitGone(
      `A commit of this change is gone from the server: ${shown}`,
      "If the branch was pushed again, its newest commit is judged by itself; else push the branch once more.",
      true,
    );
  const isServers = ["unable to access", "not found", "Authentication failed", "RPC failed", "early EOF", "hung up"];
  const Kind = isServers.some((words) => said.toLowerCase().includes(words.toLowerCase())) ? NotMirrored : Broken;
  return new Kind(
    `The ${what} of this change could not be fetched: ${shown}`,
    "Nothing to do if GitHub has a disturbance: it is tried again. Else see that the App may read the repository's contents.",
    true,
  );
}

/** A bare repository that knows that its blobs are elsewhere; no address is in it. */
async function opened(repository: GitRepository): Promise<GitRepository> {
  const { gitDir: path, objects } = repository;
  const isThere = await stat(join(path, "HEAD")).then(
    () => true,
    () => false,
  );
  if (isThere) return repository;
  await mkdir(join(path, "refs"), { recursive: true });
  await mkdir(join(objects.path, "pack"), { recursive: true });
  await writeFile(join(path, "config"), configuration);
  // Last: what has a HEAD is whole.
  await writeFile(join(path, "HEAD"), "ref: refs/heads/none\n");
  return repository;
}

function pathOf(folder: string, repository: number): string {
  return join(folder, `${repository}.git`);
}

function mirrorAt(path: string): GitRepository {
  const objects = { path: join(path, "objects"), format: "sha1" } as const;
  return { gitDir: path, workTree: null, objects, environment: {}, launch: launchAway };
}

const configuration = [
  ...["[core]", "\trepositoryFormatVersion = 1", "\tbare = true", "[extensions]", "\tpartialClone = origin"],
  ...['[remote "origin"]', "\tpromisor = true", "\tpartialCloneFilter = blob:none", ""],
].join("\n");

/** A mirror that cannot be tidied serves as it is, and is tried again. */
async function tidied(mirror: GitRepository, packs: number, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(tidyMs)]);
  await tidy(mirror, packs, deadline).catch(() => undefined);
}

const tidyMs = 30_000;

/** The one that nobody has used for longest goes first, until the rest fits. */
async function makeRoom(folder: string, diskBytes: number, inUse: ReadonlyMap<number, number>): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".git"));
  const mirrors = await Promise.all(names.map((name) => weighed(join(folder, name), Number(name.slice(0, -4)))));
  let bytes = mirrors.reduce((sum, mirror) => sum + mirror.bytes, 0);
  for (const { path, id, bytes: own } of mirrors.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= diskBytes) return;
    if (inUse.has(id)) continue;
    await rm(path, { recursive: true, force: true });
    bytes -= own;
  }
}

async function weighed(path: string, id: number): Promise<{ path: string; id: number; bytes: number; usedAt: number }> {
  const gone = { path, id, bytes: 0, usedAt: 0 };
  try {
    const bytes = await packedBytes(mirrorAt(path));
    return { path, id, bytes, usedAt: (await stat(path)).mtimeMs };
  } catch {
    // Removed meanwhile, or never whole.
    return gone;
  }
}
