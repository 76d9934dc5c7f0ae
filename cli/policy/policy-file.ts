import { dirname, join, resolve } from "node:path";
import { openRepository, type GitRepository } from "../../adapters/git/run-git.ts";
import { findPolicyFile } from "../../adapters/workspace/policy-place.ts";
import { readNamedText } from "../../adapters/workspace/read-named-text.ts";
import {
  formatProblem,
  loadPolicy,
  policyFileNames,
  policyLimitBytes,
  PolicyPlaceProblem,
} from "../../core/policy/index.ts";
import type { LoadedPolicy, PolicyProblem } from "../../core/policy/index.ts";
import type { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { allLintRules, allToolNames } from "../../core/rules.ts";
import { showPath } from "../../core/untrusted/index.ts";
import type { Io } from "../io.ts";

/** A policy file of this machine, as it stands there: for whoever writes it, never for judging a pull request. */
export interface PolicyText {
  /** As it was named; the repository's own by its path in it. */
  path: string;
  text: string;
  /** The repository around it; null where there is none. */
  repository: GitRepository | null;
}

/**
 * Reads the named policy, or else the one in the working tree around the current folder.
 * @throws {Problem} when there is none, or it cannot be read
 */
export async function readPolicyFile(name: string | undefined, io: Pick<Io, "cwd">, repo = "."): Promise<PolicyText> {
  if (name !== undefined) {
    const place = resolve(io.cwd, name);
    const repository = await openRepository(dirname(place)).catch(orNone);
    return { path: name, text: await readNamedText(place, name, limits), repository };
  }
  const repository = await openRepository(resolve(io.cwd, repo));
  const root = repository.workTree;
  if (root === null) {
    throw new Problem("This repository has no working tree to read a policy from.", "Name the policy's file.");
  }
  const path = await findPolicyFile(root);
  if (path === null) {
    throw new PolicyPlaceProblem(
      policyFileNames[0],
      `There is no policy here: ${policyFileNames[0]} does not exist.`,
      "Write one with `countersign policy init`, or name a file.",
    );
  }
  return { path, text: await readNamedText(join(root, path), path, limits), repository };
}

/** The policy of a file with what is wrong with it on the day, under what it builds on. */
export function loadPolicyFile(
  { path, text }: Pick<PolicyText, "path" | "text">,
  asOf: string,
  { floors, organisation }: { floors: Facts["floors"]; organisation: string | null },
): LoadedPolicy {
  return loadPolicy(text, { file: path, lintRules: allLintRules, tools: allToolNames, asOf, floors, organisation });
}

/** Outside of any repository a named file is still a policy. */
function orNone(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

/** That a policy is too large is told by its loader, with the place and in every format, as all else that is wrong with it. */
const limits = {
  limitBytes: policyLimitBytes,
  tooLarge: " ".repeat(policyLimitBytes + 1),
  fix: "Name a policy file that exists and that you may read.",
};

/** Whether nothing is wrong but that policies of other repositories are not at hand (CS034): this file may be in order. */
export function isOnlyUnread(loaded: { ok: true } | { ok: false; problems: readonly PolicyProblem[] }): boolean {
  return !loaded.ok && loaded.problems.length > 0 && loaded.problems.every(({ code }) => code === "CS034");
}

const howToSupply =
  "Nothing is wrong with the file itself: supply what it extends with `--floor OWNER/NAME=FOLDER`, `--fetch-floors` or `--facts FILE`.";

/** The policy, or a `Problem` with everything that is wrong with it. */
export function refuseProblems<T>(
  loaded: ({ ok: true } & T) | { ok: false; problems: readonly PolicyProblem[] },
  path: string,
): T {
  if (loaded.ok) return loaded;
  const lines = loaded.problems.map((problem) => `  ${formatProblem(problem)}`);
  const count = lines.length === 1 ? "a problem" : `${lines.length} problems`;
  throw new Problem(
    [`The policy ${showPath(path)} has ${count}:`, ...lines].join("\n"),
    isOnlyUnread(loaded) ? howToSupply : "Mend the file, and try again.",
  );
}
