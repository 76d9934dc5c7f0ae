import { present } from "../evidence.ts";
import { digestOf, loadPolicy } from "../policy/index.ts";
import { allLintRules } from "../rules.ts";
import { mutantsOf, type Mutant } from "./mutate.ts";
import { isToldApart, type Trial } from "./run-trial.ts";

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
  const seen = new Set([meaningOf(first.texts.policy.text, first)]);
  for (const mutant of mutantsOf(first.texts.policy.text)) {
    const meaning = meaningOf(mutant.text, first);
    if (meaning === null || seen.has(meaning)) continue;
    seen.add(meaning);
    result.tried += 1;
    const reason = reasons.get(mutant.name);
    if (trials.some((trial) => isToldApart(trial, mutant.text))) result.killed += 1;
    else if (reason === undefined) result.survivors.push(mutant);
    else result.accepted.push({ mutant, reason });
  }
  const accepted = new Set(result.accepted.map(({ mutant }) => mutant.name));
  return { ...result, idle: [...reasons.keys()].filter((name) => !accepted.has(name)).sort() };
}

/** The digest of what a text comes to; null for one that is no policy. */
function meaningOf(text: string, { texts, file }: Trial): string | null {
  const loaded = loadPolicy(text, {
    file: texts.policy.path,
    lintRules: allLintRules,
    baselines: present([...texts.baselines]),
    organisation: file.repository.owner,
  });
  return loaded.ok ? digestOf(loaded.policy) : null;
}
