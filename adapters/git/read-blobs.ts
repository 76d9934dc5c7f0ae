import { Problem } from "../../core/problem.ts";
import { git, tryGit, type GitRepository } from "./run-git.ts";

/** Objects larger than this are not read: they are named as not read. */
export const blobLimitBytes = 64 * 1024 * 1024;

/** An object's bytes, or null when it is missing or larger than `blobLimitBytes`. */
export type ReadObject = (id: string, bytes: Buffer | null) => void;

/** Reads objects by id in one `git cat-file --batch`, handing over each as it arrives, in the order asked. */
export async function readObjects(repository: GitRepository, ids: readonly string[], take: ReadObject): Promise<void> {
  if (ids.length === 0) return;
  const reader = batchReader(ids, take);
  await git(repository, ["cat-file", "--batch"], {
    objectsOnly: true,
    input: `${ids.join("\n")}\n`,
    onOutput: (chunk) => reader.write(chunk),
  });
  reader.end();
}

/** A file has more bytes than whoever asked for it reads. */
export class TooLarge extends Problem {}

/** One file at one commit as text, or null when there is no such file (a symlink or submodule is none). */
export async function readTextFile(
  repository: GitRepository,
  commit: string,
  path: string,
  limitBytes: number,
): Promise<string | null> {
  const entry = await readEntry(repository, commit, path);
  if (entry?.type !== "blob" || entry.mode === "120000") return null;
  const size = await tryGit(repository, ["cat-file", "-s", entry.id], { objectsOnly: true });
  if (size.code !== 0) throw lacksContents();
  const bytes = Number(size.stdout.toString("utf8"));
  if (bytes > limitBytes) {
    throw new TooLarge(`${path} has ${bytes} bytes; the limit is ${limitBytes}.`, "Make the file smaller.");
  }
  return (await git(repository, ["cat-file", "blob", entry.id], { objectsOnly: true })).toString("utf8");
}

/** Every file path at a commit, as text; odd ones as `readPath` shows them. */
export async function listPaths(
  repository: GitRepository,
  commit: string,
  read: (bytes: Buffer) => string,
): Promise<string[]> {
  return splitAtNul(await listTree(repository, ["-r", "--name-only", commit])).map(read);
}

/** True when something of that name stands at the commit: a file, a link or a folder. */
export async function hasPath(repository: GitRepository, commit: string, path: string): Promise<boolean> {
  // The tree is asked, not the blob: a clone may lack the contents, and a policy without contents is not no policy.
  return (await readEntry(repository, commit, path)) !== null;
}

/** Those of the paths that stand at the commit, in git's order: files, links or folders. Paths are plain names of ours. */
export async function presentPaths(
  repository: GitRepository,
  commit: string,
  paths: readonly string[],
): Promise<string[]> {
  return splitAtNul(await listTree(repository, ["--name-only", commit, "--", ...paths])).map((path) =>
    path.toString("utf8"),
  );
}

/** What to say about a clone that was made without the contents of files: reading never fetches. */
export function lacksContents(): Problem {
  return new Problem(
    "This clone lacks some of the files' contents (it was made with `--filter`), and reading never fetches.",
    "Fetch them: `git fetch --refetch --no-filter origin`, or clone again without `--filter`.",
  );
}

/** The parts of a list in which a NUL ends each. */
export function splitAtNul(list: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < list.length;) {
    const end = list.indexOf(0, start);
    parts.push(list.subarray(start, end === -1 ? list.length : end));
    start = end === -1 ? list.length : end + 1;
  }
  return parts;
}

/** What stands under a name in a tree. */
export interface Entry {
  mode: string;
  type: string;
  id: string;
}

/** What stands at a path of a commit, or null; needs no contents. */
export async function readEntry(repository: GitRepository, commit: string, path: string): Promise<Entry | null> {
  // To `ls-tree` these lead somewhere from where it stands; no path of a file holds them.
  if (path.split("/").some((segment) => ["", ".", ".."].includes(segment))) return null;
  const [entry] = splitAtNul(await listTree(repository, [commit, "--", path]));
  const [mode, type, id] = entry?.toString("latin1", 0, entry.indexOf(9)).split(" ") ?? [];
  return mode === undefined || type === undefined || id === undefined ? null : { mode, type, id };
}

async function listTree(repository: GitRepository, args: readonly string[]): Promise<Buffer> {
  const result = await tryGit(repository, ["ls-tree", "-z", "--full-tree", ...args], { objectsOnly: true });
  if (result.code !== 0) throw lacksContents();
  return result.stdout;
}

/** Cuts the output of `git cat-file --batch` (`<id> <type> <size>`, newline, the bytes, newline) into objects. */
function batchReader(ids: readonly string[], take: ReadObject) {
  let index = 0;
  let header: Buffer[] = [];
  /** What is being read after a header; without `parts` it is passed over. */
  let body: { left: number; parts: Buffer[] | null } | null = null;

  const finish = (bytes: Buffer | null) => {
    const id = ids[index];
    if (id === undefined) throw new Error("git cat-file gave more objects than were asked for");
    index += 1;
    take(id, bytes);
  };
  const takeHeader = (chunk: Buffer, start: number): number => {
    const newline = chunk.indexOf(10, start);
    header.push(chunk.subarray(start, newline === -1 ? chunk.length : newline));
    if (newline === -1) return chunk.length;
    const size = readSize(Buffer.concat(header).toString("latin1"));
    header = [];
    if (size === null) finish(null);
    else body = { left: size + 1, parts: size > blobLimitBytes ? null : [] };
    return newline + 1;
  };
  const takeBody = (reading: NonNullable<typeof body>, chunk: Buffer, start: number): number => {
    const part = chunk.subarray(start, start + reading.left);
    reading.parts?.push(part);
    reading.left -= part.length;
    if (reading.left === 0) {
      body = null;
      finish(reading.parts === null ? null : Buffer.concat(reading.parts).subarray(0, -1));
    }
    return start + part.length;
  };
  return {
    write(chunk: Buffer) {
      for (let start = 0; start < chunk.length;) {
        start = body === null ? takeHeader(chunk, start) : takeBody(body, chunk, start);
      }
    },
    end() {
      if (index !== ids.length) throw new Error("git cat-file gave fewer objects than were asked for");
    },
  };
}

/** The size in a header, or null when the object is missing. */
function readSize(header: string): number | null {
  if (header.endsWith(" missing")) return null;
  const size = Number(header.split(" ")[2]);
  if (Number.isSafeInteger(size)) return size;
  throw new Error("git cat-file gave a header of an unknown shape");
}
