import { isSha } from "../../core/change/change.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** The commit that a name stands for, or null. */
export async function findCommit(repository: GitRepository, name: string): Promise<string | null> {
  if (isId(repository, name)) return (await findCommits(repository, [name])).get(name) ?? null;
  // No argument of a process can hold a NUL.
  if (name.includes("\0")) return null;
  const result = await tryGit(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  return result.code === 0 ? result.stdout.toString("utf8").trim() : null;
}

/** True when the commit exists here. */
export async function hasCommit(repository: GitRepository, name: string): Promise<boolean> {
  return (await findCommit(repository, name)) !== null;
}

/**
 * The commits that stand under these ids, by id, in one process: a tag's own under the id of the tag. Ids without one are
 * left out, and what is no id of this repository is one of them. What was found once is not looked for again.
 */
export async function findCommits(
  repository: GitRepository,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = known.get(repository) ?? new Map<string, string>();
  known.set(repository, found);
  const unknown = [...new Set(ids)].filter((id) => isId(repository, id) && !found.has(id));
  for (const [index, line] of (await lookUp(repository, unknown)).entries()) {
    const [commit = "", type] = line.split(" ");
    if (type === "commit") found.set(unknown[index]!, commit);
  }
  return found;
}

/** By repository that is open: a commit that is here stays here. */
const known = new WeakMap<GitRepository, Map<string, string>>();

/** A name of the other length is none: git would look for a branch of that name, or for what begins so. */
function isId({ objects }: GitRepository, name: string): boolean {
  return isSha(name) && name.length === (objects.format === "sha1" ? 40 : 64);
}

async function lookUp(repository: GitRepository, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const input = ids.map((id) => `${id}^{commit}\n`).join("");
  const args = ["cat-file", "--batch-check=%(objectname) %(objecttype)"];
  // On the objects alone: a partial clone would try to fetch what is missing. At one that is broken git ends.
  const { stdout } = await tryGit(repository, args, { objectsOnly: true, input });
  return stdout.toString("utf8").split("\n").slice(0, ids.length);
}
