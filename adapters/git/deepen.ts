import { copyFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errorCode, Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import { findCommits, hasCommit } from "./find-commits.ts";
import { makeGitDir } from "./object-store.ts";
import { isShallow } from "./resolve-range.ts";
import { fetchFlags, network, type Remote } from "./remote.ts";
import { gitText, tryGit, type GitRepository } from "./run-git.ts";

export interface DeepenRequest {
  base: string;
  head: string;
  /** Further commits whose trees are needed, not their history. */
  others: readonly string[];
}

/** How much history may be fetched: at most `commits` behind each of base and head, in at most `rounds` fetches. */
export interface DeepenBudget {
  commits: number;
  rounds: number;
}
export const deepenBudget: DeepenBudget = { commits: 10_000, rounds: 4 };

/**
 * Fetches what a shallow clone lacks of a change: its commits, and history until base and head meet. Does nothing, and
 * reaches nowhere, when all is there. Throws a `Problem` with the exact fix when the budget does not suffice or the
 * server does not give a commit. Writes objects and the clone's list of shallow commits; no branch moves.
 */
export async function deepen(
  repository: GitRepository,
  remote: Remote,
  request: DeepenRequest,
  budget: DeepenBudget = deepenBudget,
): Promise<void> {
  const left = depths(budget);
  while (!(await meets(repository, request))) {
    const depth = left.shift();
    if (depth === undefined) throw tooShallow(budget);
    await fetchCommits(repository, remote, [request.base, request.head], depth);
  }
  for (const commit of request.others)
    if (!(await hasCommit(repository, commit))) await fetchCommits(repository, remote, [commit], 1);
}

/** The commit at the tip of a branch on the server. Throws a `Problem` when there is no such branch. */
export async function readRemoteBranch(repository: GitRepository, remote: Remote, branch: string): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const result = await tryGit(repository, ["ls-remote", "--quiet", remote.url, ref], {
    ...network(remote),
    objectsOnly: true,
  });
  if (result.code !== 0) throw noTip(branch, result.stderr);
  const line = result.stdout
    .toString("utf8")
    .split("\n")
    .find((each) => each.endsWith(`\t${ref}`));
  if (line !== undefined) return line.slice(0, line.indexOf("\t"));
  throw new Problem(`The repository has no branch ${inertText(branch)}.`, "Run the workflow on an existing branch.");
}

/** Few fetches: each asks for eight times as much history as the one before, up to the budget. */
function depths({ commits, rounds }: DeepenBudget): number[] {
  return Array.from({ length: rounds }, (_, round) => Math.ceil(commits / 8 ** (rounds - 1 - round)));
}

async function meets(repository: GitRepository, { base, head }: DeepenRequest): Promise<boolean> {
  const here = await findCommits(repository, [base, head]);
  if (!here.has(base) || !here.has(head)) return false;
  if (!(await isShallow(repository))) return true;
  if ((await tryGit(repository, ["merge-base", base, head])).code !== 0) return false;
  // A commit at the edge of a shallow clone looks like a root: then the range is longer than what is here. Without one,
  // every merge base is here too, as a parent of a commit of the range.
  return (await gitText(repository, ["rev-list", "--max-parents=0", "--max-count=1", head, `^${base}`])) === "";
}

/**
 * Fetches into the clone's objects from a git directory of ours, so that nothing of the clone's configuration counts:
 * not a proxy, a rewritten address, a certificate to trust or a check that is off (`http.<url>.sslVerify` is stronger than
 * any `http.sslVerify`). The token would follow them. What git learns of shallow commits is carried over.
 */
async function fetchCommits(repository: GitRepository, remote: Remote, commits: string[], depth: number) {
  const gitDir = await makeGitDir(repository.objects.format);
  const shallow = await shallowFile(repository);
  await copyIfThere(shallow, join(gitDir, "shallow"));
  const args = [
    "fetch",
    ...fetchFlags,
    ...(await knownTips(repository, commits)),
    `--depth=${depth}`,
    remote.url,
    ...commits,
  ];
  const environment = { ...repository.environment, GIT_OBJECT_DIRECTORY: repository.objects.path };
  const result = await tryGit({ ...repository, gitDir, environment }, args, network(remote));
  if (result.code !== 0) throw unreachable(result.stderr);
  // Not in one step by `copyFile`: a reader at the same time must not see half a list.
  const isStillShallow = await copyIfThere(join(gitDir, "shallow"), `${shallow}.countersign`);
  await (isStillShallow ? rename(`${shallow}.countersign`, shallow) : rm(shallow, { force: true }));
}

async function shallowFile(repository: GitRepository): Promise<string> {
  return resolve(repository.gitDir, await gitText(repository, ["rev-parse", "--git-path", "shallow"]));
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Our git directory has no refs: what the clone has already must be told, or it would be sent again. */
async function knownTips(repository: GitRepository, commits: readonly string[]): Promise<string[]> {
  const head = await tryGit(repository, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  const candidates = [...commits, ...(head.code === 0 ? [head.stdout.toString("utf8").trim()] : [])];
  const here = await findCommits(repository, candidates);
  return candidates.filter((commit) => here.has(commit)).map((commit) => `--negotiation-tip=${commit}`);
}

function tooShallow({ commits }: DeepenBudget): Problem {
  return new Problem(
    `Base and head do not meet within ${commits} commits of history.`,
    "Give actions/checkout `fetch-depth: 0`, so that the clone holds the whole history.",
  );
}

function noTip(branch: string, said: string): Problem {
  return new Problem(
    `The tip of the branch ${inertText(branch, { maxGraphemes: 100 })}, where the policy stands, could not be read: ${inertText(said, { maxGraphemes: 500 })}`,
    "Give the job `permissions: contents: read` (and `token` that of a job which may read the repository), leave GITHUB_SERVER_URL as the runner sets it, and run the workflow again.",
  );
}

function unreachable(said: string): Problem {
  return new Problem(
    `The history of this change could not be fetched: ${inertText(said, { maxGraphemes: 500 })}`,
    "Give actions/checkout `fetch-depth: 0`, so that nothing is left to fetch. If a commit is gone because the branch was pushed again, run the workflow of the newest push.",
  );
}
