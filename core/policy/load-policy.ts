import type { Evidence } from "../evidence.ts";
import type { Baseline } from "../facts.ts";
import type { LintRule } from "../findings/finding.ts";
import { baselineName, baselineProblems, chainProblems, presetsOf } from "./extends.ts";
import { withOrganisation } from "./organisation.ts";
import type { Floor, Policy } from "./policy.ts";
import { policyWarnings } from "./policy-warnings.ts";
import type { FoundProblem, PolicyProblem } from "./problem.ts";
import { readPolicy, type PolicyReading } from "./read-policy.ts";
import { floorReferences } from "./references.ts";
import { resolvePolicy } from "./resolve-policy.ts";

/** A policy, or everything that is wrong with it: its own problems in the order of the file, then those of its baselines. */
export type LoadedPolicy =
  { ok: true; policy: Policy; warnings: PolicyProblem[] } | { ok: false; problems: PolicyProblem[] };

export interface LoadOptions {
  /** What problems name as their file. */
  file: string;
  /** The catalogue that the policy may name rules of. */
  lintRules: readonly LintRule[];
  /** Policies of other repositories. Each is a floor, whether this policy names it or not; one that it names must be here. */
  baselines?: Evidence<readonly Baseline[]>;
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
  const floors = baselinesIn(options).map((baseline) => readFloor(baseline, options));
  const problems = [
    ...own.place([...own.problems, ...betweenProblems(own, floors, options)]),
    ...floors.flatMap(({ reading }) => reading.place(floorProblems(reading))),
  ];
  if (problems.length > 0 || own.root === null) return { ok: false, problems };
  const policy = {
    ...withOrganisation(resolvePolicy(own.written()), options.organisation ?? null),
    floors: floors.map(resolveFloor).sort(byName),
  };
  return { ok: true, policy, warnings: own.place(policyWarnings(policy, own.root, options)) };
}

interface FloorReading {
  baseline: Baseline;
  reading: PolicyReading;
}

function readFloor(baseline: Baseline, options: LoadOptions): FloorReading {
  return { baseline, reading: readPolicy(baseline.text, { ...options, file: baselineName(baseline) }) };
}

function floorProblems({ problems, root }: PolicyReading): FoundProblem[] {
  return root === null ? problems : [...problems, ...chainProblems(root)];
}

/** What is wrong between a policy and the baselines: missing ones, other texts, names that are taken. */
function betweenProblems(
  { root }: PolicyReading,
  floors: readonly FloorReading[],
  options: LoadOptions,
): FoundProblem[] {
  if (root === null) return [];
  const whyAbsent = options.baselines?.state === "absent" ? options.baselines.reason : null;
  const named = floors.map(({ baseline, reading }) => ({ name: baselineName(baseline), root: reading.root }));
  return [...baselineProblems(root, baselinesIn(options), whyAbsent), ...floorReferences(root, presetsOf(root), named)];
}

function baselinesIn({ baselines }: LoadOptions): readonly Baseline[] {
  return baselines?.state === "present" ? baselines.value : [];
}

function resolveFloor({ baseline: { repo, path, ref }, reading }: FloorReading): Floor {
  // In a baseline, a team without an organisation is one of the baseline's own.
  const policy = withOrganisation(resolvePolicy(reading.written()), repo.split("/", 1)[0] ?? null);
  return { repo, path, ref, policy };
}

function byName(a: Floor, b: Floor): number {
  return baselineName(a) < baselineName(b) ? -1 : 1;
}
