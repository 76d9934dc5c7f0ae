import { loadCases } from "../../../core/trial/case-file.ts";
import { formatCaseProblem } from "../../../core/trial/case-problem.ts";
import { runTrial, type CaseResult, type Trial } from "../../../core/trial/run-trial.ts";

export const engine = { name: "countersign" as const, version: "0.0.0" };

/** The cases under a policy, or what is wrong with them. */
export function tryCases(cases: string, policy: string, codeowners: string | null = null): Trial | string[] {
  const loaded = loadCases(cases, { file: "gate.test.yml" });
  if (!loaded.ok) return loaded.problems.map(formatCaseProblem);
  const texts = { policy: { path: "countersign.yml", text: policy }, codeowners, floors: [] };
  const outcome = runTrial(loaded.cases, texts, engine);
  return outcome.ok ? outcome.trial : outcome.problems.map(formatCaseProblem);
}

/** The results; a mistake in the cases is one of the test's own. */
export function resultsOf(cases: string, policy: string): CaseResult[] {
  const trial = tryCases(cases, policy);
  if (Array.isArray(trial)) throw new Error(trial.join("\n"));
  return trial.results;
}

/** The facts of the only case that this `change` and the rest of a case make. */
export function factsOf(yaml: string) {
  const [result] = resultsOf(`cases:\n  - name: a\n    expect: { decision: pass }\n${indented(yaml)}`, "version: 1\n");
  if (result === undefined) throw new Error("there is no case");
  return result.facts;
}

function indented(yaml: string): string {
  return yaml
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
