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
  return touchedPaths(file).every((path) => kindsOfPath(path).includes(kind));
}

/** A file is asked about once for every rule that names kinds. */
const formKinds = new WeakMap<readonly string[], ReadonlySet<FileKind>>();

/** The kinds that a path alone tells. */
function kindsOfPath(path: string): FileKind[] {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  return pathKinds.filter(([, signs]) => hasSign(signs, parts, name)).map(([kind]) => kind);
}

const pathKinds = fileKinds.flatMap((kind): (readonly [FileKind, Indexed])[] => {
  const signs = signsOf[kind];
  return signs === undefined ? [] : [[kind, indexed(signs)]];
});

/** The lists as sets: a change has thousands of files. */
interface Indexed extends Pick<Signs, "runs" | "roots" | "starts" | "ends"> {
  folders: ReadonlySet<string>;
  names: ReadonlySet<string>;
  middles: ReadonlySet<string>;
}

function indexed({ folders, names, middles, ...lists }: Signs): Indexed {
  return { ...lists, folders: new Set(folders), names: new Set(names), middles: new Set(middles) };
}

function hasSign(signs: Indexed, folders: readonly string[], name: string): boolean {
  const lower = name.toLowerCase();
  const above = folders.map((folder) => folder.toLowerCase());
  return (
    signs.names.has(lower) ||
    above.some((folder) => signs.folders.has(folder)) ||
    (signs.starts?.some((start) => lower.startsWith(start)) ?? false) ||
    (signs.ends?.some((end) => name.endsWith(end)) ?? false) ||
    hasMiddle(signs.middles, lower) ||
    (signs.roots?.some((root) => `${above.join("/")}/`.startsWith(root)) ?? false) ||
    (signs.runs?.some((run) => hasRun(above, run)) ?? false)
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
