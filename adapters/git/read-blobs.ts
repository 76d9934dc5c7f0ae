import { Problem } from "../../core/problem.ts";
import { git, tryGit, type GitRepository } from "./run-git.ts";

/** Objects larger than this are not read: they are named as not read. */
export const blobLimitBytes = 64 * 1024 * 1024;

/** An object's bytes, or null when it is missing. */
export type ReadObject = (name: string, bytes: Buffer | null) => void;

/** Reads objects in one `git cat-file --batch`, handing over each as it arrives, in the order asked. */
export async function readObjects(
  repository: GitRepository,
  names: readonly string[],
  take: ReadObject,
): Promise<void> {
  if (names.length === 0) return;
  const reader = batchReader(names, take);
  await git(repository, ["cat-file", "--batch"], {
    input: `${names.join("\n")}\n`,
    onOutput: (chunk) => reader.write(chunk),
  });
  reader.end();
}

/** One file at one commit as text, or null when there is no such file (a symlink or submodule is none). */
export async function readTextFile(
  repository: GitRepository,
  commit: string,
  path: string,
  limitBytes: number,
): Promise<string | null> {
  const entry = (await git(repository, ["ls-tree", "-z", "--full-tree", commit, "--", path])).toString("utf8");
  const [mode, type, blob] = entry.slice(0, entry.indexOf("\t")).split(" ");
  if (type !== "blob" || blob === undefined || mode === "120000") return null;
  const size = Number((await git(repository, ["cat-file", "-s", blob])).toString("utf8"));
  if (size > limitBytes) {
    throw new Problem(`${path} has ${size} bytes; the limit is ${limitBytes}.`, "Make the file smaller.");
  }
  return (await git(repository, ["cat-file", "blob", blob])).toString("utf8");
}

/** Every file path at a commit, as text; odd ones as `readPath` shows them. */
export async function listPaths(
  repository: GitRepository,
  commit: string,
  read: (bytes: Buffer) => string,
): Promise<string[]> {
  const output = await git(repository, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]);
  const paths: string[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    paths.push(read(output.subarray(start, end)));
    start = end + 1;
  }
  return paths;
}

/** True when something of that name stands at the commit: a file, a link or a folder. */
export async function hasPath(repository: GitRepository, commit: string, path: string): Promise<boolean> {
  return (await tryGit(repository, ["cat-file", "-e", `${commit}:${path}`])).code === 0;
}

/** True when the commit exists here. */
export async function hasCommit(repository: GitRepository, name: string): Promise<boolean> {
  return (await tryGit(repository, ["cat-file", "-e", `${name}^{commit}`])).code === 0;
}

/** Cuts the output of `git cat-file --batch` (`<name> <type> <size>`, newline, the bytes, newline) into objects. */
function batchReader(names: readonly string[], take: ReadObject) {
  let pending = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let partsLength = 0;
  /** Bytes that must have come before it is worth looking again. */
  let needed = 1;
  let index = 0;
  /** Takes one object from the front of `pending`; false when more bytes are needed first. */
  const takeOne = (): boolean => {
    const newline = pending.indexOf(10);
    if (newline === -1) return wait(pending.length + 1);
    const size = readSize(pending.toString("utf8", 0, newline));
    const end = newline + 1 + (size === null ? 0 : size + 1);
    if (pending.length < end) return wait(end);
    take(names[index]!, size === null ? null : pending.subarray(newline + 1, end - 1));
    pending = pending.subarray(end);
    index += 1;
    return pending.length > 0 || wait(1);
  };
  const wait = (bytes: number): false => {
    needed = bytes;
    return false;
  };
  return {
    write(chunk: Buffer) {
      parts.push(chunk);
      partsLength += chunk.length;
      if (pending.length + partsLength < needed) return;
      pending = Buffer.concat([pending, ...parts]);
      parts = [];
      partsLength = 0;
      while (takeOne());
    },
    end() {
      if (index !== names.length) throw new Error("git cat-file gave fewer objects than were asked for");
    },
  };
}

/** The size in a header, or null when the object is missing. */
function readSize(header: string): number | null {
  const size = Number(header.split(" ")[2]);
  return header.endsWith(" missing") || !Number.isSafeInteger(size) ? null : size;
}
