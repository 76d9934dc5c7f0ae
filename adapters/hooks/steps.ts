import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, relative } from "node:path";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { isWithin } from "./places.ts";

/** One thing that an installation does, with what undoes it. Contents are base64, so that every byte comes back. */
export type Step = WriteStep | { kind: "folder"; path: string };

/** A file that is written. What it is says how it is cleaned where somebody changed it since. */
export interface WriteStep {
  kind: "write";
  what: "own" | "hook" | "settings" | "exclude" | "config";
  path: string;
  /** Null where there was no file. */
  before: string | null;
  after: string;
  mode: number;
}

/** A step that writes a file; what is there now is remembered. */
export function writing(what: WriteStep["what"], path: string, bytes: Uint8Array, mode?: number): WriteStep {
  const there = existsSync(path);
  return {
    kind: "write",
    what,
    path,
    before: there ? readFileSync(path).toString("base64") : null,
    after: Buffer.from(bytes).toString("base64"),
    mode: mode ?? (there ? statSync(path).mode & 0o777 : 0o644),
  };
}

/** The folders that must be made before a file can be written, outermost first. */
export function foldersFor(path: string): Step[] {
  const missing: Step[] = [];
  for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder))
    missing.unshift({ kind: "folder", path: folder });
  return missing;
}

/** Carries a step out. */
export function applyStep(step: Step): void {
  if (step.kind === "folder") mkdirSync(step.path, { recursive: true });
  else {
    mkdirSync(dirname(step.path), { recursive: true });
    put(step.path, Buffer.from(step.after, "base64"), step.mode);
  }
}

/** Writes a file with its mode, whatever the umask, and at once: nobody ever runs half a hook. */
export function put(path: string, bytes: Uint8Array, mode: number): void {
  const draft = `${path}.countersign-${process.pid}`;
  try {
    writeFileSync(draft, bytes, { mode, flag: "wx" });
    chmodSync(draft, mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Takes a write back: the bytes of before where nobody changed the file since, else what `clean` makes of it (null
 * takes the file away; both texts are latin1, so that every byte stays what it is). A file that somebody removed stays
 * removed. False where something else than a file stands there, which is left alone.
 */
export function undoWrite(step: WriteStep, clean: (text: string) => string | null): boolean {
  const found = lstatSync(step.path, { throwIfNoEntry: false });
  if (found === undefined) return true;
  if (!found.isFile()) return false;
  const now = readFileSync(step.path);
  const isOurs = now.toString("base64") === step.after;
  const bytes = isOurs ? step.before && Buffer.from(step.before, "base64") : cleaned(now, clean);
  if (bytes === null) rmSync(step.path);
  else if (!now.equals(Buffer.from(bytes))) put(step.path, Buffer.from(bytes), found.mode & 0o777);
  return true;
}

function cleaned(bytes: Buffer, clean: (text: string) => string | null): Buffer | null {
  const text = clean(bytes.toString("latin1"));
  return text === null ? null : Buffer.from(text, "latin1");
}

/** Takes a folder away that we made, unless somebody put something in. */
export function undoFolder(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true && readdirSync(path).length === 0) rmdirSync(path);
}

/** Throws a `Problem` for a path of the working tree that leads out of it: a repository can bring such a link along. */
export function refuseLinks(path: string, workTree: string): void {
  if (!isLinked(path, workTree)) return;
  throw new Problem(
    `${showPath(relative(workTree, path))} is a symbolic link or lies behind one, so it may be a file of another place.`,
    "Replace the link by a file or folder of its own; an agent can be left out by naming the others with `--agent`.",
  );
}

/** True where a path is a symbolic link, or one among its folders leads out of `root`. */
export function isLinked(path: string, root: string): boolean {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink || !isWithin(realpathSync(folder), root);
}
