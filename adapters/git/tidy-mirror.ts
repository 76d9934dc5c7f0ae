import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git, type GitRepository } from "./run-git.ts";

/**
 * Makes one pack of the small ones when there are more than `most`: each fetch leaves one, and git looks into all of them
 * for every object. The large ones stay as they are, so that it takes seconds however large the mirror is; nothing is
 * lost. Of the refs that keep heads, the newest thousand stay: git tells a server of each. Nobody else may fetch meanwhile.
 */
export async function tidy(mirror: GitRepository, most: number, signal: AbortSignal): Promise<void> {
  const packs = await packsOf(mirror);
  if (packs.length <= most) return;
  const small = smallOnes(packs);
  const workshop = join(mirror.gitDir, "tidying");
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop);
  try {
    if (small.length > 1) await replace(mirror, small, workshop, signal);
    await forgetRefs(mirror);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

interface Pack {
  /** Without its suffix. */
  name: string;
  bytes: number;
}

async function packsOf(mirror: GitRepository): Promise<Pack[]> {
  const folder = packFolder(mirror);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".pack")).map((name) => name.slice(0, -5));
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, `${name}.pack`))).size })));
}

/** The smallest, as far as all of them together stay within what is copied in seconds. */
function smallOnes(packs: readonly Pack[]): Pack[] {
  let bytes = 0;
  return packs
    .toSorted((a, b) => a.bytes - b.bytes)
    .filter((pack) => {
      bytes += pack.bytes;
      return bytes <= mostBytes;
    });
}

const mostBytes = 200_000_000;

/** The new pack is whole, and says that what it lacks is elsewhere, before git sees it; then the old ones go. */
async function replace(
  mirror: GitRepository,
  old: readonly Pack[],
  workshop: string,
  signal: AbortSignal,
): Promise<void> {
  const folder = packFolder(mirror);
  const objects = new Set<string>();
  for (const { name } of old)
    for (const id of await objectsIn(mirror, join(folder, `${name}.idx`), signal)) objects.add(id);
  const input = [...objects].map((id) => `${id}\n`).join("");
  const args = ["pack-objects", "-q", "--window=0", join(workshop, "pack")];
  const name = `pack-${(await git(mirror, args, { input, signal })).toString("utf8").trim()}`;
  await writeFile(join(workshop, `${name}.promisor`), "");
  const made = await readdir(workshop);
  // By its index git knows of a pack.
  for (const file of made.toSorted((a, b) => Number(a.endsWith(".idx")) - Number(b.endsWith(".idx"))))
    await rename(join(workshop, file), join(folder, file));
  const files = await readdir(folder);
  for (const gone of old.filter((pack) => pack.name !== name))
    for (const file of files.filter((each) => each.startsWith(`${gone.name}.`)))
      await rm(join(folder, file), { force: true });
}

async function objectsIn(mirror: GitRepository, index: string, signal: AbortSignal): Promise<string[]> {
  const told = await git(mirror, ["show-index"], { input: await readFile(index), signal });
  return told
    .toString("latin1")
    .split("\n")
    .flatMap((line) => line.split(" ")[1] ?? []);
}

async function forgetRefs({ gitDir }: GitRepository): Promise<void> {
  const found = await readdir(join(gitDir, "refs"), { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const refs = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  for (const { path } of refs.toSorted((a, b) => b.at - a.at).slice(mostRefs)) await rm(path, { force: true });
}

const mostRefs = 1_000;

function packFolder({ objects }: GitRepository): string {
  return join(objects.path, "pack");
}
