import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { readPath, unquotedName } from "../core/change/path-name.ts";
import { Problem } from "../core/problem.ts";
import { showPath } from "../core/untrusted/index.ts";
import type { PathsFrom } from "./codeowners-file.ts";

/** A path that somebody asks about. */
export interface AskedPath {
  /** As it was written. */
  path: string;
  /** As patterns mean it, from the root of the repository. */
  plain: string;
}

/**
 * Paths of arguments: from where the command runs, unless they begin with a slash.
 * @throws {Problem} for one that leads out of the repository, or is its root
 */
export function namedPaths(paths: readonly string[], { prefix, root }: PathsFrom): AskedPath[] {
  return paths.map((path) => {
    const isInRoot = root !== null && path.startsWith(`${root}/`);
    const written = isInRoot ? path.slice(root.length) : path;
    return { path, plain: plainPath(written.startsWith("/") ? written : prefix + written, path) };
  });
}

/**
 * Paths on standard input, from the root of the repository as `git diff --name-only` prints them: each ended by a NUL where
 * there is one (`-z`), else a line, in quotes where git puts it in quotes.
 * @throws {Problem} as for arguments
 */
export function listedPaths(input: Uint8Array): AskedPath[] {
  const isNul = input.includes(nul);
  const names = isNul ? cutAt(input, nul) : linesOf(input).map(unquotedName);
  return names.map((name) => {
    const { path } = readPath(name);
    return { path, plain: plainPath(path, path) };
  });
}

const nul = 0x00;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** What stands before each end, and what stands behind the last one if anything does. */
function cutAt(bytes: Uint8Array, end: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const at = bytes.indexOf(end, start);
    const until = at === -1 ? bytes.length : at;
    parts.push(bytes.subarray(start, until));
    start = until + 1;
  }
  return parts;
}

/** Lists that people or scripts put together have lines with nothing on them. */
function linesOf(input: Uint8Array): Uint8Array[] {
  return cutAt(input, newline)
    .map(withoutReturn)
    .filter(({ length }) => length > 0);
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
}

function plainPath(fromRoot: string, written: string): string {
  const names: string[] = [];
  for (const name of fromRoot.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) {
      throw new Problem(
        `${showPath(written)} leads out of the repository.`,
        "Name a file of the repository, from its root.",
      );
    }
  }
  if (names.length === 0) {
    throw new Problem(
      `${written === "" ? "An empty path" : showPath(written)} names no file.`,
      "Name a file, or a folder with a slash at its end: `src/`.",
    );
  }
  return names.join("/") + (fromRoot.endsWith("/") ? "/" : "");
}

/** A note on each path that is a folder here and is not named as one: patterns for what is in it do not match its name. */
export async function notesOnFolders(asked: readonly AskedPath[], { root }: PathsFrom): Promise<string[]> {
  if (root === null) return [];
  const notes: string[] = [];
  for (const { path, plain } of asked) {
    if (plain.endsWith("/") || !(await isFolder(join(root, plain)))) continue;
    notes.push(
      `${showPath(path)} is a folder here, and is taken for a file: for what is in it, name ${showPath(`${path}/`)}`,
    );
  }
  return notes;
}

/** A submodule is a folder to the file system and one name to git. */
async function isFolder(place: string): Promise<boolean> {
  const isThere = (name: string) =>
    lstat(name).then(
      (found) => found,
      () => null,
    );
  return (await isThere(place))?.isDirectory() === true && (await isThere(join(place, ".git"))) === null;
}
