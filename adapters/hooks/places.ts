import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
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
  const asked = ["--show-toplevel", "--absolute-git-dir", "--git-common-dir"];
  const answer = existsSync(folder) ? askGit(folder, ["rev-parse", ...asked]) : null;
  if (answer === null) return null;
  const lines = answer.split("\n");
  // A path with a line break in it has to be asked for alone.
  const paths = lines.length === asked.length ? lines : asked.map((flag) => askGit(folder, ["rev-parse", flag]));
  const [workTree, gitDir, common] = paths;
  if (!workTree || !gitDir || !common) return null;
  return { workTree: realpathSync(workTree), gitDir, commonDir: realpathSync(resolve(folder, common)) };
}

/** True for a path that is a folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== "..";
}

/** Whether a path lies in the git directory or in the working tree: the inner one, where one holds the other. */
export function rootOf(path: string, { commonDir, workTree }: Places): "git" | "tree" | null {
  const inGit = isWithin(path, commonDir);
  if (isWithin(path, workTree) && !(inGit && isWithin(commonDir, workTree))) return "tree";
  return inGit ? "git" : null;
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
