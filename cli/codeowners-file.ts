import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { readTextFile, TooLarge } from "../adapters/git/read-text.ts";
import { listPaths, presentPaths } from "../adapters/git/read-tree.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../adapters/git/run-git.ts";
import { readNamedText } from "../adapters/workspace/read-named-text.ts";
import {
  codeownersLimitBytes,
  codeownersNotAFile,
  codeownersPlaces,
  parseCodeowners,
  type CodeownersFile,
  type CodeownersSurroundings,
} from "../core/ownership/index.ts";
import { Problem } from "../core/problem.ts";
import { showPath } from "../core/untrusted/index.ts";

/** A CODEOWNERS file with what is around it. */
export interface OwnersFile extends Omit<CodeownersSurroundings, "tracked"> {
  /** Its name for people, inert. */
  shown: string;
  text: string;
  file: CodeownersFile;
  /** The files of HEAD; null outside of a repository, and before its first commit. */
  tracked: () => Promise<string[] | null>;
}

/** Something else than a file stands in the first place that GitHub looks in. */
export class NotAFile extends Problem {
  /** Where, in the repository. */
  readonly path: string;

  constructor(path: string) {
    super(`${codeownersNotAFile(path)}.`, "Put the owners' text there, or remove it.");
    this.path = path;
  }
}

/** Where the paths begin that somebody writes. */
export interface PathsFrom {
  /** From the root of the repository, with a slash at its end; empty for a named file, and at the root. */
  prefix: string;
  /** The root of the repository's working tree; null where there is none. */
  root: string | null;
}

/**
 * Reads the named file, or else the one that GitHub would find in the repository: in its working tree, and of a bare one
 * at HEAD.
 * @throws {Problem} when there is none, or it cannot be read
 */
export async function readOwnersFile(name: string | undefined, folder: string): Promise<OwnersFile & PathsFrom> {
  const repository = name === undefined ? await openRepository(folder) : await openRepository(folder).catch(orNone);
  if (name !== undefined) {
    const place = resolve(folder, name);
    const path = repository?.workTree == null ? null : pathWithin(repository.workTree, place);
    const present = repository === null ? [] : await presentPlaces(repository);
    return {
      shown: showPath(name),
      ...parsed(await readNamed(place, name)),
      path,
      present,
      tracked: trackedIn(repository),
      ...{ prefix: "", root: repository?.workTree ?? null },
    };
  }
  const found = repository === null ? null : await findOwnersFile(repository);
  if (found !== null) return { ...found, ...(await pathsFrom(repository?.workTree ?? null, folder)) };
  throw new Problem(
    `There is no CODEOWNERS file in ${codeownersPlaces.join(", ")}.`,
    "Write one, or name a file: `--codeowners <file>`.",
  );
}

async function pathsFrom(root: string | null, folder: string): Promise<PathsFrom> {
  const inside = root === null ? null : pathWithin(await realpath(root), await realpath(folder));
  return { prefix: inside === null || inside === "" ? "" : `${inside}/`, root };
}

/**
 * The file that GitHub would find in the repository; null when there is none.
 * @throws {NotAFile} when something else stands in its place
 * @throws {Problem} when it cannot be read
 */
export async function findOwnersFile(repository: GitRepository): Promise<OwnersFile | null> {
  const present = await presentPlaces(repository);
  const [path] = present;
  if (path === undefined) return null;
  return { shown: path, ...parsed(await readPlace(repository, path)), path, present, tracked: trackedIn(repository) };
}

function parsed(text: string): Pick<OwnersFile, "text" | "file"> {
  return { text, file: parseCodeowners(text) };
}

function trackedIn(repository: GitRepository | null): OwnersFile["tracked"] {
  return () => (repository === null ? Promise.resolve(null) : trackedFiles(repository));
}

/** Outside of any repository a named file still has owners in it. */
function orNone(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

/** Links and folders too: no later place is read instead of them. */
async function presentPlaces(repository: GitRepository): Promise<string[]> {
  const { workTree } = repository;
  if (workTree === null) {
    const head = await headOf(repository);
    const there = head === null ? [] : await presentPaths(repository, head, codeownersPlaces);
    return codeownersPlaces.filter((place) => there.includes(place));
  }
  const there = await Promise.all(codeownersPlaces.map((place) => isThere(join(workTree, place))));
  return codeownersPlaces.filter((_place, index) => there[index]);
}

async function isThere(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    () => false,
  );
}

/** A link is no file to GitHub, whatever it leads to; and the gate takes it for a broken configuration, not for none. */
async function readPlace(repository: GitRepository, path: string): Promise<string> {
  if (repository.workTree !== null) {
    const place = join(repository.workTree, path);
    if (!(await lstat(place)).isFile()) throw new NotAFile(path);
    return readNamed(place, path);
  }
  const text = await textAtHead(repository, path);
  if (text === null) throw new NotAFile(path);
  return text;
}

/** Null where there is no such file. One that is too large reads as too large. */
async function textAtHead(repository: GitRepository, path: string): Promise<string | null> {
  const head = await headOf(repository);
  if (head === null) return null;
  return readTextFile(repository, head, path, codeownersLimitBytes).catch((error: unknown) => {
    if (error instanceof TooLarge) return tooLarge;
    throw error;
  });
}

const tooLarge = " ".repeat(codeownersLimitBytes);

async function readNamed(place: string, name: string): Promise<string> {
  const size = await lstat(place).then(
    (found) => found.size,
    () => 0,
  );
  const fix = "Name a CODEOWNERS file that exists and that you may read.";
  return size >= codeownersLimitBytes ? tooLarge : readNamedText(place, name, { fix });
}

/** With slashes; null for a file outside. */
function pathWithin(root: string, place: string): string | null {
  const path = relative(root, place);
  return path.startsWith("..") || isAbsolute(path) ? null : path.split(sep).join("/");
}

/** Null before the first commit. */
async function headOf(repository: GitRepository): Promise<string | null> {
  return resolveCommit(repository, "HEAD", "--repo").catch(orNone);
}

/** The files of HEAD; null before the first commit. */
export async function trackedFiles(repository: GitRepository): Promise<string[] | null> {
  const head = await headOf(repository);
  return head === null ? null : listPaths(repository, head);
}
