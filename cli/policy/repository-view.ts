import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { splitAtNul } from "../../adapters/git/read-blobs.ts";
import { git, type GitRepository } from "../../adapters/git/run-git.ts";
import { readPath } from "../../core/change/path-name.ts";
import { absent } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import {
  codeownersPlaces,
  diagnoseCodeowners,
  matchOwners,
  parseCodeowners,
  type CodeownersFile,
  type Diagnosis,
} from "../../core/ownership/index.ts";
import { baselineKey, type RepositoryView } from "../../core/policy/index.ts";

/** The repository around a policy file as it lies there, uncommitted work and all. */
export interface ViewedRepository {
  view: RepositoryView;
  /** What is wrong or odd about its CODEOWNERS; null where there is none. */
  codeowners: { path: string; diagnoses: Diagnosis[] } | null;
}

/** @param facts what only a platform tells: teams, and the texts of other repositories; null where none were saved */
export async function viewRepository(repository: GitRepository | null, facts: Facts | null): Promise<ViewedRepository> {
  const root = repository?.workTree ?? null;
  const owners = root === null ? [] : await readCodeowners(root);
  const [read] = owners;
  const paths = repository === null || root === null ? null : await workTreePaths(repository);
  const view: RepositoryView = {
    paths,
    ownersOf: read === undefined ? null : (path) => ownersOf(read.file, path),
    people: facts?.people ?? absent("no facts were given"),
    digests: new Map((facts?.baselines.state === "present" ? facts.baselines.value : []).map(digestOfBaseline)),
  };
  if (read === undefined) return { view, codeowners: null };
  const around = { path: read.path, present: owners.map(({ path }) => path), tracked: paths };
  return { view, codeowners: { path: read.path, diagnoses: diagnoseCodeowners(read.file, around) } };
}

/** Every file that git tracks or would add, as text. */
export async function workTreePaths(repository: GitRepository): Promise<string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const list = await git(repository, args, { inWorkTree: true });
  return [...new Set(splitAtNul(list).map((bytes) => readPath(bytes).path))].sort();
}

/** Those that are there, in the order in which GitHub looks: the first counts. */
async function readCodeowners(root: string): Promise<{ path: string; file: CodeownersFile }[]> {
  const texts = await Promise.all(
    codeownersPlaces.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8").catch(() => null) })),
  );
  return texts.flatMap(({ path, text }) => (text === null ? [] : [{ path, file: parseCodeowners(text) }]));
}

function ownersOf(file: CodeownersFile, path: string) {
  const { owners } = matchOwners(file, path);
  const names = (teams: boolean) => owners.filter(({ kind }) => (kind === "team") === teams).map(({ name }) => name);
  return { users: names(false), teams: names(true) };
}

function digestOfBaseline(baseline: { repo: string; path: string; ref: string; text: string }): [string, string] {
  return [baselineKey(baseline), `sha256:${createHash("sha256").update(baseline.text).digest("hex")}`];
}
