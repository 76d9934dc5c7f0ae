import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { splitAtNul } from "../../adapters/git/read-blobs.ts";
import { git, type GitRepository } from "../../adapters/git/run-git.ts";
import { readPath } from "../../core/change/path-name.ts";
import { absent } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { matchOwners, parseCodeowners, type CodeownersFile } from "../../core/ownership/index.ts";
import { baselineKey, type RepositoryView } from "../../core/policy/index.ts";

/** The repository around a policy file as it lies there, uncommitted work and all. */
export interface ViewedRepository {
  view: RepositoryView;
  codeowners: { path: string; file: CodeownersFile } | null;
}

/** @param facts what only a platform tells: teams, and the texts of other repositories; null where none were saved */
export async function viewRepository(repository: GitRepository | null, facts: Facts | null): Promise<ViewedRepository> {
  const root = repository?.workTree ?? null;
  const codeowners = root === null ? null : await readCodeowners(root);
  const view: RepositoryView = {
    paths: repository === null || root === null ? null : await workTreePaths(repository),
    ownersOf: codeowners === null ? null : (path) => ownersOf(codeowners.file, path),
    people: facts?.people ?? absent("no facts were given"),
    digests: new Map((facts?.baselines.state === "present" ? facts.baselines.value : []).map(digestOfBaseline)),
  };
  return { view, codeowners };
}

/** Every file that git tracks or would add, as text. */
export async function workTreePaths(repository: GitRepository): Promise<string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const list = await git(repository, args, { inWorkTree: true });
  return [...new Set(splitAtNul(list).map((bytes) => readPath(bytes).path))].sort();
}

/** GitHub's places, in its order ("About code owners"). */
const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

async function readCodeowners(root: string): Promise<ViewedRepository["codeowners"]> {
  for (const path of places) {
    const text = await readFile(join(root, path), "utf8").catch(() => null);
    if (text !== null) return { path, file: parseCodeowners(text) };
  }
  return null;
}

function ownersOf(file: CodeownersFile, path: string) {
  const { owners } = matchOwners(file, path);
  const names = (teams: boolean) => owners.filter(({ kind }) => (kind === "team") === teams).map(({ name }) => name);
  return { users: names(false), teams: names(true) };
}

function digestOfBaseline(baseline: { repo: string; path: string; ref: string; text: string }): [string, string] {
  return [baselineKey(baseline), `sha256:${createHash("sha256").update(baseline.text).digest("hex")}`];
}
