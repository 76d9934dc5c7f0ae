import type { Change } from "../../core/change/change.ts";
import type { LineMap } from "../../core/change/line-map.ts";
import { changeId, readRemote } from "../../core/change/repository.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { fileLineMap } from "./changed-file.ts";
import { readDiff } from "./diff-tree.ts";
import { readCommits, type OnCommitLine } from "./read-commits.ts";
import { readFiles, type OnAddedLine } from "./read-files.ts";
import type { Range } from "./resolve-range.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** What is read in full; beyond it the reading is named `incomplete`. */
export interface ChangeLimits {
  commits: number;
  files: number;
}
export const changeLimits: ChangeLimits = { commits: 10_000, files: 50_000 };

export interface ReadChangeOptions {
  repository?: Change["repository"];
  /** The pull request's number, for the change id. */
  number?: number;
  limits?: ChangeLimits;
  /** Called for each added line of the change, in git's order of files. Here and below source text is seen, and nowhere else. */
  onAddedLine?: OnAddedLine;
  /** Called for each line that a commit adds to its one parent, also for those that a later commit takes away again. */
  onCommitLine?: OnCommitLine;
}

/**
 * Reads everything that git knows about a range. Its counts are checked against git's own; a mismatch throws. Throws a
 * `Problem` when the clone lacks contents that are needed.
 */
export async function readChange(range: Range, options: ReadChangeOptions = {}): Promise<Change> {
  const limits = options.limits ?? changeLimits;
  const incomplete = severalMergeBases(range);
  const commits = await readCommits(range, limits.commits, incomplete, options.onCommitLine);
  const files = await readFiles(range, limits.files, incomplete, options.onAddedLine);
  const repository = options.repository ?? (await readOrigin(range.repository));
  return {
    id: changeId(repository, options.number ?? null, range.mergeBase, range.head.sha),
    event: range.event,
    repository,
    base: range.base,
    head: range.head,
    mergeBase: range.mergeBase,
    uncommitted: range.uncommitted,
    commits,
    files,
    incomplete,
  };
}

function severalMergeBases({ base, head, mergeBases }: Range): string[] {
  if (mergeBases === 1) return [];
  const [main, branch] = [base, head].map(({ name, sha }) => showPath(name ?? sha));
  return [
    `${main} and ${branch} have ${mergeBases} merge bases, so what the merge would change cannot be told from one of them; merge ${main} into the branch, or rebase it, and it is judged`,
  ];
}

/** How lines went from one commit's tree to another's. */
export async function readLineMap(
  repository: GitRepository,
  from: { name: string; sha: string },
  to: { name: string; sha: string },
): Promise<LineMap> {
  const files = await readDiff(repository, from.sha, to.sha);
  return { from: from.name, to: to.name, files: files.map(fileLineMap) };
}

/** Where the remote `origin` says that the repository lives; null without one, and for a place on this machine. */
export async function readOrigin(repository: GitRepository): Promise<Change["repository"]> {
  const url = await tryGit(repository, ["config", "--get", "remote.origin.url"]);
  return url.code === 0 ? readRemote(url.stdout.toString("utf8")) : null;
}
