import { nodeAt, originsOf, readYaml } from "../policy/index.ts";
import type { Trial } from "./run-trial.ts";

/** In which cases a rule was looked at, by their names. */
export interface CaseUse {
  id: string;
  met: string[];
  notMet: string[];
  /** Waived or overridden: it applied, and asked for nothing. */
  exempted: string[];
}

/** The same of a rule that the policy's own file writes. */
export interface RuleUse extends CaseUse {
  /** The line of the rule in the policy. */
  line: number;
}

/** A preset with the rules that it brings, but for those that the file or a later preset writes anew. */
export interface PresetUse {
  preset: string;
  rules: CaseUse[];
}

/** How the cases use each rule that the policy's own file writes, in its order. All trials are of the same policy. */
export function ruleCoverage(trials: readonly Trial[]): RuleUse[] {
  const [first] = trials;
  if (first === undefined) return [];
  const { root, place } = readYaml(first.texts.policy.text);
  const rules = root === null ? [] : [...(nodeAt(root, ["rules"])?.entries.values() ?? [])];
  return rules.flatMap((node) => {
    const id = node.entries.get("id")?.value;
    return typeof id === "string" ? [{ line: place(node.offset).line, ...usesOf(id, trials) }] : [];
  });
}

/** How the cases use the rules of each preset that the policy's own file builds on, in its order. */
export function presetCoverage(trials: readonly Trial[]): PresetUse[] {
  const text = trials[0]?.texts.policy.text ?? "";
  const origins = Object.entries(originsOf(text).rules);
  return presetsIn(text).map((preset) => ({
    preset,
    rules: origins.flatMap(([id, origin]) => (origin === `preset ${preset}` ? [usesOf(id, trials)] : [])),
  }));
}

function presetsIn(text: string): string[] {
  const { root } = readYaml(text);
  const entries = root === null ? [] : [...(nodeAt(root, ["extends"])?.entries.values() ?? [])];
  return entries.flatMap(({ entries: keys }) => {
    const preset = keys.get("preset")?.value;
    return typeof preset === "string" ? [preset] : [];
  });
}

/** Whether some case shows what happens when the rule is met, and another when it is not. */
export function isExercised({ met, notMet }: CaseUse): boolean {
  return met.length > 0 && notMet.length > 0;
}

function usesOf(id: string, trials: readonly Trial[]): CaseUse {
  const uses: CaseUse = { id, met: [], notMet: [], exempted: [] };
  for (const { name, decision } of trials.flatMap(({ results }) => results)) {
    const state = decision.rules.find((rule) => rule.id === id && rule.floor === null)?.state;
    if (state === undefined || state === "not-applicable") continue;
    if (state === "satisfied") uses.met.push(name);
    else if (state === "waived" || state === "overridden") uses.exempted.push(name);
    else uses.notMet.push(name);
  }
  return uses;
}
