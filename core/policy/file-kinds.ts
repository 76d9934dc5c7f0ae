import { touchedPaths, type ChangedFile } from "../change/change.ts";
import { signsOf, type Signs } from "./file-kind-signs.ts";

/** What a file is for, as far as its path and git tell. A file can be of several kinds, or of none: plain code. */
export const fileKinds = [
  "test",
  "docs",
  "workflow",
  "migration",
  "lockfile",
  "manifest",
  "iac",
  "generated",
  "config",
  "binary",
  "symlink",
  "submodule",
] as const;
/** One of these kinds. */
export type FileKind = (typeof fileKinds)[number];

/**
 * The kinds of a file, in the order of the list: those of either of its paths in every form, so that another case, a
 * look-alike or a rename can add a kind and never take one away.
 */
export function kindsOf({ file, pathForms }: KnownFile): FileKind[] {
  const ofPaths = formKinds.get(pathForms) ?? new Set(pathForms.flatMap(kindsOfPath));
  formKinds.set(pathForms, ofPaths);
  return fileKinds.filter((kind) => kind === file.kind || ofPaths.has(kind));
}

interface KnownFile {
  file: Pick<ChangedFile, "kind">;
  pathForms: readonly string[];
}

/**
 * Whether every path of a file, exactly as git stores it, is of the kind. This is how a kind may loosen something: links,
 * submodules and paths that are not UTF-8 are never wholly of a kind that their name suggests.
 */
export function isWholly(kind: FileKind, file: ChangedFile): boolean {
  if (file.kind === "symlink" || file.kind === "submodule" || !file.validUtf8) return kind === file.kind;
  return kindsOfExactPaths(file).every((kinds) => kinds.has(kind));
}

/** A file is asked about once for every rule that names kinds, and once for each policy that judges it. */
const formKinds = new WeakMap<readonly string[], ReadonlySet<FileKind>>();
const exactKinds = new WeakMap<ChangedFile, readonly ReadonlySet<FileKind>[]>();

function kindsOfExactPaths(file: ChangedFile): readonly ReadonlySet<FileKind>[] {
  const known = exactKinds.get(file);
  if (known !== undefined) return known;
  const fresh = touchedPaths(file).map((path) => new Set(kindsOfPath(path)));
  exactKinds.set(file, fresh);
  return fresh;
}

/** The kinds that a path alone tells. It is taken apart once for all of them: it may have thousands of folders. */
function kindsOfPath(path: string): FileKind[] {
  const lower = path.toLowerCase();
  const folders = lower.split("/").slice(0, -1);
  const ofFolders = new Set(folders.flatMap((folder) => folderKinds.get(folder) ?? []));
  const parts = { lower, folders, name: path.slice(path.lastIndexOf("/") + 1) };
  return pathKinds.filter(([kind, signs]) => ofFolders.has(kind) || hasSign(signs, parts)).map(([kind]) => kind);
}

const pathKinds = fileKinds.flatMap((kind): (readonly [FileKind, Indexed])[] => {
  const signs = signsOf[kind];
  return signs === undefined ? [] : [[kind, indexed(signs)]];
});

/** The kinds of which a folder's name is a sign. */
const folderKinds: ReadonlyMap<string, readonly FileKind[]> = new Map(
  fileKinds
    .flatMap((kind) => signsOf[kind]?.folders ?? [])
    .map((folder) => [folder, fileKinds.filter((kind) => signsOf[kind]?.folders?.includes(folder))]),
);

/** The lists as sets: a change has thousands of files. */
interface Indexed extends Pick<Signs, "runs" | "roots" | "starts" | "ends"> {
  names: ReadonlySet<string>;
  middles: ReadonlySet<string>;
}

function indexed(signs: Signs): Indexed {
  return { ...signs, names: new Set(signs.names), middles: new Set(signs.middles) };
}

/** A path taken apart: all of it and its folders in lower case, and the file's own name. */
interface PathParts {
  lower: string;
  folders: readonly string[];
  name: string;
}

function hasSign(signs: Indexed, { lower, folders, name }: PathParts): boolean {
  const lowerName = name.toLowerCase();
  return (
    signs.names.has(lowerName) ||
    (signs.starts?.some((start) => lowerName.startsWith(start)) ?? false) ||
    (signs.ends?.some((end) => name.endsWith(end)) ?? false) ||
    hasMiddle(signs.middles, lowerName) ||
    (signs.roots?.some((root) => lower.startsWith(root)) ?? false) ||
    (signs.runs?.some((run) => hasRun(folders, run)) ?? false)
  );
}

/** The first and the last part are the file's own name and its language. */
function hasMiddle(middles: ReadonlySet<string>, name: string): boolean {
  if (middles.size === 0) return false;
  return name
    .split(".")
    .slice(1, -1)
    .some((part) => middles.has(part));
}

function hasRun(folders: readonly string[], run: readonly string[]): boolean {
  return folders.some((_folder, at) => run.every((part, index) => folders[at + index] === part));
}
