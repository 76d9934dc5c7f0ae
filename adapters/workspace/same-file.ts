import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";

/** Something that stands in a working tree already. */
export interface StandingFile {
  /** From the root of the tree, as it is written there. */
  path: string;
  isFolder: boolean;
}

/** The first of the paths under which something stands in the tree, whatever the case of its name; null when nothing does. */
export async function findSameFile(root: string, paths: readonly string[]): Promise<StandingFile | null> {
  for (const path of paths) {
    const folder = posix.dirname(path);
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    const found = closestEntry(entries, posix.basename(path));
    if (found !== undefined) return { path: posix.join(folder, found.name), isFolder: found.isDirectory() };
  }
  return null;
}

/** The one of this very name, where another differs from it only in case. */
function closestEntry(entries: readonly Dirent[], name: string): Dirent | undefined {
  const same = entries.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
  return same.find((entry) => entry.name === name) ?? same[0];
}
