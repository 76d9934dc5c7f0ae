import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packedBytes } from "./fetch-objects.ts";
import { launchAway } from "./launcher.ts";
import type { GitRepository } from "./run-git.ts";

/** Where a mirror is, by the platform's id of its repository; whether there is one shows when it is opened. */
export function mirrorOf(folder: string, repository: number): GitRepository {
  return mirrorAt(join(folder, `${repository}.git`));
}

/** A bare repository that knows that its blobs are elsewhere; no address is in it. */
export async function opened(repository: GitRepository): Promise<GitRepository> {
  const { gitDir: path, objects } = repository;
  const isThere = await stat(join(path, "HEAD")).then(
    () => true,
    () => false,
  );
  if (isThere) return repository;
  await mkdir(join(path, "refs"), { recursive: true });
  await mkdir(join(objects.path, "pack"), { recursive: true });
  await writeFile(join(path, "config"), configuration);
  // Last: what has a HEAD is whole.
  await writeFile(join(path, "HEAD"), "ref: refs/heads/none\n");
  return repository;
}

function mirrorAt(path: string): GitRepository {
  const objects = { path: join(path, "objects"), format: "sha1" } as const;
  return { gitDir: path, workTree: null, objects, environment: {}, launch: launchAway };
}

const configuration = [
  ...["[core]", "\trepositoryFormatVersion = 1", "\tbare = true", "[extensions]", "\tpartialClone = origin"],
  ...['[remote "origin"]', "\tpromisor = true", "\tpartialCloneFilter = blob:none", ""],
].join("\n");

/** The one that nobody has used for longest goes first, until the rest fits. */
export async function makeRoom(folder: string, diskBytes: number, inUse: ReadonlyMap<number, number>): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".git"));
  const mirrors = await Promise.all(names.map((name) => weighed(join(folder, name), Number(name.slice(0, -4)))));
  let bytes = mirrors.reduce((sum, mirror) => sum + mirror.bytes, 0);
  for (const { path, id, bytes: own } of mirrors.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= diskBytes) return;
    if (inUse.has(id)) continue;
    await rm(path, { recursive: true, force: true });
    bytes -= own;
  }
}

async function weighed(path: string, id: number): Promise<{ path: string; id: number; bytes: number; usedAt: number }> {
  const gone = { path, id, bytes: 0, usedAt: 0 };
  try {
    const bytes = await packedBytes(mirrorAt(path));
    return { path, id, bytes, usedAt: (await stat(path)).mtimeMs };
  } catch {
    // Removed meanwhile, or never whole.
    return gone;
  }
}
