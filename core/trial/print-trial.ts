import { count } from "../report/index.ts";
import { inertText } from "../untrusted/index.ts";
import type { CaseResult } from "./run-trial.ts";
import { isExercised, type CaseUse, type PresetUse, type RuleUse } from "./rule-coverage.ts";
import type { MutationResult } from "./mutation-run.ts";
import type { PolicyTrials } from "./trial-report.ts";

/** The cases with what became of them, one line each; below a case that fails, what it expected and why it came out otherwise. */
export function trialText(summary: readonly PolicyTrials[], options: { mutate?: boolean }): string {
  const lines = summary.flatMap((policy) => [...policyLines(policy, options.mutate ?? false), ""]);
  return lines.map((line) => `${line}\n`).join("");
}

function policyLines({ policy, trials, rules, presets, mutation }: PolicyTrials, mutate: boolean): string[] {
  const results = trials.flatMap((trial) => trial.results);
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  return [
    ...trials.flatMap((trial) => [
      `${shown(trial.file.file)} on ${shown(policy)}`,
      ...trial.results.flatMap((result) => caseLines(trial.file.file, result)),
    ]),
    "",
    `  ${count(results.length, "case")}: ${results.length - failed} as expected, ${failed} not`,
    ...coverageLines(policy, rules, presets.length > 0),
    ...presets.flatMap(presetLines),
    ...(mutation === null
      ? mutate
        ? ["  No mutant was tried: mend the cases first."]
        : []
      : mutationLines(policy, mutation)),
  ];
}

function caseLines(file: string, { name, line, differences }: CaseResult): string[] {
  if (differences.length === 0) return [`  ok    ${shown(name)}`];
  return [
    `  FAIL  ${shown(name)}  (${shown(file)}:${line})`,
    ...differences.flatMap(({ what, expected, got, why }) => [
      `          ${shown(what)}: expected ${shown(expected)}, got ${shown(got)}`,
      ...why.slice(0, mostReasons).map((reason) => `            ${shown(reason)}`),
      ...(why.length > mostReasons ? [`            … and ${why.length - mostReasons} lines more`] : []),
    ]),
  ];
}

const mostReasons = 12;

function coverageLines(policy: string, rules: readonly RuleUse[], hasPresets: boolean): string[] {
  const exercised = rules.filter(isExercised).length;
  const open = rules.filter((rule) => !isExercised(rule));
  const own = hasPresets ? " of its own" : "";
  return [
    `  ${count(rules.length, "rule")}${own}: ${exercised} met in one case and not met in another`,
    ...open.map((rule) => `    ${shown(policy)}:${rule.line} ${shown(rule.id)} ${whatIsMissing(rule)}`),
  ];
}

/** What a preset brings is tested with the preset, so that cases of it are a courtesy: told, never demanded. */
function presetLines({ preset, rules }: PresetUse): string[] {
  const exercised = rules.filter(isExercised).length;
  const idle = rules.filter(({ met, notMet, exempted }) => met.length + notMet.length + exempted.length === 0);
  return [
    `  ${count(rules.length, "rule")} of ${shown(preset)}, tested with the preset: ${exercised} met in one case and not met in another`,
    ...(idle.length === 0 ? [] : [`    applies in no case here: ${idle.map(({ id }) => shown(id)).join(", ")}`]),
  ];
}

function whatIsMissing({ met, notMet, exempted }: RuleUse): string {
  if (met.length + notMet.length + exempted.length === 0) return "applies in no case";
  if (met.length + notMet.length === 0) return "is exempted in every case in which it applies";
  return notMet.length === 0 ? "is met in every case in which it applies" : "is met in no case";
}

function mutationLines(policy: string, { tried, killed, survivors, accepted, idle }: MutationResult): string[] {
  return [
    `  ${count(tried, "mutant")}: ${killed} killed, ${survivors.length} survived, ${accepted.length} accepted`,
    ...survivors.flatMap(({ name, line, column, hint }) => [
      `    ${shown(policy)}:${line}:${column} ${shown(name)}`,
      `      no case tells it apart; what would: ${hint}`,
    ]),
    ...idle.map((name) => `    accepted for nothing, strike it out: ${shown(name)}`),
  ];
}

/** Names and reasons come from files that anybody may have written. */
function shown(text: string): string {
  const inner = text.trimStart();
  return text.slice(0, text.length - inner.length) + inertText(inner, { maxGraphemes: 500 });
}

/** The same for machines. */
export function trialJson(summary: readonly PolicyTrials[]): object {
  return {
    version: 1,
    policies: summary.map(({ policy, trials, rules, presets, mutation }) => ({
      policy,
      files: trials.map(({ file, results }) => ({
        file: file.file,
        cases: results.map(({ name, line, differences, decision }) => ({
          ...{ name, line, passed: differences.length === 0, differences },
          ...{ decision: decision.state, engine: decision.engine, evaluationId: decision.evaluationId },
        })),
      })),
      rules: rules.map(withExercised),
      presets: presets.map((preset) => ({ preset: preset.preset, rules: preset.rules.map(withExercised) })),
      mutation:
        mutation === null
          ? null
          : {
              ...{ tried: mutation.tried, killed: mutation.killed },
              survivors: mutation.survivors.map(({ name, line, column, hint }) => ({ name, line, column, hint })),
              accepted: mutation.accepted.map(({ mutant, reason }) => ({ name: mutant.name, reason })),
              idle: mutation.idle,
            },
    })),
  };
}

function withExercised<T extends CaseUse>(rule: T): T & { exercised: boolean } {
  return { ...rule, exercised: isExercised(rule) };
}
