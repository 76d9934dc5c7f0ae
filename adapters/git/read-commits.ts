import type { Commit } from "../../core/change/change.ts";
import { parseCommit } from "../../core/change/parse-commit.ts";
import { readPath } from "../../core/change/path-name.ts";
import type { DiffFile } from "../../core/change/read-diff.ts";
import { fileLineMap } from "./changed-file.ts";
import { readDiffs, type CommitAndParent } from "./diff-tree.ts";
import { lacksContents, readObjects } from "./read-blobs.ts";
import type { Range } from "./resolve-range.ts";
import { gitText, type GitRepository } from "./run-git.ts";

/** Called for each line that a commit adds to its one parent, commit by commit. */
export type OnCommitLine = (commit: string, path: string, line: number, text: Buffer) => void;

/** The commits that the head has and the base lacks, parents before children; beyond the limit only the newest. */
export async function readCommits(
  range: Range,
  limit: number,
  incomplete: string[],
  onCommitLine?: OnCommitLine,
): Promise<Commit[]> {
  const ids = await listCommits(range, limit, incomplete);
  const commits = await readObjectsOfCommits(range.repository, ids);
  const pairs = [...commits.values()].flatMap(withParents);
  await readDiffs(
    range.repository,
    pairs,
    ({ commit, parent }, files) => commits.get(commit)?.diffs.push({ parent, files: files.map(fileLineMap) }),
    onCommitLine && ownLines(commits, onCommitLine),
  );
  return [...commits.values()];
}

/** A merge is left out: against each parent it "adds" what the other one brought. */
function ownLines(commits: ReadonlyMap<string, Commit>, onCommitLine: OnCommitLine) {
  const names = new WeakMap<DiffFile, string>();
  return ({ commit }: CommitAndParent, file: DiffFile, line: number, text: Buffer): void => {
    if ((commits.get(commit)?.parents.length ?? 0) > 1) return;
    const name = names.get(file) ?? readPath(file.path).path;
    names.set(file, name);
    onCommitLine(commit, name, line, text);
  };
}

/** A root commit is compared with the empty tree. */
function withParents({ sha: commit, parents }: Commit): CommitAndParent[] {
  return parents.length === 0 ? [{ commit, parent: null }] : parents.map((parent) => ({ commit, parent }));
}

async function listCommits(range: Range, limit: number, incomplete: string[]): Promise<string[]> {
  const between = [range.head.sha, `^${range.base.sha}`];
  const total = Number(await gitText(range.repository, ["rev-list", "--count", ...between]));
  // Parents come before children, so that owners of lines can be handed down.
  const listed = await gitText(range.repository, ["rev-list", "--topo-order", "--reverse", ...between]);
  const ids = listed === "" ? [] : listed.split("\n");
  if (ids.length !== total) throw new Error(`git counts ${total} commits and lists ${ids.length}`);
  if (total <= limit) return ids;
  incomplete.push(`the change has ${total} commits; the newest ${limit} were read`);
  return ids.slice(-limit);
}

async function readObjectsOfCommits(repository: GitRepository, ids: readonly string[]): Promise<Map<string, Commit>> {
  const commits = new Map<string, Commit>();
  await readObjects(repository, ids, (sha, bytes) => {
    if (bytes === null) throw lacksContents();
    const { problems, ...commit } = parseCommit(bytes);
    commits.set(sha, { sha, ...commit, messageProblems: problems, diffs: [] });
  });
  return commits;
}
