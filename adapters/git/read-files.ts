import type { ChangedFile } from "../../core/change/change.ts";
import { malformedTree } from "../../core/change/malformed-tree.ts";
import { readPath } from "../../core/change/path-name.ts";
import type { DiffFile } from "../../core/change/read-diff.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { changedFile } from "./changed-file.ts";
import { listDifferingPaths, readDiff } from "./diff-tree.ts";
import { addLinks } from "./read-links.ts";
import type { Range } from "./resolve-range.ts";

/** Called for each added line of the change, in git's order of files: the only time that source text is seen. */
export type OnAddedLine = (path: string, line: number, text: Buffer) => void;

/** The files that differ between merge base and head, sorted by path; beyond the limit only the first. */
export async function readFiles(
  range: Pick<Range, "repository" | "mergeBase" | "head">,
  limit: number,
  incomplete: string[],
  onAddedLine?: OnAddedLine,
): Promise<ChangedFile[]> {
  const { repository, mergeBase, head } = range;
  const read = await readDiff(repository, mergeBase, head.sha, onAddedLine && withNames(onAddedLine));
  await compareWithPlainList(range, read);
  const files = read.map(changedFile).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  incomplete.push(...files.flatMap((file, index) => (file.path === files[index - 1]?.path ? [sameName(file)] : [])));
  await addLinks(range, files);
  if (files.length <= limit) return files;
  incomplete.push(`the change has ${files.length} files; the first ${limit} by path were judged`);
  return files.slice(0, limit);
}

function withNames(onAddedLine: OnAddedLine) {
  const names = new WeakMap<DiffFile, string>();
  return (file: DiffFile, line: number, text: Buffer) => {
    const name = names.get(file) ?? readPath(file.path).path;
    names.set(file, name);
    onAddedLine(name, line, text);
  };
}

/**
 * The list of paths that policy is judged on must not depend on rename detection: a second pass without it has to name
 * exactly the same paths.
 */
async function compareWithPlainList(
  range: Pick<Range, "repository" | "mergeBase" | "head">,
  read: readonly DiffFile[],
): Promise<void> {
  const plain = await listDifferingPaths(range.repository, range.mergeBase, range.head.sha);
  const listed = new Set(plain.map((path) => path.toString("latin1")));
  const judged = new Set(
    read.flatMap((file) => [file.path, file.previousPath ?? file.path]).map((path) => path.toString("latin1")),
  );
  const missing = [...listed].filter((path) => !judged.has(path)).length;
  const extra = [...judged].filter((path) => !listed.has(path)).length;
  if (missing + extra > 0)
    throw malformedTree(`git's two lists of changed files disagree: ${missing} missing, ${extra} too many`);
  if (listed.size < plain.length) throw malformedTree("git lists a changed file twice");
}

/** A path that is not UTF-8 can be written like one that is: everything that is told by path would be mixed up. */
function sameName(file: ChangedFile): string {
  return `two files are both written ${showPath(file.path)}: the bytes of one path are not UTF-8`;
}
