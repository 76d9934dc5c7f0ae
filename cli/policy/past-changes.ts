import { resolve } from "node:path";
import { readTextFile } from "../../adapters/git/read-text.ts";
import { presentPaths } from "../../adapters/git/read-tree.ts";
import { readFirstParents, type BranchStep } from "../../adapters/git/read-first-parents.ts";
import { readOrigin } from "../../adapters/git/read-change.ts";
import { isShallow, resolveCommit } from "../../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../../adapters/git/run-git.ts";
import { absent, present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { choosePolicyFile, policyFileNames, policyLimitBytes } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { plainStage } from "../../core/stage.ts";
import { readFacts } from "../../gate/read-facts.ts";
import { readFloors } from "../../gate/read-floors.ts";
import type { Io } from "../io.ts";
import { floorSource, type FloorOptions } from "../floors.ts";
import { gateInput } from "../reading.ts";
import type { KnownChange } from "./saved-changes.ts";

/** What came into a branch lately, to be read one after the other. */
export interface PastChanges {
  steps: readonly BranchStep[];
  /** Whether the clone lacks older ones. */
  isShallow: boolean;
  /** Facts of one, with the policy that the branch has now, or why they could not be read. */
  read: (step: BranchStep) => Promise<KnownChange>;
}

/**
 * The last changes of a branch, newest first. Git knows neither their reviews nor the reports of their tests: those are
 * missing evidence under every policy.
 */
export async function pastChanges(
  options: FloorOptions & { head?: string; last: number; policy: string },
  io: Io,
): Promise<PastChanges> {
  const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
  const name = options.head ?? "HEAD";
  const policy = await policyNow(repository, name);
  const floors = await readFloors(policy, repository, await readOrigin(repository), await floorSource(options, io));
  const steps = await readFirstParents(repository, name, options.last);
  if (steps.length === 0) {
    throw new Problem(
      "The branch has no change that could be judged: its history is one commit.",
      "Name another branch with `--head`, or facts that were saved with `--facts`.",
    );
  }
  const read = async (step: BranchStep): Promise<KnownChange> => {
    const shown = `${step.commit.slice(0, 10)} ${step.subject}`;
    try {
      return { name: shown, facts: { ...(await factsOf(step, options, io)), policy, floors } };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { name: shown, problem: error.what };
    }
  };
  return { steps, isShallow: await isShallow(repository), read };
}

/** The policy at the tip of the branch. */
async function policyNow(repository: GitRepository, name: string): Promise<Facts["policy"]> {
  const commit = await resolveCommit(repository, name, "--head");
  const path = choosePolicyFile(await presentPaths(repository, commit, [".github/"]));
  if (path === null) return absent(`${policyFileNames[0]} does not exist at ${name}`);
  const text = await readTextFile(repository, commit, path, policyLimitBytes);
  return text === null ? absent(`${path} is not a file at ${name}`) : present({ path, commit, text });
}

/** Read with the new policy at hand, so that an old one that nobody could load today holds nothing up. */
async function factsOf(
  step: BranchStep,
  options: { repo?: string; head?: string; policy: string },
  io: Io,
): Promise<Facts> {
  const { repo, policy } = options;
  const input = gateInput({ ...(repo === undefined ? {} : { repo }), base: step.base, head: step.head, policy }, io);
  const names = { base: options.head ?? "HEAD", head: step.commit };
  return readFacts({ ...input, range: { ...input.range, names } }, { now: io.now, stage: plainStage });
}
