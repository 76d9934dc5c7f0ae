import { mapEvidence } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { closest, showValue, usePolicy, type Decision, type UsedPolicy } from "../policy/index.ts";
import { Problem } from "../problem.ts";
import { reviewChange, tryDecision } from "../review-change.ts";
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

export type TrialOutcome =
  | { ok: true; trial: Trial }
  | {
      ok: false;
      problems: CaseProblem[];
      /** Why the policy cannot be used, where that is so too. */
      policy: Problem | null;
    };

/**
 * Runs every case through the engine that enforces: the same loader, the same facts, the same decision. Pure.
 * @throws {Problem} when the policy cannot be used, and nothing else is wrong
 */
export function runTrial(file: CaseFile, texts: TrialTexts, engine: Facts["engine"]): TrialOutcome {
  const made = file.cases.map((one) => ({ one, made: factsOfCase(one, file, texts, engine) }));
  const mistakes = made.flatMap((each) => (each.made.ok ? [] : each.made.mistakes));
  const loaded = loadOnce(file, texts, engine);
  if (loaded instanceof Problem) {
    if (mistakes.length === 0) throw loaded;
    return { ok: false, problems: once(mistakes.map(file.problem)), policy: loaded };
  }
  const unknown = unknownRules(file.expectedRules, loaded.ids);
  const problems = [...mistakes, ...unknown].map(file.problem);
  if (problems.length > 0) return { ok: false, problems: once(problems), policy: null };
  const results = made.flatMap((each) => (each.made.ok ? [resultOf(each.one, each.made.facts, loaded.used)] : []));
  return { ok: true, trial: { file, texts, results } };
}

/** All cases of a file have the same policy, floors and repository, which is all that loading looks at. */
function loadOnce(
  file: CaseFile,
  texts: TrialTexts,
  engine: Facts["engine"],
): { used: UsedPolicy; ids: string[] } | Problem {
  const made = factsOfCase(plainCase, { repository: file.repository }, texts, engine);
  if (!made.ok) throw new Error("a case that says nothing cannot be played");
  try {
    const used = usePolicy(made.facts, allLintRules, allToolNames);
    return { used, ids: reviewChange(made.facts, engine, used).decision.rules.map(({ id }) => id) };
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

const plainCase: TrialCase = {
  ...{ name: "", at: [], place: { line: 1, column: 1 }, change: {}, setting: {} },
  ...{ writtenAt: new Map(), steps: [], expect: {} },
};

function resultOf(one: TrialCase, facts: Facts, used: UsedPolicy): CaseResult {
  const { decision } = reviewChange(facts, facts.engine, used);
  const differences = compareDecision(one.expect, decision);
  return { name: one.name, line: one.place.line, differences, decision, facts };
}

function unknownRules(expected: CaseFile["expectedRules"], known: readonly string[]): CaseMistake[] {
  return expected.flatMap(({ id, at }): CaseMistake[] => {
    if (known.includes(id)) return [];
    const meant = closest(id, known);
    const fix = meant === null ? `Rules: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
    const what = `the policy has no rule ${showValue(id)}`;
    return [{ code: "CT006", at, onKey: true, what, fix }];
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
    return compareDecision(expect, tryDecision(withPolicy(facts, text), used)).length > 0;
  });
}

function withPolicy(facts: Facts, text: string): Facts {
  return { ...facts, policy: mapEvidence(facts.policy, (policy) => ({ ...policy, text })) };
}
