import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { askGit } from "./git.ts";

/** One working tree, and where its git directories are. All paths absolute. */
export interface Places {
  workTree: string;
  /** The git directory of this working tree, where the state of sessions lies. */
  gitDir: string;
  /** The one that all working trees share, where the installation lies. */
  commonDir: string;
}

/** The working tree that holds a folder, or null where there is none. */
export function findPlaces(folder: string): Places | null {
  const asked = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir"];
  const answer = existsSync(folder) ? askGit(folder, asked) : null;
  const [workTree, gitDir, common] = answer?.split("\n") ?? [];
  if (!workTree || !gitDir || !common) return null;
  return { workTree: realpathSync(workTree), gitDir, commonDir: realpathSync(resolve(folder, common)) };
}

/** The folder of a file that may be gone, as far up as it exists. */
export function existingFolder(file: string): string {
  let folder = dirname(file);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return realpathSync(folder);
}

/** What `countersign hooks install` put into the git directory. */
export function installFolder({ commonDir }: Pick<Places, "commonDir">): string {
  return join(commonDir, "countersign");
}

/** Where sessions are remembered, for one working tree. */
export function stateFolder(gitDir: string): string {
  return join(gitDir, "ai-provenance");
}
