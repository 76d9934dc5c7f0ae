import type { Change, Ref } from "../../core/change/change.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { Problem } from "../../core/problem.ts";
import { findCommit } from "./find-commits.ts";
import { commitsAhead, mergeBases } from "./histories.ts";
import { gitText, tryGit, type GitRepository } from "./run-git.ts";
import { commitWorkTree } from "./work-tree.ts";

/** Which change is asked for. Names are anything that git resolves; null asks for the default that a person expects. */
export interface RangeRequest {
  event: Change["event"];
  /** Default: the upstream default branch. */
  base: string | null;
  /** Default: `HEAD`. */
  head: string | null;
  /** True to judge the uncommitted work in the working tree, on top of `HEAD`. */
  workTree: boolean;
  /** What reports call base and head where they are asked for by object id, as an event does. */
  names?: { base: string; head: string };
}

/** The commits that a request came to. */
export interface Range {
  /** The repository to read from: with uncommitted work, one that also sees its objects. */
  repository: GitRepository;
  event: Change["event"];
  base: Ref;
  head: Ref;
  mergeBase: string;
  /** How many merge bases of different content there are: with more than one, no diff says what the merge would change. */
  mergeBases: number;
  uncommitted: string | null;
  /** The branch that HEAD is on, when the head is HEAD. */
  branch: string | null;
}

/**
 * Resolves a request to commits. Throws a `Problem` with the exact fix for an unknown name, a shallow clone, histories
 * that share nothing, and a range without commits.
 */
export async function resolveRange(repository: GitRepository, request: RangeRequest): Promise<Range> {
  const headName = request.head ?? "HEAD";
  const headCommit = await resolveCommit(repository, headName, "--head");
  const asked =
    request.base === null
      ? await defaultBase(repository, headCommit)
      : { name: request.base, sha: await resolveCommit(repository, request.base, "--base") };
  const shown = request.names ?? { base: asked.name, head: headName };
  const base = { name: shown.base, sha: asked.sha };
  const { mergeBase, mergeBases } = await findMergeBases(repository, base, { name: shown.head, sha: headCommit });
  if (request.workTree && request.head !== null) await refuseOtherHead(repository, request.head, headCommit);
  const work = request.workTree ? await commitWorkTree(repository, headCommit) : null;
  const headSha = work?.commit ?? headCommit;
  if (mergeBase === headSha) {
    throw new Problem(
      `There is nothing to judge: ${showPath(shown.head)} has no commits that ${showPath(shown.base)} lacks.`,
      "Commit your work on a branch, add `--worktree` to judge uncommitted work, or name another base: `--base HEAD~1`.",
    );
  }
  await refuseCutHistory(repository, base.sha, headCommit);
  return {
    repository: work?.repository ?? repository,
    event: request.event,
    base,
    head: { name: shown.head, sha: headSha },
    mergeBase,
    mergeBases,
    uncommitted: headSha === headCommit ? null : headSha,
    branch: headName === "HEAD" ? await currentBranch(repository) : null,
  };
}

/** What is in the working tree was written on top of HEAD: with another head, the rest of HEAD would count as uncommitted. */
async function refuseOtherHead(repository: GitRepository, name: string, commit: string): Promise<void> {
  if (commit === (await findCommit(repository, "HEAD"))) return;
  throw new Problem(
    `${showPath(name)} is not checked out, so the working tree holds no work on top of it.`,
    "Leave out `--head`, or leave out `--worktree`.",
  );
}

/** The full id of the commit that a name stands for. Throws a `Problem` when there is none. */
export async function resolveCommit(repository: GitRepository, name: string, flag: string): Promise<string> {
  const commit = await findCommit(repository, name);
  if (commit !== null) return commit;
  if (await isShallow(repository)) {
    throw new Problem(`This shallow clone does not hold the commit ${showPath(name)}.`, shallowFix);
  }
  throw new Problem(
    `${showPath(name)} is no commit in this repository (${flag}).`,
    `Give \`${flag}\` a branch, tag or commit that exists here; \`git fetch origin\` brings those of the remote.`,
  );
}

const shallowFix =
  "Fetch the whole history: `git fetch --unshallow`. In a workflow, give actions/checkout `fetch-depth: 0`.";

interface Asked {
  name: string;
  sha: string;
}

/**
 * The branch that a person's work will be merged into: the remote's default branch, else a local one of a usual name.
 * Asked for by full name, because a tag of the same name would come first.
 */
async function defaultBase(repository: GitRepository, head: string): Promise<Asked> {
  const remoteHead = await tryGit(repository, ["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
  const named = remoteHead.code === 0 ? [remoteHead.stdout.toString("utf8").trim()] : [];
  const usual = ["main", "master", "trunk", "develop"];
  const remote = [...named, ...usual.map((name) => `refs/remotes/origin/${name}`)];
  for (const ref of [...remote, ...usual.map((name) => `refs/heads/${name}`)]) {
    const sha = await findCommit(repository, ref);
    // On the default branch itself without a remote there is nothing to compare it with.
    if (sha === null || (sha === head && !remote.includes(ref))) continue;
    return { name: ref.split("/").slice(2).join("/"), sha };
  }
  throw new Problem(
    "No base branch was found: there is no origin/HEAD and no other branch called main, master, trunk or develop.",
    "Name the branch that this change will be merged into: `--base origin/main`, or `--base HEAD~1` for the last commit alone.",
  );
}

/**
 * Where two branches merged each other's commits, they parted in several places. A file that is at head as it was in
 * one of them may still change against another, so one of them counts alone only when all hold the same tree. Throws a
 * `Problem` when none is here.
 */
export async function findMergeBases(
  repository: GitRepository,
  base: { name: string; sha: string },
  head: { name: string; sha: string },
): Promise<Pick<Range, "mergeBase" | "mergeBases">> {
  const [mergeBase, ...others] = await mergeBases(repository, base.sha, head.sha);
  if (mergeBase !== undefined)
    return { mergeBase, mergeBases: others.length === 0 ? 1 : await countByTree(repository, [mergeBase, ...others]) };
  if (await isShallow(repository)) {
    throw new Problem(
      `This clone is too shallow to find where ${showPath(head.name)} left ${showPath(base.name)}.`,
      shallowFix,
    );
  }
  throw new Problem(
    `${showPath(head.name)} and ${showPath(base.name)} share no history, so there is no change to judge between them.`,
    "Check that `--base` names a branch of the same project.",
  );
}

/** The same tree in all is one merge base; else each counts. */
async function countByTree(repository: GitRepository, commits: readonly string[]): Promise<number> {
  // Through standard input: a history may hold more of them than fit into the arguments of a process.
  const input = `${commits.join("\n")}\n`;
  const trees = await gitText(repository, ["log", "--no-walk", "--stdin", "--format=%T"], { input });
  return new Set(trees.split("\n")).size === 1 ? 1 : commits.length;
}

/** A commit at the edge of a shallow clone looks like a root: its range would be silently too short. */
async function refuseCutHistory(repository: GitRepository, base: string, head: string): Promise<void> {
  if (!(await commitsAhead(repository, base, head)).hasRoot || !(await isShallow(repository))) return;
  throw new Problem(
    `This clone is shallow: the history between ${base.slice(0, 12)} and ${head.slice(0, 12)} is cut.`,
    shallowFix,
  );
}

/** Whether the clone lacks older commits. */
export async function isShallow(repository: GitRepository): Promise<boolean> {
  return (await gitText(repository, ["rev-parse", "--is-shallow-repository"])) === "true";
}

async function currentBranch(repository: GitRepository): Promise<string | null> {
  const result = await tryGit(repository, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  return result.code === 0 ? result.stdout.toString("utf8").trim() : null;
}
