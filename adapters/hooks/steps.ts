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
import { dirname, isAbsolute, relative, sep } from "node:path";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";

/** One thing that an installation does, with what undoes it. Contents are base64, so that every byte comes back. */
export type Step =
  | {
      kind: "write";
      what: "own" | "hook" | "settings" | "exclude";
      path: string;
      before: string | null;
      after: string;
      mode: number;
    }
  | { kind: "move"; path: string; to: string }
  | { kind: "config"; name: string; before: string | null; after: string; fileBefore: string; fileAfter: string | null }
  | { kind: "folder"; path: string };

/** A step that writes a file; what is there now is remembered. */
export function writing(
  what: "own" | "hook" | "settings" | "exclude",
  path: string,
  text: string,
  mode?: number,
): Step {
  const there = existsSync(path);
  const before = there ? readFileSync(path).toString("base64") : null;
  return {
    kind: "write",
    what,
    path,
    before,
    after: Buffer.from(text).toString("base64"),
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

/** Carries a write, move or folder out. */
export function applyStep(step: Exclude<Step, { kind: "config" }>): void {
  if (step.kind === "folder") mkdirSync(step.path, { recursive: true });
  else if (step.kind === "move") {
    mkdirSync(dirname(step.to), { recursive: true });
    renameSync(step.path, step.to);
  } else put(step.path, Buffer.from(step.after, "base64"), step.mode);
}

/** Writes a file with its mode, whatever the umask. */
export function put(path: string, bytes: Uint8Array, mode: number): void {
  writeFileSync(path, bytes);
  chmodSync(path, mode);
}

/**
 * Takes a write back: the bytes of before where nobody changed the file since, else what `clean` makes of it (null
 * takes the file away). A file that somebody removed stays removed.
 */
export function undoWrite(step: Extract<Step, { kind: "write" }>, clean: (text: string) => string | null): void {
  if (!existsSync(step.path)) return;
  const now = readFileSync(step.path);
  if (now.toString("base64") === step.after) {
    if (step.before === null) rmSync(step.path);
    else writeFileSync(step.path, Buffer.from(step.before, "base64"));
    return;
  }
  const text = clean(now.toString("utf8"));
  if (text === null) rmSync(step.path);
  else if (text !== now.toString("utf8")) writeFileSync(step.path, text);
}

/** Takes a folder away that we made, unless somebody put something in. */
export function undoFolder(path: string): void {
  if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
}

/** Throws a `Problem` for a path of the working tree that leads out of it: a repository can bring such a link along. */
export function refuseLinks(path: string, workTree: string): void {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  const inside = relative(workTree, realpathSync(folder));
  const leaves = isAbsolute(inside) || inside.split(sep)[0] === "..";
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!leaves && !isLink) return;
  throw new Problem(
    `${showPath(relative(workTree, path))} is a symbolic link or lies behind one, so it may be a file of another place.`,
    "Replace the link by a file or folder of its own, or leave that agent out with `--agent`.",
  );
}
