import { lstat, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { choosePolicyFile, PolicyPlaceProblem, policyFileNames } from "../../core/policy/index.ts";

/**
 * The policy of a working tree by its path in it; null when there is none. As the gate looks for it at the base: what it
 * would refuse is refused here.
 * @throws {PolicyPlaceProblem} when there are several, the one has another name, or it is a link or a folder
 */
export async function findPolicyFile(root: string): Promise<string | null> {
  const folder = dirname(policyFileNames[0]);
  const names = await readdir(join(root, folder)).catch(() => []);
  const path = choosePolicyFile(names.map((name) => `${folder}/${name}`));
  if (path === null) return null;
  const found = await lstat(join(root, path)).catch(() => null);
  if (found?.isFile() === true) return path;
  throw new PolicyPlaceProblem(
    path,
    `${path} is not a file.`,
    "Put the policy's text there: a symbolic link, submodule or folder is not followed.",
  );
}
