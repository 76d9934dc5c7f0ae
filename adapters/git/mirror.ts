import { rm, utimes } from "node:fs/promises";
import { Problem } from "../../core/problem.ts";
import { findCommits } from "./find-commits.ts";
import { missingBlobs } from "./mirror-blobs.ts";
import { Broken, fetchBlobs, fetchHistory, type FetchLimits, type Source } from "./mirror-fetch.ts";
import { makeRoom, mirrorOf, opened } from "./mirror-folder.ts";
import type { Remote } from "./remote.ts";
import type { GitRepository } from "./run-git.ts";
import { tidy } from "./tidy-mirror.ts";

/** How much one evaluation may fetch, how long that may take, and how much disk all mirrors together may take. */
export interface MirrorLimits extends FetchLimits {
  blobs: number;
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
        const repository = await alone(id, () => filled(mirrorOf(folder, id), request, limits, signal));
        return await read(repository);
      } finally {
        const left = (inUse.get(id) ?? 1) - 1;
        if (left === 0) inUse.delete(id);
        else inUse.set(id, left);
        // Whoever wants it next waits for that, and nobody is read from under.
        if (left === 0) await alone(id, () => tidied(mirrorOf(folder, id), limits.packs, signal));
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

/** A mirror that cannot be tidied serves as it is, and is tried again. */
async function tidied(mirror: GitRepository, packs: number, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(tidyMs)]);
  await tidy(mirror, packs, deadline).catch(() => undefined);
}

const tidyMs = 30_000;
