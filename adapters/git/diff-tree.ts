import { malformedTree } from "../../core/change/malformed-tree.ts";
import { diffReader, type DiffFile, type DiffReaderOptions } from "../../core/change/read-diff.ts";
import { recordSplitter } from "../../core/change/split-records.ts";
import { lacksContents, splitAtNul } from "./read-blobs.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** Which commit is compared with which of its parents; null stands for the empty tree. */
export interface CommitAndParent {
  commit: string;
  parent: string | null;
}

/** What differs between two commits' trees, with renames found. */
export async function readDiff(
  repository: GitRepository,
  from: string,
  to: string,
  onAddedLine?: DiffReaderOptions["onAddedLine"],
): Promise<DiffFile[]> {
  const read: DiffFile[] = [];
  const onDiff = (_commit: string, files: DiffFile[]) => void read.push(...files);
  const lines = onAddedLine === undefined ? {} : { onAddedLine };
  await runDiffTree(repository, [...diffFlags, from, to], "", { commits: false, onDiff, ...lines });
  return read;
}

/** Who hears of a diff while it streams past: its counts first, then its lines. */
export interface DiffListener<Pair extends CommitAndParent> {
  onCounts(pair: Pair, files: readonly DiffFile[]): void;
  onAddedLine(pair: Pair, file: DiffFile, line: number, text: Buffer): void;
  onRemovedLine(pair: Pair, file: DiffFile, line: number, text: Buffer): void;
}

/** One diff for each pair, in the order asked, in one git process; of these paths alone where some are given. */
export async function readDiffs<Pair extends CommitAndParent>(
  repository: GitRepository,
  pairs: readonly Pair[],
  take: (pair: Pair, files: DiffFile[]) => void,
  listener?: DiffListener<Pair>,
  paths: readonly string[] = [],
): Promise<void> {
  let next = 0;
  const onDiff = (commit: string, files: DiffFile[]) => {
    const pair = pairs[next];
    if (pair?.commit !== commit) throw new Error("git gave the diffs of commits in another order than asked");
    next += 1;
    take(pair, files);
  };
  const input = asInput(pairs);
  // The lines of a diff come before its end, at which `next` moves on.
  const lines: Omit<DiffReaderOptions, "commits" | "onDiff"> =
    listener === undefined
      ? {}
      : {
          onCounts: (files) => listener.onCounts(pairs[next]!, files),
          onAddedLine: (...line) => listener.onAddedLine(pairs[next]!, ...line),
          onRemovedLine: (...line) => listener.onRemovedLine(pairs[next]!, ...line),
        };
  const args = ["--stdin", "--root", "--always", ...diffFlags, ...(paths.length === 0 ? [] : ["--", ...paths])];
  await runDiffTree(repository, args, input, {
    commits: true,
    onDiff,
    ...lines,
  });
  if (next !== pairs.length) throw new Error(`git gave ${next} of ${pairs.length} diffs`);
}

function asInput(pairs: readonly CommitAndParent[]): string {
  return pairs.map(({ commit, parent }) => (parent === null ? `${commit}\n` : `${commit} ${parent}\n`)).join("");
}

/** One path that differs, and git's letter for how. */
export interface Difference {
  status: string;
  path: Buffer;
}

/**
 * What differs for each pair, in the order asked, by the trees alone: no content is read and no rename is looked for.
 * `count` hears of each as it comes, and ends the reading by throwing.
 */
export async function listDifferences<Pair extends CommitAndParent>(
  repository: GitRepository,
  pairs: readonly Pair[],
  count: () => void,
  take: (pair: Pair, differences: Difference[]) => void,
): Promise<void> {
  let next = -1;
  let status: string | null = null;
  let differences: Difference[] = [];
  const finish = () => {
    const pair = pairs[next];
    if (pair !== undefined) take(pair, differences);
  };
  const splitter = recordSplitter(
    () => "nul",
    (record) => {
      if (status !== null) {
        differences.push({ status, path: Buffer.from(record) });
        count();
        status = null;
      } else if (record.length === 1) status = record.toString("latin1");
      else {
        finish();
        next += 1;
        differences = [];
        if (pairs[next]?.commit !== record.toString("latin1"))
          throw new Error("git listed the differences of commits in another order than asked");
      }
    },
  );
  if (pairs.length === 0) return;
  const flags = ["--stdin", "--always", "-r", "-z", "--no-renames", "--name-status", "--ignore-submodules=none"];
  const { code, stderr } = await tryGit(repository, ["diff-tree", ...flags], {
    input: asInput(pairs),
    objectsOnly: true,
    onOutput: (chunk) => splitter.write(chunk),
  });
  if (code !== 0) throw await explain(repository, stderr);
  splitter.end();
  finish();
  if (next !== pairs.length - 1) throw new Error(`git listed ${next + 1} of ${pairs.length} diffs`);
}

/** Every path that differs between two commits' trees, without looking for renames: both names of each. */
export async function listDifferingPaths(repository: GitRepository, from: string, to: string): Promise<Buffer[]> {
  const args = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", from, to];
  const { code, stdout, stderr } = await tryGit(repository, args, { objectsOnly: true });
  if (code !== 0) throw await explain(repository, stderr);
  return splitAtNul(stdout);
}

/** How git is asked for a diff that `diffReader` reads. */
export const diffFlags: readonly string[] = [
  "-r",
  "-z",
  "--raw",
  "--numstat",
  "-p",
  "-U0",
  "-M50%",
  "-l1000",
  // git's own defaults, said aloud: counts must equal those that `git diff` and GitHub show.
  "--diff-algorithm=myers",
  "--indent-heuristic",
  "--no-abbrev",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=none",
];

async function runDiffTree(
  repository: GitRepository,
  args: readonly string[],
  input: string,
  options: DiffReaderOptions,
): Promise<void> {
  const reader = diffReader(options);
  const { code, stderr } = await tryGit(repository, ["diff-tree", ...args], {
    input,
    objectsOnly: true,
    onOutput: (chunk) => reader.write(chunk),
  });
  if (code !== 0) throw await explain(repository, stderr);
  reader.end();
}

/** A clone without the contents of files fails here, because reading never fetches; so does a tree that is none. */
async function explain(repository: GitRepository, stderr: string): Promise<Error> {
  const says = (signs: readonly string[]) => signs.some((sign) => stderr.includes(sign));
  const lacks = says(["unable to read", "unable to find", "bad object", "missing blob", "could not fetch"]);
  if (lacks && (await isPartialClone(repository))) return lacksContents();
  if (lacks || says(["malformed", "empty filename", "too-short tree", "not a tree", "is a blob", "is a tree"]))
    return malformedTree("git cannot read one of its objects");
  return new Error(`git diff-tree failed: ${stderr.trim().slice(0, 2000)}`);
}

async function isPartialClone(repository: GitRepository): Promise<boolean> {
  const settings = "^(remote\\..*\\.promisor|extensions\\.partialclone)$";
  return (await tryGit(repository, ["config", "--get-regexp", settings])).code === 0;
}
