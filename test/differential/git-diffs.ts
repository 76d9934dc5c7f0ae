import { diffFlags } from "../../adapters/git/diff-tree.ts";
import type { Hunk } from "../../core/change/line-map.ts";
import { mapLineBackward } from "../../core/change/line-map.ts";
import { diffReader, type DiffFile } from "../../core/change/read-diff.ts";
import type { TestRepository } from "../git-repository.ts";

export interface Comparison {
  files: number;
  hunks: number;
  addedLines: number;
  /** Each in one sentence; none when our reading is git's. */
  differences: string[];
}

/**
 * Reads the diffs of commits with their parents, in chunks of the given sizes, and compares: the list of files and the
 * counts with what git prints without a patch, and the hunks with the files themselves. Old contents, hunks and added
 * lines together must give the new contents, byte for byte.
 */
export function compareDiffs(
  repository: TestRepository,
  commits: readonly string[],
  chunkSize: () => number,
): Comparison {
  const input = `${commits.join("\n")}\n`;
  const diffTree = (...flags: string[]) =>
    repository.git(["diff-tree", "--stdin", "--root", "--always", "--no-abbrev", ...flags], { input });
  const found = "-r -z -M50% -l1000 --diff-algorithm=myers".split(" ");
  const ours = readInChunks(diffTree(...diffFlags), chunkSize);
  const listed = splitByCommit(diffTree("--raw", ...found), commits);
  const counted = splitByCommit(diffTree("--numstat", "--diff-filter=t", ...found), commits);
  const blobs = readBlobs(repository, ours.flatMap(({ files }) => files).filter(hasBlobs));
  const differences = commits.flatMap((commit, index) => {
    const { name, files } = ours[index] ?? { name: "nothing", files: [] };
    if (name !== commit) return [`${commit}: read as ${name}`];
    const said = [
      ...(rawOf(files) === listed[index] ? [] : ["other files than git lists"]),
      ...(numstatOf(files) === counted[index] ? [] : ["other counts than git's"]),
      ...files.flatMap((file) => compareContents(file, blobs)),
    ];
    return said.map((text) => `${commit}: ${text}`);
  });
  const all = ours.flatMap(({ files }) => files);
  return {
    files: all.length,
    hunks: all.reduce((sum, file) => sum + file.hunks.length, 0),
    addedLines: all.reduce((sum, file) => sum + file.added.length, 0),
    differences,
  };
}

interface ReadFile extends DiffFile {
  added: { line: number; text: string }[];
}

function readInChunks(output: Buffer, chunkSize: () => number): { name: string; files: ReadFile[] }[] {
  const diffs: { name: string; files: ReadFile[] }[] = [];
  const added = new Map<DiffFile, ReadFile["added"]>();
  const reader = diffReader({
    commits: true,
    onDiff: (name, files) =>
      diffs.push({ name, files: files.map((file) => ({ ...file, added: added.get(file) ?? [] })) }),
    onAddedLine(file, line, text) {
      const lines = added.get(file) ?? [];
      added.set(file, lines);
      lines.push({ line, text: text.toString("latin1") });
    },
  });
  for (let start = 0; start < output.length;) {
    const end = start + chunkSize();
    reader.write(output.subarray(start, end));
    start = end;
  }
  reader.end();
  return diffs;
}

/** What stands behind each commit's id in a list of NUL-ended records. */
function splitByCommit(output: Buffer, commits: readonly string[]): string[] {
  let rest = output.toString("latin1");
  return commits.map((_, index) => {
    rest = rest.slice(41);
    const next = commits[index + 1];
    const end = next === undefined ? rest.length : rest.indexOf(`${next}\0`);
    const part = rest.slice(0, end);
    rest = rest.slice(end);
    return part;
  });
}

function rawOf(files: readonly DiffFile[]): string {
  return files
    .map(({ oldMode, newMode, oldBlob, newBlob, status, path, previousPath }) => {
      const paths = previousPath === null ? [path] : [previousPath, path];
      const names = paths.map((name) => `${name.toString("latin1")}\0`).join("");
      return `:${oldMode} ${newMode} ${oldBlob} ${newBlob} ${status}\0${names}`;
    })
    .join("");
}

/** Our counts as git prints them, without those of type changes: there we count what git shows. */
function numstatOf(files: readonly DiffFile[]): string {
  return files
    .filter(({ status }) => !status.startsWith("T"))
    .map(({ addedLines, deletedLines, path, previousPath }) => {
      const name = path.toString("latin1");
      const names = previousPath === null ? `${name}\0` : `\0${previousPath.toString("latin1")}\0${name}\0`;
      return `${addedLines ?? "-"}\t${deletedLines ?? "-"}\t${names}`;
    })
    .join("");
}

function hasBlobs(file: DiffFile): boolean {
  return !isSubmodule(file.oldMode) || !isSubmodule(file.newMode);
}

function isSubmodule(mode: string): boolean {
  return mode === "160000";
}

function readBlobs(repository: TestRepository, files: readonly DiffFile[]): Map<string, string> {
  const ids = new Set(files.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]));
  const output = repository.git(["cat-file", "--batch"], { input: `${[...ids].join("\n")}\n` }).toString("latin1");
  const blobs = new Map<string, string>();
  for (let start = 0; start < output.length;) {
    const newline = output.indexOf("\n", start);
    const [id = "", type, size] = output.slice(start, newline).split(" ");
    if (type === "missing") start = newline + 1;
    else {
      blobs.set(id, output.slice(newline + 1, newline + 1 + Number(size)));
      start = newline + 2 + Number(size);
    }
  }
  return blobs;
}

function compareContents(file: ReadFile, blobs: ReadonlyMap<string, string>): string[] {
  const name = JSON.stringify(file.path.toString("latin1"));
  const before = contentOf(file.oldMode, file.oldBlob, blobs);
  const after = contentOf(file.newMode, file.newBlob, blobs);
  const binary = isBinary(before) || isBinary(after);
  if (!file.status.startsWith("T") && binary !== (file.addedLines === null)) return [`${name}: binary or not`];
  if (binary) return [];
  return rebuild(linesOf(before), linesOf(after), file).map((text) => `${name}: ${text}`);
}

function contentOf(mode: string, blob: string, blobs: ReadonlyMap<string, string>): string {
  if (mode === "000000") return "";
  return isSubmodule(mode) ? `Subproject commit ${blob}\n` : (blobs.get(blob) ?? "");
}

/** git looks for a NUL in the first 8,000 bytes. */
function isBinary(content: string): boolean {
  return content.slice(0, 8000).includes("\0");
}

/** Lines with their ends: the last one may lack it. */
function linesOf(content: string): string[] {
  const parts = content.split("\n");
  return parts.flatMap((part, index) => (index < parts.length - 1 ? [`${part}\n`] : part === "" ? [] : [part]));
}

function rebuild(before: readonly string[], after: readonly string[], { hunks, added }: ReadFile): string[] {
  const numbers = added.map(({ line }) => line);
  if (numbers.join() !== addedNumbers(hunks).join()) return ["other lines were handed over than its hunks add"];
  const wrongText = added.find(({ line, text }) => after[line - 1]?.replace(/\n$/, "") !== text);
  if (wrongText !== undefined) return [`line ${wrongText.line} has another text`];
  const isAdded = new Set(numbers);
  const kept = after.flatMap((text, index) => (isAdded.has(index + 1) ? [] : [{ line: index + 1, text }]));
  const wrong = kept.find(({ line, text }) => before[(mapLineBackward(hunks, line) ?? 0) - 1] !== text);
  if (wrong !== undefined) return [`line ${wrong.line} does not come from where its hunks say`];
  const deleted = hunks.reduce((sum, hunk) => sum + hunk.oldLines, 0);
  return before.length - deleted === kept.length ? [] : ["its hunks do not delete what is gone"];
}

function addedNumbers(hunks: readonly Hunk[]): number[] {
  return hunks.flatMap(({ newStart, newLines }) => Array.from({ length: newLines }, (_, index) => newStart + index));
}
