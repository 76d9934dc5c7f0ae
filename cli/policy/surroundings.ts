import type { Command } from "commander";
import { readOrigin } from "../../adapters/git/read-change.ts";
import { present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { parseFacts } from "../../core/facts-file.ts";
import { Problem } from "../../core/problem.ts";
import type { GivenPolicy } from "../../core/trial/given-policy.ts";
import { readFloors } from "../../gate/read-floors.ts";
import { floorSource, tellUnusedFloors, withFloorOptions, type FloorOptions } from "../floors.ts";
import type { Io } from "../io.ts";
import { inertText, showPath } from "../../core/untrusted/index.ts";
import { readFactsFile } from "../reading.ts";
import { readText } from "../read-text.ts";
import { readPolicyFile, type PolicyText } from "./policy-file.ts";

/** What a policy's file does not say by itself, and a gate would know. */
export interface Surroundings {
  /** The policies of other repositories that it extends. */
  floors: Facts["floors"];
  /** The owner of its repository: a team without an organisation is one of theirs. */
  organisation: string | null;
  /** The saved facts that tell it; null where none were given. */
  facts: Facts | null;
}

/** Where a command on a policy's file takes them from. */
export interface SurroundingsOptions extends FloorOptions {
  facts?: string;
}

/** Gives a command on a policy's file the flags for them. @param facts what else it takes from saved facts, as help says it */
export function withSurroundingsOptions(command: Command, facts: string): Command {
  return withFloorOptions(command.option("--facts <file>", facts));
}

/**
 * The policy that a command is asked about: of saved facts the one that they hold, unless a file or a repository is named
 * beside them; else a file's.
 * @throws {Problem} when there is none, or it cannot be read
 */
export async function readAskedPolicy(
  name: string | undefined,
  options: SurroundingsOptions,
  io: Io,
): Promise<PolicyText> {
  refuseContradictions(options);
  const { repo, facts } = options;
  if (facts === undefined || name !== undefined || repo !== undefined) return readPolicyFile(name, io, repo);
  const { policy } = parseFacts(await readText(facts, io), facts);
  if (policy.state === "present") return { path: policy.value.path, text: policy.value.text, repository: null };
  throw new Problem(
    `${showPath(facts)} holds no policy: ${inertText(policy.reason, { maxGraphemes: 200 })}.`,
    "Name the policy's file beside it.",
  );
}

/**
 * What stands around a policy's file: from saved facts, or else from the repository that it lies in and the clones and
 * servers that were named. Floors that were not read are absent, with what to do.
 * @throws {Problem} for flags that contradict each other or cannot be used
 */
export async function readSurroundings(
  policy: PolicyText,
  options: SurroundingsOptions,
  io: Io,
): Promise<Surroundings> {
  refuseContradictions(options);
  if (options.facts !== undefined) {
    const facts = await readFactsFile(options.facts, io);
    return { floors: facts.floors, organisation: facts.change.repository?.owner ?? null, facts };
  }
  const around = await readAround(policy, options, io);
  tellUnusedFloors(options, around.floors, io);
  return { ...around, facts: null };
}

/** A policy's file with the floors that are at hand, to be tried in the place of another. */
export async function readGivenPolicy(name: string, options: FloorOptions, io: Io): Promise<GivenPolicy> {
  const policy = await readPolicyFile(name, io);
  return { path: policy.path, text: policy.text, floors: (await readAround(policy, options, io)).floors };
}

async function readAround(
  { path, text, repository }: PolicyText,
  options: FloorOptions,
  io: Io,
): Promise<Pick<Surroundings, "floors" | "organisation">> {
  const own = repository === null ? null : await readOrigin(repository);
  const source = await floorSource(options, io);
  const floors = await readFloors(present({ path, commit: null, text }), repository, own, source);
  return { floors, organisation: own?.owner ?? null };
}

function refuseContradictions({ facts, floor, fetchFloors }: SurroundingsOptions): void {
  if (facts === undefined || (floor === undefined && fetchFloors === undefined)) return;
  throw new Problem(
    "--facts holds the policies of other repositories, so --floor and --fetch-floors would change nothing.",
    "Leave out --facts, or the others.",
  );
}
