import { createHash } from "node:crypto";
import { splitAtNul } from "../../adapters/git/read-blobs.ts";
import { git, type GitRepository } from "../../adapters/git/run-git.ts";
import { readPath } from "../../core/change/path-name.ts";
import { absent, mapEvidence, present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import {
  codeownersNotAFile,
  codeownersTooLarge,
  diagnoseCodeowners,
  diagnoseNotAFile,
  parseCodeowners,
  type Diagnosis,
} from "../../core/ownership/index.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { floorKey, type RepositoryView } from "../../core/policy/index.ts";
import { findOwnersFile, NotAFile, trackedFiles, type OwnersFile } from "../codeowners-file.ts";
import type { Surroundings } from "./surroundings.ts";

/** The repository around a policy file as it lies there, uncommitted work and all; of one without a working tree, HEAD. */
export interface ViewedRepository {
  view: RepositoryView;
  /** What is wrong or odd about its CODEOWNERS; null where there is none. */
  codeowners: { path: string; diagnoses: Diagnosis[] } | null;
}

/** @param surroundings what only a platform tells: teams, and the texts of other repositories */
export async function viewRepository(
  repository: GitRepository | null,
  { facts, floors, organisation }: Surroundings,
): Promise<ViewedRepository> {
  const found = repository === null ? null : await findOwnersFile(repository).catch(orNotAFile);
  const paths = repository === null ? null : await pathsOf(repository);
  const view: RepositoryView = {
    paths,
    codeowners: codeownersOf(found),
    people: facts?.people ?? absent("no facts were given"),
    organisation,
    digests: new Map((floors.state === "present" ? floors.value : []).map(digestOfFloor)),
  };
  if (repository === null && facts !== null) return viewOfFacts(view, facts);
  if (found === null) return { view, codeowners: null };
  if (found instanceof NotAFile) {
    return { view, codeowners: { path: found.path, diagnoses: [diagnoseNotAFile(found.path)] } };
  }
  const { file, shown, path, present: places } = found;
  return {
    view,
    codeowners: { path: shown, diagnoses: diagnoseCodeowners(file, { path, present: places, tracked: paths }) },
  };
}

/** Without a repository at hand, as far as facts tell of one: they hold CODEOWNERS, and no list of the files. */
function viewOfFacts(view: RepositoryView, { codeowners }: Facts): ViewedRepository {
  const known = mapEvidence(codeowners, ({ path, text }) => ({ path, text }));
  if (known.state === "absent") return { view: { ...view, codeowners: known }, codeowners: null };
  const { path, text } = known.value;
  const diagnoses = diagnoseCodeowners(parseCodeowners(text), { path, present: [path], tracked: null });
  return { view: { ...view, codeowners: known }, codeowners: { path: showPath(path), diagnoses } };
}

/** One thing that is wrong, beside all else that is wrong with the policy. */
function orNotAFile(error: unknown): NotAFile {
  if (error instanceof NotAFile) return error;
  throw error;
}

async function pathsOf(repository: GitRepository): Promise<string[] | null> {
  return repository.workTree === null ? trackedFiles(repository) : workTreePaths(repository);
}

/** What `shown` is of the repository's own file is its path there. */
function codeownersOf(found: OwnersFile | NotAFile | null): RepositoryView["codeowners"] {
  if (found === null) return absent("there is no CODEOWNERS file");
  if (found instanceof NotAFile) return absent(codeownersNotAFile(found.path));
  return found.file.loaded ? present({ path: found.shown, text: found.text }) : absent(codeownersTooLarge);
}

/** Every file that git tracks or would add, as text. */
export async function workTreePaths(repository: GitRepository): Promise<string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const list = await git(repository, args, { inWorkTree: true });
  return [...new Set(splitAtNul(list).map((bytes) => readPath(bytes).path))].sort();
}

function digestOfFloor(floor: { repo: string; path: string; ref: string; text: string }): [string, string] {
  return [floorKey(floor), `sha256:${createHash("sha256").update(floor.text).digest("hex")}`];
}
