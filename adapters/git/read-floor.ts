import { stat } from "node:fs/promises";
import type { WrittenFloor } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { inertText, showPath } from "../../core/untrusted/index.ts";
import { hasCommit } from "./find-commits.ts";
import { fetchInto, makeRepository, NotFetched, whyNotFetched, type FetchBudget } from "./fetch-objects.ts";
import { readTextFile } from "./read-text.ts";
import { readEntry } from "./read-tree.ts";
import type { Remote } from "./remote.ts";
import { openRepository, tryGit, type GitRepository } from "./run-git.ts";

/** A policy of another repository: `owner/name`, the file's path, and the full id of the commit. */
export type FloorName = Pick<WrittenFloor, "repo" | "path" | "ref">;

/** The text that was read, or why it was not, as the end of a sentence. */
export type FloorText = { text: string } | { failure: string };

/** A policy has no more. */
export const floorLimitBytes = 256 * 1024;

const budget: FetchBudget = { bytes: 16_000_000, timeoutMs: 30_000 };

/** Reads a floor from a repository on this machine; its objects alone count, not what is checked out. */
export async function readFloorHere(repository: GitRepository, { path, ref }: FloorName): Promise<FloorText> {
  if (!(await hasCommit(repository, ref))) return { failure: `the commit ${ref} is not there` };
  return textAt(repository, path, ref);
}

/** The same from any folder of a clone. Throws a `Problem` for a folder that is in no repository. */
export async function readFloorIn(folder: string, name: FloorName): Promise<FloorText> {
  const isThere = await stat(folder).catch(() => null);
  if (isThere === null) return { failure: `there is no folder ${showPath(folder)}` };
  return readFloorHere(await openRepository(folder), name);
}

/**
 * Fetches a floor from a server: the one commit with its trees, then the one file, into a git directory of ours. The
 * commit is named by its id, so nobody can put another text in its place.
 */
export async function fetchFloor(remote: Remote, { path, ref }: FloorName): Promise<FloorText> {
  try {
    const fetched = await makeRepository(ref.length === 64 ? "sha256" : "sha1");
    const server = { remote, budget, deadline: AbortSignal.timeout(budget.timeoutMs) };
    await fetchInto(fetched, server, [ref], ["--depth=1", "--filter=blob:none"]);
    const entry = await readEntry(fetched, ref, path);
    if (entry?.type === "blob" && !(await hasObject(fetched, entry.id)))
      await fetchInto(fetched, server, [entry.id], []);
    return await textAt(fetched, path, ref);
  } catch (error) {
    if (error instanceof NotFetched || error instanceof Problem) return { failure: whyNotFetched(error) };
    throw error;
  }
}

async function hasObject(repository: GitRepository, id: string): Promise<boolean> {
  return (await tryGit(repository, ["cat-file", "-e", id], { objectsOnly: true })).code === 0;
}

async function textAt(repository: GitRepository, path: string, ref: string): Promise<FloorText> {
  try {
    const text = await readTextFile(repository, ref, path, floorLimitBytes);
    return text === null ? { failure: `${showPath(path)} is no file at ${ref}` } : { text };
  } catch (error) {
    if (error instanceof Problem) return { failure: inertText(error.what, { maxGraphemes: 300 }).replace(/\.$/, "") };
    throw error;
  }
}
