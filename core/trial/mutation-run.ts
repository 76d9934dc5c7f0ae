import { digestOf, type UsedPolicy } from "../policy/index.ts";
import { mutantsOf, type Mutant } from "./mutate.ts";
import { isToldApart, policyOfTrial, type Trial } from "./run-trial.ts";

/** What became of the mutants of one policy. */
export interface MutationResult {
  /** How many mutants can be used as a policy and mean something else than the original and each other. */
  tried: number;
  killed: number;
  /** Those that every case takes for the original, and nobody accepted; in the order of the policy. */
  survivors: Mutant[];
  /** Those that survive and that a case file accepts, with its reason. */
  accepted: { mutant: Mutant; reason: string }[];
  /** Accepted ones that there are not, or that a case kills: they are to be struck out. */
  idle: string[];
}

/**
 * Tries every mutant of a policy against all its cases. The trials are of the same policy, and every case passes. Pure and
 * deterministic.
 */
export function runMutation(trials: readonly Trial[]): MutationResult {
  const [first] = trials;
  const result: MutationResult = { tried: 0, killed: 0, survivors: [], accepted: [], idle: [] };
  if (first === undefined) return result;
  const reasons = new Map(
    trials.flatMap(({ file }) => file.acceptedMutants).map(({ mutant, reason }) => [mutant, reason]),
  );
  const original = policyOfTrial(first, first.texts.policy.text);
  const seen = new Set(original === null ? [] : [digestOf(original.policy)]);
  for (const mutant of mutantsOf(first.texts.policy.text)) {
    const used = policyOfTrial(first, mutant.text);
    if (used === null) continue;
    const meaning = digestOf(used.policy);
    if (seen.has(meaning)) continue;
    seen.add(meaning);
    result.tried += 1;
    const reason = reasons.get(mutant.name);
    if (trials.some((trial) => isKilledBy(trial, mutant, trial === first ? used : null))) result.killed += 1;
    else if (reason === undefined) result.survivors.push(mutant);
    else result.accepted.push({ mutant, reason });
  }
  const accepted = new Set(result.accepted.map(({ mutant }) => mutant.name));
  return { ...result, idle: [...reasons.keys()].filter((name) => !accepted.has(name)).sort() };
}

/** Files of cases may lie in different repositories, so that each loads the policy for itself. */
function isKilledBy(trial: Trial, { text }: Mutant, loaded: UsedPolicy | null): boolean {
  const used = loaded ?? policyOfTrial(trial, text);
  return used === null || isToldApart(trial, text, used);
}
