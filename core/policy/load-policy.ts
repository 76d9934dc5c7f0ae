import type { Evidence } from "../evidence.ts";
import type { WrittenFloor } from "../facts.ts";
import type { LintRule } from "../findings/finding.ts";
import { floorName, floorProblems, chainProblems, presetsOf } from "./extends.ts";
import { withOrganisation } from "./organisation.ts";
import type { Floor, Policy } from "./policy.ts";
import { policyWarnings } from "./policy-warnings.ts";
import type { FoundProblem, PolicyProblem } from "./problem.ts";
import { readPolicy, type PolicyReading } from "./read-policy.ts";
import { floorReferences } from "./references.ts";
import { tooManyTogether, tooMuchToRead } from "./together.ts";
import { resolvePolicy } from "./resolve-policy.ts";

/** A policy, or everything that is wrong with it: its own problems in the order of the file, then those of its floors. */
export type LoadedPolicy =
  { ok: true; policy: Policy; warnings: PolicyProblem[] } | { ok: false; problems: PolicyProblem[] };

/** What a policy is checked against. */
export interface LoadOptions {
  /** What problems name as their file. */
  file: string;
  /** The catalogue that the policy may name rules of. */
  lintRules: readonly LintRule[];
  /** Policies of other repositories, whether this policy names them or not; one that it names must be here. */
  floors?: Evidence<readonly WrittenFloor[]>;
  /** The owner of the repository: a team without an organisation is one of its teams. Null or left out: such a team stays as written. */
  organisation?: string | null;
  /** The instant by which dated parts are told to have ended, ISO 8601 in UTC. Left out: dates are not looked at. */
  asOf?: string;
  /** Ids and names of the tools that the policy may name. Left out: names of tools are not looked at. */
  tools?: readonly string[];
}

/**
 * Loads a policy from its text. A key that is not known, or not judged by this version, is a problem, never ignored.
 * Pure, and safe on hostile text: time and memory are bounded by the limits of `readYaml`.
 */
export function loadPolicy(text: string, options: LoadOptions): LoadedPolicy {
  const own = readPolicy(text, options);
  const tooMuch = tooMuchToRead(text, floorsIn(options), own.root);
  if (tooMuch !== null) return { ok: false, problems: own.place([...own.problems, tooMuch]) };
  const floors = floorsIn(options).map((written) => readFloor(written, options));
  const problems = [
    ...own.place([...own.problems, ...betweenProblems(own, floors, options)]),
    ...floors.flatMap(({ reading }) => reading.place(problemsOf(reading))),
  ];
  if (problems.length > 0 || own.root === null) return { ok: false, problems };
  const policy = {
    ...withOrganisation(resolvePolicy(own.written()), options.organisation ?? null),
    floors: floors.map(resolveFloor).sort(byName),
  };
  return { ok: true, policy, warnings: own.place(policyWarnings(policy, own.root, options)) };
}

interface FloorReading {
  written: WrittenFloor;
  reading: PolicyReading;
}

function readFloor(written: WrittenFloor, options: LoadOptions): FloorReading {
  return { written, reading: readPolicy(written.text, { ...options, file: floorName(written) }) };
}

function problemsOf({ problems, root }: PolicyReading): FoundProblem[] {
  return root === null ? problems : [...problems, ...chainProblems(root)];
}

/** What is wrong between a policy and the floors: missing ones, other texts, names that are taken. */
function betweenProblems(
  { root }: PolicyReading,
  floors: readonly FloorReading[],
  options: LoadOptions,
): FoundProblem[] {
  if (root === null) return [];
  const whyAbsent = options.floors?.state === "absent" ? options.floors.reason : null;
  const named = floors.map(({ written, reading }) => ({ name: floorName(written), root: reading.root }));
  const tooMany = tooManyTogether(
    root,
    floors.map(({ reading }) => reading.root),
  );
  return [
    ...floorProblems(root, floorsIn(options), whyAbsent),
    ...floorReferences(root, presetsOf(root), named),
    ...(tooMany === null ? [] : [tooMany]),
  ];
}

function floorsIn({ floors }: LoadOptions): readonly WrittenFloor[] {
  return floors?.state === "present" ? floors.value : [];
}

function resolveFloor({ written: { repo, path, ref }, reading }: FloorReading): Floor {
  // In a floor, a team without an organisation is one of the floor's own.
  const policy = withOrganisation(resolvePolicy(reading.written()), repo.split("/", 1)[0] ?? null);
  return { repo, path, ref, policy };
}

function byName(a: Floor, b: Floor): number {
  return floorName(a) < floorName(b) ? -1 : 1;
}
