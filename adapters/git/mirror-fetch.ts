import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { packedBytes, patience } from "./fetch-objects.ts";
import { fetchFlags, network, type Remote } from "./remote.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** How much one evaluation may fetch, and how long that may take. */
export interface FetchLimits {
  /** Of commits and folders, as git packs them. */
  historyBytes: number;
  /** Of files' contents. */
  blobBytes: number;
  timeoutMs: number;
}

/** Where a mirror is filled from. */
export interface Source {
  mirror: GitRepository;
  remote: Remote;
  limits: FetchLimits;
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
export class Broken extends NotMirrored {}

/** Commits and folders, under refs or by their ids alone. Throws `NotMirrored`. */
export function fetchHistory(from: Source, refs: readonly string[]): Promise<void> {
  return fetchWithin(from, refs, { bytes: from.limits.historyBytes, what: "history", settings: [] });
}

/** Contents of files. `noop`: with our commits named, the server would take the blobs of known trees for known too. */
export function fetchBlobs(from: Source, blobs: readonly string[]): Promise<void> {
  const settings = ["fetch.negotiationAlgorithm=noop"];
  return fetchWithin(from, blobs, { bytes: from.limits.blobBytes, what: "changed files", settings });
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
