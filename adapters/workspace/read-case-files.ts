import { existsSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { namedFloors, policyFileNames, policyLimitBytes } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { isWithin } from "./is-within.ts";
import { findPolicyFile } from "./policy-place.ts";
import { readNamedText } from "./read-named-text.ts";

/** A case file of this machine, by its absolute path and as people name it. */
export interface CaseText {
  place: string;
  name: string;
  text: string;
}

/** Where the tests of a policy are kept, from the root of the repository. */
const testFolder = ".github/countersign";

/**
 * The case files that were named, folders by the `*.test.yml` in them, in the order of their paths; without names those of the repository
 * around `cwd`.
 * @throws {Problem} when a name leads nowhere, there is none, or a link stands among those of a folder
 */
export async function readCaseFiles(names: readonly string[], cwd: string): Promise<CaseText[]> {
  const asked = names.length > 0 ? names.map((name) => resolve(cwd, name)) : [join(rootAround(cwd), testFolder)];
  const found = await Promise.all(asked.map(filesAt));
  const places = [...new Set(found.flat())].sort();
  if (places.length === 0) throw noTests(names, asked);
  return Promise.all(
    places.map(async (place) => {
      const name = shortName(place, cwd);
      return { place, name, text: await readNamedText(place, name, { limitBytes: policyLimitBytes }) };
    }),
  );
}

async function filesAt(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => null);
  if (found === null) return [];
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const tests = entries.filter(({ name }) => name.endsWith(".test.yml") || name.endsWith(".test.yaml"));
  const other = tests.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (other !== undefined)
    throw new Problem(
      `${showPath(relative(place, join(other.parentPath, other.name)))} is not a file.`,
      "Put the cases there: a symbolic link is not followed.",
    );
  return tests.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function noTests(names: readonly string[], asked: readonly string[]): Problem {
  const lost = names.filter((_, index) => !existsSync(asked[index] ?? ""));
  if (lost.length > 0)
    return new Problem(`There is no ${lost.map((name) => showPath(name)).join(", no ")}.`, "Name a file or a folder.");
  const where = names.length === 0 ? testFolder : names.map((name) => showPath(name)).join(" or ");
  return new Problem(
    `There are no tests of a policy in ${where}.`,
    `Write cases into ${testFolder}/policy.test.yml (docs/policy-tests.md), or name a file.`,
  );
}

/** The nearest folder with `.git`, or the folder itself. */
function rootAround(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** The texts beside a case file. What it names must lie in its own repository: a case file may come from anybody. */
export class CaseNeighbours {
  readonly #file: CaseText;
  readonly #cwd: string;

  constructor(file: CaseText, cwd: string) {
    this.#file = file;
    this.#cwd = cwd;
  }

  /** The policy that the file names; one of `.github/countersign/` may name one of `.github`. */
  async policy(written: string): Promise<{ path: string; text: string }> {
    const folder = dirname(this.#file.place);
    const above = basename(folder) === basename(testFolder) ? [dirname(folder)] : [];
    const starts = [folder, ...above].map((start) => resolve(start, written));
    const place = starts.find((path) => existsSync(path)) ?? starts.at(-1) ?? resolve(folder, written);
    // What the gate would refuse as the repository's own policy is no policy to test either.
    if (policyFileNames.some((name) => join(this.#root(), name) === place)) await findPolicyFile(this.#root());
    return this.#read(place, "policy", written);
  }

  async text(written: string, key: string): Promise<string> {
    return (await this.#read(resolve(dirname(this.#file.place), written), key, written)).text;
  }

  /** Copies of the policies that a policy extends and the case file does not list, from `floors/<owner>/<name>/<path>` beside it. */
  async floors(policyText: string, listed: readonly { repo: string; path: string }[]) {
    const named = namedFloors(policyText).filter(
      ({ repo, path }) => !listed.some((other) => other.repo === repo && other.path === path),
    );
    const folder = join(dirname(this.#file.place), "floors");
    const there = named.filter(({ repo, path }) => existsSync(join(folder, repo, path)));
    return Promise.all(
      there.map(async (floor) => {
        const { text } = await this.#read(join(folder, floor.repo, floor.path), "floors", floor.path);
        return { ...floor, text };
      }),
    );
  }

  async #read(place: string, key: string, written: string): Promise<{ path: string; text: string }> {
    const path = shortName(place, this.#cwd);
    const real = await realpath(place).catch(() => null);
    const from = `${showPath(this.#file.name)} names as \`${key}\``;
    if (real === null)
      throw new Problem(
        `${showPath(written)}, which ${from}, does not exist.`,
        "Name a file from where the tests stand.",
      );
    const root = await realpath(this.#root());
    if (!isWithin(real, root))
      throw new Problem(
        `${showPath(written)}, which ${from}, lies outside of the repository.`,
        "Name a file of the repository, or give `--policy`.",
      );
    return { path, text: await readNamedText(real, path, { limitBytes: policyLimitBytes }) };
  }

  /** Without a repository around it, the folder above the one that the case file stands in. */
  #root(): string {
    const folder = dirname(this.#file.place);
    const root = rootAround(folder);
    return root === folder && !existsSync(join(root, ".git")) ? dirname(folder) : root;
  }
}

/** As people name it: from the current folder where it lies in it, else whole. */
function shortName(place: string, cwd: string): string {
  return isWithin(place, cwd) ? relative(cwd, place) : place;
}
