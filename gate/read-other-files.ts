import { readObjects } from "../adapters/git/read-blobs.ts";
import { readTree } from "../adapters/git/read-tree.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import { readPath } from "../core/change/path-name.ts";
import type { OtherFile } from "../core/lint/index.ts";
import { fileKind } from "../core/syntax/index.ts";

/** The texts of a repository beside those of a change. */
export interface OtherFiles {
  files: OtherFile[];
  /** Whether these are all texts that could use a name: nothing was left for its size. */
  isWhole: boolean;
  /** How many files were left out for the size of the repository. */
  left: number;
}

/** Of a larger repository the files nearest to the change are read. */
const mostBytes = 16_000_000;
const mostFiles = 20_000;
/** A larger file is data, or generated. */
const largestBytes = 300_000;

/** The texts at a commit that the change did not touch, those nearest to its files first; none is read for no code (null). */
export async function readOtherFiles(
  repository: GitRepository,
  head: string,
  changed: readonly string[] | null,
): Promise<OtherFiles> {
  if (changed === null) return { files: [], isWhole: true, left: 0 };
  const wanted = await nearestFirst(repository, head, changed);
  const files: OtherFile[] = [];
  let left = Math.max(0, wanted.length - mostFiles);
  let isWhole = left === 0;
  let bytesLeft = mostBytes;
  let next = 0;
  const take = (_id: string, bytes: Buffer | null): void => {
    const { path } = wanted[next]!;
    next += 1;
    if (bytes === null) isWhole &&= !isProgram(path);
    else if (bytesLeft < bytes.length) {
      left += 1;
      isWhole = false;
    } else if (!bytes.subarray(0, 8000).includes(0)) {
      bytesLeft -= bytes.length;
      files.push({ path, text: bytes.toString("utf8") });
    }
  };
  const ids = wanted.slice(0, mostFiles).map(({ id }) => id);
  await readObjects(repository, ids, take, largestBytes);
  return { files, isWhole, left };
}

/** Of what is too large to read, data uses no name of a program. */
function isProgram(path: string): boolean {
  return fileKind(path) !== null || /\.(?:rb|php|kt|kts|cs|vue|svelte|html?|ya?ml|toml|xml|gradle|sql|sh)$/i.test(path);
}

async function nearestFirst(
  repository: GitRepository,
  head: string,
  changed: readonly string[],
): Promise<{ path: string; id: string }[]> {
  const touched = new Set(changed);
  const folders = new Set(changed.map(folderOf));
  const tops = new Set(changed.map(topOf));
  const rank = (path: string) => (folders.has(folderOf(path)) ? 0 : tops.has(topOf(path)) ? 1 : 2);
  const found: { path: string; id: string; rank: number }[] = [];
  for (const { type, mode, id, path: bytes } of (await readTree(repository, head)).all()) {
    if (type !== "blob" || mode === "120000") continue;
    const { path } = readPath(bytes);
    if (!touched.has(path) && !leftOut.test(path)) found.push({ path, id, rank: rank(path) });
  }
  return found.sort((a, b) => a.rank - b.rank);
}

/** What others wrote, what tools made, and what holds no text. */
const leftOut =
  /(?:^|\/)(?:node_modules|vendor|third_party|dist|\.yarn)\/|\.min\.\w+$|\.(?:png|jpe?g|gif|webp|ico|pdf|zip|gz|woff2?|ttf|eot|mp[34]|jar|wasm|lock|svg|csv|snap|map)$|(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|go\.sum)$/i;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function topOf(path: string): string {
  return path.slice(0, path.indexOf("/") + 1);
}
