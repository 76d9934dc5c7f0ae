import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isSha } from "../../core/change/change.ts";
import { readPath, unquotedName } from "../../core/change/path-name.ts";
import { recordSplitter } from "../../core/change/split-records.ts";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { lacksContents } from "./read-blobs.ts";
import { isShallow } from "./resolve-range.ts";
import type { BlamedStretch, BlameRequest, ShallowEdge } from "./blamed-stretch.ts";
import { writersOfRestored } from "./restored-lines.ts";
import { gitText, tryGit, type GitRepository } from "./run-git.ts";

export interface BlamedFile {
  blob: string;
  /** Ascending; together they are all lines of the file. */
  stretches: BlamedStretch[];
  /** False when lines that were taken away and came back may be named by whoever brought them back: too much to look into. */
  restoredFound: boolean;
  /** The text of each line, without its line break: source text, seen by whoever asked for it and kept nowhere. */
  text: string[];
}

/** A larger file is not looked at line by line. */
export const blameLimitBytes = 8 * 1024 * 1024;

/**
 * Which commit brought each line of one file at a commit, by `git blame` with moves and copies found, on the objects alone;
 * lines that were taken away and brought back go to who wrote them (`writersOfRestored`). Throws a `Problem` for what is
 * no text file of at most `blameLimitBytes`.
 */
export async function readBlame(repository: GitRepository, commit: string, path: string): Promise<BlamedFile> {
  const blob = await textBlob(repository, commit, path);
  const edge = await shallowEdge(repository);
  const blamed = await runBlame(repository, edge, { commit, path, lines: [] });
  if (isBinary(blamed.lines)) throw noText(path, "binary", "Name a file of text.");
  const { stretches, isWhole } = await writersOfRestored(
    repository,
    edge,
    { commit, path },
    blamed.stretches,
    (asked) => runBlame(repository, edge, asked).then((older) => older.stretches),
  );
  return { blob, stretches, restoredFound: isWhole, text: blamed.lines.map((line) => line.toString("utf8")) };
}

async function runBlame(repository: GitRepository, edge: ShallowEdge, { commit, path, lines }: BlameRequest) {
  const reader = porcelainReader(edge.commits);
  const splitter = recordSplitter(
    () => "newline",
    (record) => reader.take(record),
  );
  const asked = lines.map(({ start, end }) => `-L${start},${end}`);
  const args = ["blame", "--porcelain", "--root", "--encoding=none", "-M", "-C", ...asked, commit, "--", path];
  const { code } = await tryGit(repository, args, {
    objectsOnly: true,
    settings: ["core.quotePath=false"],
    environment: edge.environment,
    onOutput: (chunk) => splitter.write(chunk),
  });
  if (code !== 0) throw lacksContents();
  splitter.end();
  return reader.result();
}

/** The id of the file's contents. */
async function textBlob(repository: GitRepository, commit: string, path: string): Promise<string> {
  const args = ["ls-tree", "-z", "--full-tree", "--long", commit, "--", path];
  const { code, stdout } = await tryGit(repository, args, { objectsOnly: true });
  if (code !== 0) throw lacksContents();
  const [mode, type, id, size] = stdout.toString("latin1", 0, stdout.indexOf(9)).split(" ").filter(Boolean);
  if (stdout.length === 0 || id === undefined)
    throw new Problem(
      `There is no file ${showPath(path)} at ${commit.slice(0, 12)}.`,
      "Name a file that is committed there, or another commit: `--rev <rev>`.",
    );
  if (type === "tree") throw noText(path, "a folder", "Name one file in it.");
  if (type === "commit") throw noText(path, "a submodule", "Run the command in the submodule's own repository.");
  if (mode === "120000") throw noText(path, "a symbolic link", "Name the file that it leads to.");
  if (Number(size) > blameLimitBytes)
    throw noText(path, `${size ?? ""} bytes long`, `The limit is ${blameLimitBytes} bytes. Name a smaller file.`);
  return id;
}

function noText(path: string, is: string, fix: string): Problem {
  return new Problem(`${showPath(path)} is ${is}, so it has no lines to show.`, fix);
}

/** The empty git directory that git runs in knows of no edge, and would miss the commits behind it. */
async function shallowEdge(repository: GitRepository): Promise<ShallowEdge> {
  if (!(await isShallow(repository))) return { commits: new Set(), environment: {} };
  const file = resolve(repository.gitDir, await gitText(repository, ["rev-parse", "--git-path", "shallow"]));
  const commits = (await readFile(file, "utf8")).split("\n").filter(isSha);
  return { commits: new Set(commits), environment: { GIT_SHALLOW_FILE: file } };
}

/** As git tells binary files: a NUL near the beginning. */
function isBinary(lines: readonly Buffer[]): boolean {
  let size = 0;
  for (const line of lines) {
    if (size > 8_000) return false;
    if (line.includes(0)) return true;
    size += line.length + 1;
  }
  return false;
}

/**
 * Reads `git blame --porcelain`: for each line `<commit> <line there> <line> [<lines of the group>]`, what is new about the
 * commit, and the text behind a tab. Source: git-blame(1), "The porcelain format".
 */
function porcelainReader(edge: ReadonlySet<string>) {
  const stretches: BlamedStretch[] = [];
  const lines: Buffer[] = [];
  const paths = new Map<string, string>();
  let line = { commit: "", there: 0, here: 0 };
  const finish = (text: Buffer) => {
    lines.push(text);
    const { commit, there, here } = line;
    const path = paths.get(commit) ?? "";
    const last = stretches.at(-1);
    if (last?.commit === commit && last.path === path && last.line + (here - last.start) === there) last.end = here;
    else stretches.push({ start: here, end: here, commit, path, line: there, cut: edge.has(commit) });
  };
  return {
    take: (record: Buffer) => {
      const [first = "", there, here] = record.toString("latin1", 0, 200).split(" ");
      if (record[0] === tab) finish(record.subarray(1));
      else if (first === "filename")
        paths.set(line.commit, readPath(unquotedName(record.subarray("filename ".length))).path);
      else if (isSha(first)) line = { commit: first, there: Number(there), here: Number(here) };
    },
    result: () => ({ stretches, lines }),
  };
}

const tab = 0x09;
