import type { ChangedFile, Change, Commit } from "../../core/change/change.ts";
import { FileMode } from "../../core/change/change.ts";
import { parseCommit } from "../../core/change/parse-commit.ts";
import type { FileLineMap, LineMap } from "../../core/change/line-map.ts";
import { readPath } from "../../core/change/path-name.ts";
import { diffReader, type DiffFile } from "../../core/change/read-diff.ts";
import { changeId, readRemote } from "../../core/change/repository.ts";
import { Problem } from "../../core/problem.ts";
import { readObjects } from "./read-blobs.ts";
import type { Range } from "./resolve-range.ts";
import { git, gitText, tryGit, type GitRepository } from "./run-git.ts";

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
  /** Called for each added line of the change, in git's order of files: the only time that source text is seen. */
  onAddedLine?: (path: string, line: number, text: Buffer) => void;
}

/** Reads everything that git knows about a range. Its counts are checked against git's own; a mismatch throws. */
export async function readChange(range: Range, options: ReadChangeOptions = {}): Promise<Change> {
  const limits = options.limits ?? changeLimits;
  const incomplete: string[] = [];
  const shas = await listCommits(range, limits, incomplete);
  const commits = await readCommits(range.repository, shas);
  const files = await readFiles(range, options, limits, incomplete);
  const repository = options.repository ?? (await readOrigin(range.repository));
  return {
    id: changeId(repository, options.number ?? null, range.mergeBase, range.head.sha),
    event: range.event,
    repository,
    base: range.base,
    head: range.head,
    mergeBase: range.mergeBase,
    uncommitted: range.uncommitted === range.head.sha && range.uncommitted !== null ? range.uncommitted : null,
    commits,
    files,
    incomplete,
  };
}

/** How lines went from one commit's tree to another's. */
export async function readLineMap(
  repository: GitRepository,
  from: { name: string; sha: string },
  to: { name: string; sha: string },
): Promise<LineMap> {
  const files: DiffFile[] = [];
  const reader = diffReader({ commits: false, onDiff: (_commit, read) => files.push(...read) });
  await git(repository, ["diff-tree", ...diffFlags, from.sha, to.sha], { onOutput: (chunk) => reader.write(chunk) });
  reader.end();
  return { from: from.name, to: to.name, files: files.map(fileLineMap) };
}

const diffFlags = [
  "-r",
  "-z",
  "--raw",
  "--numstat",
  "-p",
  "-U0",
  "-M50%",
  "-l1000",
  "--no-abbrev",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=none",
];

async function listCommits(range: Range, limits: ChangeLimits, incomplete: string[]): Promise<string[]> {
  const between = [range.head.sha, `^${range.base.sha}`];
  const total = Number(await gitText(range.repository, ["rev-list", "--count", ...between]));
  // Parents come before children, so that owners of lines can be handed down.
  const listed = await gitText(range.repository, ["rev-list", "--topo-order", "--reverse", ...between]);
  const shas = listed === "" ? [] : listed.split("\n");
  if (shas.length !== total) throw new Error(`git counts ${total} commits and lists ${shas.length}`);
  if (total <= limits.commits) return shas;
  incomplete.push(`the change has ${total} commits; the newest ${limits.commits} were read`);
  return shas.slice(-limits.commits);
}

async function readCommits(repository: GitRepository, shas: readonly string[]): Promise<Commit[]> {
  const commits = new Map<string, Commit>();
  await readObjects(repository, shas, (sha, bytes) => {
    if (bytes === null) throw missingObject(sha);
    const { problems, ...commit } = parseCommit(bytes);
    commits.set(sha, { sha, ...commit, messageProblems: problems, diffs: [] });
  });
  const ordered = shas.map((sha) => commits.get(sha)!);
  await readCommitDiffs(repository, ordered);
  return ordered;
}

/** One diff per commit and parent, in one git process; a root commit is compared with the empty tree. */
async function readCommitDiffs(repository: GitRepository, commits: readonly Commit[]): Promise<void> {
  const asked = commits.flatMap((commit) => {
    const parents: (string | null)[] = commit.parents.length === 0 ? [null] : commit.parents;
    return parents.map((parent) => ({ commit, parent }));
  });
  let next = 0;
  const reader = diffReader({
    commits: true,
    onDiff(sha, files) {
      const pair = asked[next];
      if (pair?.commit.sha !== sha) throw new Error("git gave the diffs of commits in another order than asked");
      pair.commit.diffs.push({ parent: pair.parent, files: files.map(fileLineMap) });
      next += 1;
    },
  });
  const input = asked
    .map(({ commit, parent }) => (parent === null ? `${commit.sha}\n` : `${commit.sha} ${parent}\n`))
    .join("");
  const run = await tryGit(repository, ["diff-tree", "--stdin", "--root", "--always", ...diffFlags], {
    input,
    onOutput: (chunk) => reader.write(chunk),
  });
  if (run.code !== 0) throw explainMissing(run.stderr);
  reader.end();
  if (next !== asked.length) throw new Error(`git gave ${next} of ${asked.length} diffs`);
}

async function readFiles(
  range: Range,
  options: ReadChangeOptions,
  limits: ChangeLimits,
  incomplete: string[],
): Promise<ChangedFile[]> {
  const { repository, mergeBase, head } = range;
  const read: DiffFile[] = [];
  const names = new WeakMap<DiffFile, string>();
  const onAddedLine = options.onAddedLine;
  const reader = diffReader({
    commits: false,
    onDiff: (_commit, files) => read.push(...files),
    ...(onAddedLine === undefined
      ? {}
      : {
          onAddedLine(file: DiffFile, line: number, text: Buffer) {
            const name = names.get(file) ?? readPath(file.path).path;
            names.set(file, name);
            onAddedLine(name, line, text);
          },
        }),
  });
  const run = await tryGit(repository, ["diff-tree", ...diffFlags, mergeBase, head.sha], {
    onOutput: (chunk) => reader.write(chunk),
  });
  if (run.code !== 0) throw explainMissing(run.stderr);
  reader.end();
  await compareWithPlainList(range, read);
  const files = read.map(changedFile).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  await addSymlinkTargets(repository, files);
  if (files.length <= limits.files) return files;
  incomplete.push(`the change has ${files.length} files; the first ${limits.files} by path were judged`);
  return files.slice(0, limits.files);
}

/**
 * The list of paths that policy is judged on must not depend on rename detection: a second pass without it has to name
 * exactly the same paths.
 */
async function compareWithPlainList(range: Range, read: readonly DiffFile[]): Promise<void> {
  const plain = await git(range.repository, [
    "diff-tree",
    "-r",
    "-z",
    "--raw",
    "--no-renames",
    "--name-only",
    range.mergeBase,
    range.head.sha,
  ]);
  const listed = new Set<string>();
  for (let start = 0; start < plain.length;) {
    const end = plain.indexOf(0, start);
    listed.add(plain.toString("latin1", start, end));
    start = end + 1;
  }
  const judged = new Set(
    read.flatMap((file) => [file.path, file.previousPath ?? file.path]).map((path) => path.toString("latin1")),
  );
  const missing = [...listed].filter((path) => !judged.has(path)).length;
  const extra = [...judged].filter((path) => !listed.has(path)).length;
  if (missing + extra > 0)
    throw new Error(`git's two lists of changed files disagree: ${missing} missing, ${extra} too many`);
}

function changedFile(file: DiffFile): ChangedFile {
  const { path, validUtf8 } = readPath(file.path);
  const previous = file.previousPath === null ? null : readPath(file.previousPath);
  const kind = fileKind(file);
  const hunks = kind === "binary" ? [] : file.hunks;
  const addedLines = file.addedLines ?? 0;
  const deletedLines = file.deletedLines ?? 0;
  const added = hunks.reduce((sum, hunk) => sum + hunk.newLines, 0);
  const deleted = hunks.reduce((sum, hunk) => sum + hunk.oldLines, 0);
  if (added !== addedLines || deleted !== deletedLines)
    throw new Error(`git counts ${addedLines} added lines, its hunks hold ${added}`);
  return {
    path,
    previousPath: previous?.path ?? null,
    status: fileStatus(file.status),
    kind,
    oldMode: fileMode(file.oldMode),
    newMode: fileMode(file.newMode),
    oldBlob: isZero(file.oldBlob) ? null : file.oldBlob,
    newBlob: isZero(file.newBlob) ? null : file.newBlob,
    symlinkTarget: null,
    validUtf8: validUtf8 && (previous?.validUtf8 ?? true),
    hunks,
    addedLines,
    deletedLines,
  };
}

function fileKind(file: DiffFile): ChangedFile["kind"] {
  const mode = file.newMode === noMode ? file.oldMode : file.newMode;
  if (mode === "120000") return "symlink";
  if (mode === "160000") return "submodule";
  return file.addedLines === null ? "binary" : "text";
}

const noMode = "000000";

function fileMode(mode: string): FileMode | null {
  return mode === noMode ? null : FileMode.parse(mode);
}

function fileStatus(status: string): ChangedFile["status"] {
  switch (status[0]) {
    case "A":
      return "added";
    case "D":
      return "deleted";
    case "R":
      return "renamed";
    case "T":
      return "type-changed";
    case "M":
      return "modified";
    default:
      throw new Error(`git's diff has a status of an unknown kind: ${status.slice(0, 4)}`);
  }
}

function isZero(sha: string): boolean {
  return [...sha].every((char) => char === "0");
}

function fileLineMap(file: DiffFile): FileLineMap {
  const path = readPath(file.path).path;
  const from = file.status === "A" ? null : file.previousPath === null ? path : readPath(file.previousPath).path;
  return { from, to: file.status === "D" ? null : path, hunks: file.hunks };
}

async function addSymlinkTargets(repository: GitRepository, files: readonly ChangedFile[]): Promise<void> {
  const links = files.filter((file) => file.newMode === "120000" && file.newBlob !== null);
  const targets = new Map<string, string>();
  await readObjects(repository, [...new Set(links.map((file) => file.newBlob!))], (blob, bytes) => {
    if (bytes !== null) targets.set(blob, readPath(bytes.subarray(0, 4096)).path);
  });
  for (const file of links) file.symlinkTarget = targets.get(file.newBlob!) ?? null;
}

async function readOrigin(repository: GitRepository): Promise<Change["repository"]> {
  const url = await tryGit(repository, ["config", "--get", "remote.origin.url"]);
  return url.code === 0 ? readRemote(url.stdout.toString("utf8")) : null;
}

function missingObject(sha: string): Problem {
  return new Problem(
    `This clone lacks the object ${sha.slice(0, 12)}.`,
    "Fetch everything: `git fetch --refetch --filter=blob:limit=1g origin`, or clone again without `--filter`. In a workflow, give actions/checkout `fetch-depth: 0` and no `filter`.",
  );
}

/** A blob-less clone fails here, because reading never fetches. */
function explainMissing(stderr: string): Error {
  const lacks = [
    "promisor remote",
    "could not fetch",
    "unable to read",
    "bad object",
    "transport 'file' not allowed",
    "not allowed",
  ];
  if (!lacks.some((sign) => stderr.includes(sign)))
    return new Error(`git diff-tree failed: ${stderr.trim().slice(0, 2000)}`);
  return new Problem(
    "This clone lacks some of the files' contents (it was made with `--filter`), and reading never fetches.",
    "Fetch them: `git fetch --refetch --no-filter origin`, or clone again without `--filter`.",
  );
}
