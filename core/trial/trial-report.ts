import type { Trial } from "./run-trial.ts";
import { isExercised, presetCoverage, ruleCoverage, type PresetUse, type RuleUse } from "./rule-coverage.ts";
import { runMutation, type MutationResult } from "./mutation-run.ts";

/** What all cases of one policy came to. */
export interface PolicyTrials {
  /** The policy's path as people name it. */
  policy: string;
  trials: Trial[];
  /** Those that its own file writes, overrides of presets among them. */
  rules: RuleUse[];
  /** The others, by preset: no case has to exercise them, for they are tested with the preset. */
  presets: PresetUse[];
  /** Null when nobody asked, or when some case fails without any mutant. */
  mutation: MutationResult | null;
}

/** Trials by policy, in the order of the files, with how its rules are used and, when asked, what became of its mutants. */
export function summariseTrials(trials: readonly Trial[], { mutate }: { mutate: boolean }): PolicyTrials[] {
  const byPolicy = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { path } = trial.texts.policy;
    byPolicy.set(path, [...(byPolicy.get(path) ?? []), trial]);
  }
  return [...byPolicy].map(([policy, ofPolicy]) => ({
    policy,
    trials: ofPolicy,
    rules: ruleCoverage(ofPolicy),
    presets: presetCoverage(ofPolicy),
    mutation: mutate && ofPolicy.every(passes) ? runMutation(ofPolicy) : null,
  }));
}

/** Whether a case fails, a mutant survives, an acceptance is idle or, where that is asked, a rule is not exercised. */
export function failsIn(summary: readonly PolicyTrials[], { requireCoverage }: { requireCoverage: boolean }): boolean {
  return summary.some(
    ({ trials, rules, mutation }) =>
      !trials.every(passes) ||
      (mutation !== null && mutation.survivors.length + mutation.idle.length > 0) ||
      (requireCoverage && !rules.every(isExercised)),
  );
}

function passes({ results }: Trial): boolean {
  return results.every(({ differences }) => differences.length === 0);
}
