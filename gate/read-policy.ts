import { stat } from "node:fs/promises";
import { readText, TooLarge } from "../adapters/git/read-text.ts";
import { readEntry, readTree, type CommitTree, type Entry } from "../adapters/git/read-tree.ts";
import type { Range } from "../adapters/git/resolve-range.ts";
import { readNamedText } from "../adapters/workspace/read-named-text.ts";
import { touchedPaths, type Change } from "../core/change/change.ts";
import { absent, present } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import {
  codeownersLimitBytes,
  codeownersNotAFile,
  codeownersPlaces,
  codeownersTooLarge,
} from "../core/ownership/index.ts";
import { choosePolicyFile, policyFileNames, policyLimitBytes } from "../core/policy/index.ts";
import { policyDeleted, policyUnreadable } from "../core/review-notes.ts";
import { Problem } from "../core/problem.ts";
import { inertText, showPath } from "../core/untrusted/index.ts";

/** Where the policy comes from. */
export type PolicySource =
  /** The repository's own, read at the tip of the base branch: a change is never judged by its own copy. */
  | { from: "base"; path: string | null }
  /**
   * A file on this machine: a trial by the person at the keyboard, never offered by the Action or the App. `name` is what
   * the person called it: facts must not tell one machine from another.
   */
  | { from: "file"; path: string; name: string };

type PolicyFacts = Pick<Facts, "policy" | "proposedPolicy" | "codeowners">;

/** Reads the policy, the change's own copy of it (shown, never obeyed), and CODEOWNERS, all pinned to commits. */
export async function readPolicy(range: Range, source: PolicySource, change: Change): Promise<PolicyFacts> {
  const atBase = await readTree(range.repository, range.base.sha);
  const codeowners = await readCodeowners(range, atBase);
  if (source.from === "file") {
    const text = await readLocal(source);
    const none = absent("the policy is a local file");
    return { policy: present({ path: source.name, commit: null, text }), proposedPolicy: none, codeowners };
  }
  const path = source.path ?? choosePolicyFile(pathsOf(atBase)) ?? policyFileNames[0];
  return { ...(await readPolicyAt(range, atBase, { path, isNamed: source.path !== null }, change)), codeowners };
}

function pathsOf(tree: CommitTree): string[] {
  return Array.from(tree.all(), ({ path }) => path.toString("utf8"));
}

async function readPolicyAt(
  range: Range,
  atBase: CommitTree,
  { path, isNamed }: { path: string; isNamed: boolean },
  change: Change,
): Promise<Omit<PolicyFacts, "codeowners">> {
  const base = inertText(range.base.name ?? range.base.sha);
  const entry = atBase.at(path);
  const policy = await readAt(range, entry, { path, commit: range.base.sha }, `${path} does not exist at ${base}`);
  if (policy.state === "absent" && entry !== null) {
    // A link or folder in the policy's place must not read as "no policy", which blocks nothing.
    throw new Problem(
      `${showPath(path)} is not a file at ${base}.`,
      "Put the policy's text there: a symbolic link, submodule or folder is not followed.",
    );
  }
  if (policy.state === "absent" && isNamed) {
    throw new Problem(
      `${policy.reason}.`,
      "Name a policy file that exists on the base branch: a policy counts from the moment it is merged.",
    );
  }
  const isEdited = change.files.some((file) => touchedPaths(file).includes(path));
  const proposedPolicy = isEdited ? await readProposed(range, path) : absent("the change does not touch the policy");
  return { policy, proposedPolicy };
}

/** The change's own copy is only shown: whatever a change makes of it, the base's still decides. */
async function readProposed(range: Range, path: string): Promise<PolicyFacts["policy"]> {
  const commit = range.head.sha;
  const entry = await readEntry(range.repository, commit, path);
  if (entry === null) return absent(policyDeleted);
  return readAt(range, entry, { path, commit }, policyUnreadable).catch((error: unknown) => {
    if (error instanceof Problem) return absent(policyUnreadable);
    throw error;
  });
}

async function readAt(
  { repository }: Range,
  entry: Entry | null,
  at: { path: string; commit: string },
  without: string,
): Promise<PolicyFacts["policy"]> {
  const text = await readText(repository, entry, at.path, policyLimitBytes);
  return text === null ? absent(without) : present({ ...at, text });
}

async function readLocal({ path, name }: { path: string; name: string }): Promise<string> {
  const fix = "Give `--policy` the path of a policy file, or leave it out to use the one at the base.";
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) throw new Problem(`There is no policy file ${showPath(name)}.`, fix);
  return readNamedText(path, name, { limitBytes: policyLimitBytes, fix });
}

/**
 * GitHub takes the first place that holds something, at the base branch; of 3 MB or more it reads nothing. Whether it goes
 * on to the next place where a link or a folder stands is not documented, so nobody is taken for an owner then.
 */
async function readCodeowners({ repository, base }: Range, atBase: CommitTree): Promise<Facts["codeowners"]> {
  const path = codeownersPlaces.find((place) => atBase.at(place) !== null);
  if (path === undefined) return absent("the base has no CODEOWNERS file");
  // One byte less: GitHub wants it under the limit, `readText` not over it.
  const text = await readText(repository, atBase.at(path), path, codeownersLimitBytes - 1).catch((error: unknown) => {
    if (error instanceof TooLarge) return error;
    throw error;
  });
  if (text instanceof TooLarge) return absent(codeownersTooLarge);
  return text === null ? absent(codeownersNotAFile(path)) : present({ path, commit: base.sha, text });
}
