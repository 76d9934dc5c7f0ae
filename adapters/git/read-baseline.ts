import { stat } from "node:fs/promises";
import type { Baseline } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { inertText, showPath } from "../../core/untrusted/index.ts";
import { fetchInto, makeRepository, NotFetched, whyNotFetched, type FetchBudget } from "./fetch-objects.ts";
import { hasCommit, readEntry, readTextFile } from "./read-blobs.ts";
import type { Remote } from "./remote.ts";
import { openRepository, tryGit, type GitRepository } from "./run-git.ts";

/** A policy of another repository: `owner/name`, the file's path, and the full id of the commit. */
export type BaselineName = Pick<Baseline, "repo" | "path" | "ref">;

/** The text that was read, or why it was not, as the end of a sentence. */
export type BaselineText = { text: string } | { failure: string };

/** A policy has no more. */
export const baselineLimitBytes = 256 * 1024;

const budget: FetchBudget = { bytes: 16_000_000, timeoutMs: 30_000 };

/** Reads a baseline from a repository on this machine; its objects alone count, not what is checked out. */
export async function readBaselineHere(repository: GitRepository, { path, ref }: BaselineName): Promise<BaselineText> {
  if (!(await hasCommit(repository, ref))) return { failure: `the commit ${ref} is not there` };
  return textAt(repository, path, ref);
}

/** The same from any folder of a clone. Throws a `Problem` for a folder that is in no repository. */
export async function readBaselineIn(folder: string, name: BaselineName): Promise<BaselineText> {
  const isThere = await stat(folder).catch(() => null);
  if (isThere === null) return { failure: `there is no folder ${showPath(folder)}` };
  return readBaselineHere(await openRepository(folder), name);
}

/**
 * Fetches a baseline from a server: the one commit with its trees, then the one file, into a git directory of ours. The
 * commit is named by its id, so nobody can put another text in its place.
 */
export async function fetchBaseline(remote: Remote, { path, ref }: BaselineName): Promise<BaselineText> {
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

async function textAt(repository: GitRepository, path: string, ref: string): Promise<BaselineText> {
  try {
    const text = await readTextFile(repository, ref, path, baselineLimitBytes);
    return text === null ? { failure: `${showPath(path)} is no file at ${ref}` } : { text };
  } catch (error) {
    if (error instanceof Problem) return { failure: inertText(error.what, { maxGraphemes: 300 }).replace(/\.$/, "") };
    throw error;
  }
}
