import { readPath } from "../../core/change/path-name.ts";
import { lacksContents, splitAtNul } from "./read-blobs.ts";
import { remembering } from "./remembering.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** What stands under a name in a tree. */
export interface Entry {
  mode: string;
  type: string;
  id: string;
}

/** What stands in a commit's tree at any depth: files, links, submodules and folders. Listed once, looked into often. */
export interface CommitTree {
  /** What stands at a path, or null. */
  at(path: string): Entry | null;
  /** Everything, in git's order. */
  all(): Iterable<Entry & { path: Buffer }>;
}

/** The tree of a commit; needs no contents of files. The latest two of a repository are kept: those of its base and its head. */
export const readTree = remembering(2, async (repository, commit: string): Promise<CommitTree> => {
  const listing = await listTree(repository, ["-r", "-t", commit]);
  return { at: (path) => find(listing, path), all: () => entriesOf(listing) };
});

/** Every file path at a commit, as text; odd ones as `readPath` shows them. */
export async function listPaths(repository: GitRepository, commit: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { type, path } of (await readTree(repository, commit)).all())
    if (type !== "tree") paths.push(readPath(path).path);
  return paths;
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

/** What stands at one path of a commit, or null; needs no contents. */
export async function readEntry(repository: GitRepository, commit: string, path: string): Promise<Entry | null> {
  if (!isPath(path)) return null;
  const [entry] = entriesOf(await listTree(repository, [commit, "--", path]));
  return entry === undefined ? null : { mode: entry.mode, type: entry.type, id: entry.id };
}

async function listTree(repository: GitRepository, args: readonly string[]): Promise<Buffer> {
  const result = await tryGit(repository, ["ls-tree", "-z", "--full-tree", ...args], { objectsOnly: true });
  if (result.code !== 0) throw lacksContents();
  return result.stdout;
}

/** To `ls-tree` other names lead somewhere from where it stands; no path of a file holds them. */
function isPath(path: string): boolean {
  return !path.includes("\0") && !path.split("/").some((segment) => ["", ".", ".."].includes(segment));
}

/** An entry is `<mode> <type> <id>`, a tab, the path and a NUL. */
function* entriesOf(listing: Buffer): Generator<Entry & { path: Buffer }> {
  for (let start = 0; start < listing.length;) {
    const tab = listing.indexOf(9, start);
    const end = listing.indexOf(0, tab);
    yield { ...asEntry(listing.toString("latin1", start, tab)), path: listing.subarray(tab + 1, end) };
    start = end + 1;
  }
}

function find(listing: Buffer, path: string): Entry | null {
  if (!isPath(path)) return null;
  const wanted = Buffer.from(`\t${path}\0`);
  for (let tab = listing.indexOf(wanted); tab !== -1; tab = listing.indexOf(wanted, tab + 1)) {
    const head = listing.toString("latin1", listing.lastIndexOf(0, tab) + 1, tab);
    // With another tab before it, this is the end of a longer name.
    if (!head.includes("\t")) return asEntry(head);
  }
  return null;
}

function asEntry(head: string): Entry {
  const [mode = "", type = "", id = ""] = head.split(" ");
  return { mode, type, id };
}
