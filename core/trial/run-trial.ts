import { mapEvidence } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { closest, showValue, usePolicy, type Decision, type UsedPolicy } from "../policy/index.ts";
import { Problem } from "../problem.ts";
import { reviewChange } from "../review-change.ts";
import { allLintRules, allToolNames } from "../rules.ts";
import type { CaseFile } from "./case-file.ts";
import type { CaseMistake, CaseProblem } from "./case-problem.ts";
import { compareDecision, type Difference } from "./compare.ts";
import { factsOfCase, type TrialTexts } from "./facts-of-case.ts";
import type { TrialCase } from "./inherit.ts";

/** What became of one case. */
export interface CaseResult {
  name: string;
  /** Where it stands in its file. */
  line: number;
  differences: Difference[];
  decision: Decision;
  /** What the case's pull request would have been read as. */
  facts: Facts;
}

/** The cases of one file, against the policy that they test. */
export interface Trial {
  file: CaseFile;
  texts: TrialTexts;
  results: CaseResult[];
}

export type TrialOutcome = { ok: true; trial: Trial } | { ok: false; problems: CaseProblem[] };

/**
 * Runs every case through the engine that enforces: the same loader, the same facts, the same decision. Pure.
 * @throws {Problem} when the policy cannot be used
 */
export function runTrial(file: CaseFile, texts: TrialTexts, engine: Facts["engine"]): TrialOutcome {
  const problems: CaseProblem[] = [];
  const results: CaseResult[] = [];
  // All cases of a file have the same policy, baselines and repository, which is all that loading looks at.
  let used: UsedPolicy | null = null;
  const loaded = (facts: Facts) => (used ??= usePolicy(facts, allLintRules, allToolNames));
  for (const one of file.cases) {
    const outcome = runCase(one, file, texts, engine, loaded);
    if (Array.isArray(outcome)) problems.push(...outcome.map(file.problem));
    else results.push(outcome);
  }
  return problems.length > 0 ? { ok: false, problems: once(problems) } : { ok: true, trial: { file, texts, results } };
}

function runCase(
  one: TrialCase,
  file: CaseFile,
  texts: TrialTexts,
  engine: Facts["engine"],
  loaded: (facts: Facts) => UsedPolicy,
): CaseResult | CaseMistake[] {
  const made = factsOfCase(one, file, texts, engine);
  if (!made.ok) return made.mistakes;
  const { decision } = reviewChange(made.facts, engine, loaded(made.facts));
  const unknown = unknownRules(one, decision);
  if (unknown.length > 0) return unknown;
  return {
    name: one.name,
    line: one.place.line,
    differences: compareDecision(one.expect, decision),
    decision,
    facts: made.facts,
  };
}

function unknownRules({ expect, at }: TrialCase, { rules }: Decision): CaseMistake[] {
  const known = rules.map(({ id }) => id);
  return Object.keys(expect.rules ?? {}).flatMap((id): CaseMistake[] => {
    if (known.includes(id)) return [];
    const meant = closest(id, known);
    const fix = meant === null ? `Rules: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
    const what = `the policy has no rule ${showValue(id)}`;
    return [{ code: "CT006", at: [...at, "expect", "rules", id], onKey: true, what, fix }];
  });
}

/** A case that others go on from would otherwise be blamed once for each of them. */
function once(problems: readonly CaseProblem[]): CaseProblem[] {
  const byPlace = new Map(problems.map((problem) => [`${problem.line}:${problem.column} ${problem.what}`, problem]));
  return [...byPlace.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** This text as the policy of a trial's cases; null when it cannot be used. */
export function policyOfTrial({ results }: Trial, text: string): UsedPolicy | null {
  const [first] = results;
  if (first === undefined) return null;
  try {
    return usePolicy(withPolicy(first.facts, text), allLintRules, allToolNames);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Whether some case no longer comes out as expected under this text of the policy, as `policyOfTrial` loads it. */
export function isToldApart({ file, results }: Trial, text: string, used: UsedPolicy): boolean {
  return file.cases.some(({ expect }, index) => {
    const facts = results[index]?.facts;
    if (facts === undefined) return true;
    const { decision } = reviewChange(withPolicy(facts, text), facts.engine, used);
    return compareDecision(expect, decision).length > 0;
  });
}

function withPolicy(facts: Facts, text: string): Facts {
  return { ...facts, policy: mapEvidence(facts.policy, (policy) => ({ ...policy, text })) };
}
