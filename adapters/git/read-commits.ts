import type { Commit } from "../../core/change/change.ts";
import { moveFinder, type MoveFinder } from "../../core/change/find-moves.ts";
import { parseCommit } from "../../core/change/parse-commit.ts";
import { readPath } from "../../core/change/path-name.ts";
import type { DiffFile } from "../../core/change/read-diff.ts";
import { fileLineMap } from "./changed-file.ts";
import { readDiffs, type CommitAndParent, type DiffListener } from "./diff-tree.ts";
import { commitsAhead } from "./histories.ts";
import { lacksContents, readObjects } from "./read-blobs.ts";
import { readMerges } from "./read-merges.ts";
import type { Range } from "./resolve-range.ts";
import type { GitRepository } from "./run-git.ts";

/** Called for each line that a commit adds to its one parent, commit by commit. */
export type OnCommitLine = (commit: string, path: string, line: number, text: Buffer) => void;

/** How many differences between a commit and a parent are read, over all commits: by name for merges, and with hunks. */
export interface DifferenceLimits {
  named: number;
  compared: number;
}
export const differenceLimits: DifferenceLimits = { named: 10_000_000, compared: 2_000_000 };

/** The commits that the head has and the base lacks, parents before children; beyond the limit only the newest. */
export async function readCommits(
  range: Range,
  limit: number,
  incomplete: string[],
  onCommitLine?: OnCommitLine,
  limits: DifferenceLimits = differenceLimits,
): Promise<Commit[]> {
  const ids = await listCommits(range, limit, incomplete);
  const commits = await readObjectsOfCommits(range.repository, ids);
  try {
    await readAllDiffs(range.repository, commits, limits, onCommitLine);
  } catch (error) {
    if (!(error instanceof TooManyDifferences)) throw error;
    incomplete.push(error.message);
  }
  return [...commits.values()];
}

class TooManyDifferences extends Error {}

async function readAllDiffs(
  repository: GitRepository,
  commits: ReadonlyMap<string, Commit>,
  limits: DifferenceLimits,
  onCommitLine?: OnCommitLine,
): Promise<void> {
  const all = [...commits.values()];
  for (const commit of all) commit.diffs = parentsOf(commit).map((parent) => ({ parent, files: [] }));
  const named = counter(limits.named);
  const merges = await readMerges(
    repository,
    all.filter(({ parents }) => parents.length > 1),
    () => named(1),
  );
  for (const [sha, { taken }] of merges)
    for (const [index, files] of taken.entries()) commits.get(sha)?.diffs[index]?.files.push(...files);
  // A merge without work of its own needs no hunks: each of its files is some parent's.
  const pairs = all.filter(({ sha }) => merges.get(sha)?.own.size !== 0).flatMap(withParents);
  const compared = counter(limits.compared);
  const moves = moveFinder(all);
  await readDiffs<(typeof pairs)[number]>(
    repository,
    pairs,
    ({ commit, parent, files: kept }, files) => {
      compared(files.length);
      const own = merges.get(commit)?.own;
      const maps = files.map(fileLineMap);
      for (const map of maps) if (own?.has(map.to ?? map.from ?? "") ?? true) kept.push(map);
      const reading = commits.get(commit);
      if (own === undefined && reading !== undefined) reading.moves = moves.finish(commit, parent, maps);
    },
    listenToOwnLines((commit) => merges.has(commit), moves, onCommitLine),
  );
}

function counter(limit: number): (differences: number) => void {
  let total = 0;
  return (differences) => {
    total += differences;
    if (total > limit)
      throw new TooManyDifferences(
        `the change's commits differ from their parents in more than ${limit} files together`,
      );
  };
}

/** A root commit is compared with the empty tree. */
function parentsOf({ parents }: Commit): (string | null)[] {
  return parents.length === 0 ? [null] : parents;
}

function withParents({ sha: commit, diffs }: Commit) {
  return diffs.map(({ parent, files }) => ({ commit, parent, files }));
}

/** A merge is left out: against each parent it "adds" what the other one brought. */
function listenToOwnLines(
  isMerge: (commit: string) => boolean,
  moves: MoveFinder,
  onCommitLine: OnCommitLine = () => undefined,
): DiffListener<CommitAndParent> {
  const names = new WeakMap<DiffFile, string>();
  return {
    onCounts({ commit }, files) {
      if (!isMerge(commit)) moves.begin(sum(files, "addedLines"), sum(files, "deletedLines"));
    },
    onAddedLine({ commit }, file, line, text) {
      if (isMerge(commit)) return;
      const name = names.get(file) ?? readPath(file.path).path;
      names.set(file, name);
      moves.added(text);
      onCommitLine(commit, name, line, text);
    },
    onRemovedLine({ commit }, _file, _line, text) {
      if (!isMerge(commit)) moves.removed(text);
    },
  };
}

function sum(files: readonly DiffFile[], count: "addedLines" | "deletedLines"): number {
  return files.reduce((total, file) => total + (file[count] ?? 0), 0);
}

async function listCommits(range: Range, limit: number, incomplete: string[]): Promise<readonly string[]> {
  // Parents come before children, so that owners of lines can be handed down.
  const { commits } = await commitsAhead(range.repository, range.base.sha, range.head.sha);
  if (commits.at(-1) !== range.head.sha) throw new Error("git's list of commits does not end with the head");
  if (commits.length <= limit) return commits;
  incomplete.push(`the change has ${commits.length} commits; the newest ${limit} were read`);
  return commits.slice(-limit);
}

async function readObjectsOfCommits(repository: GitRepository, ids: readonly string[]): Promise<Map<string, Commit>> {
  const commits = new Map<string, Commit>();
  await readObjects(repository, ids, (sha, bytes) => {
    if (bytes === null) throw lacksContents();
    const { problems, ...commit } = parseCommit(bytes);
    commits.set(sha, { sha, ...commit, messageProblems: problems, diffs: [], moves: [] });
  });
  return commits;
}
