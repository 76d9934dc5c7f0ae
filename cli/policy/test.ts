import { Command } from "commander";
import { resolve } from "node:path";
import { CaseNeighbours, readCaseFiles, readLimited, type CaseText } from "../../adapters/workspace/read-case-files.ts";
import { loadCases, type CaseFile } from "../../core/trial/case-file.ts";
import { formatCaseProblem, type CaseProblem } from "../../core/trial/case-problem.ts";
import type { TrialTexts } from "../../core/trial/facts-of-case.ts";
import { runTrial, type Trial } from "../../core/trial/run-trial.ts";
import { failsIn, summariseTrials } from "../../core/trial/trial-report.ts";
import { jsonText } from "../../core/json-text.ts";
import { Problem } from "../../core/problem.ts";
import { inertJson } from "../../core/untrusted/index.ts";
import { engine } from "../../gate/engine.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";
import { trialJson, trialText } from "./print-trial.ts";

interface TestOptions {
  policy?: string;
  mutate?: boolean;
  requireCoverage?: boolean;
  json?: boolean;
}

/** `countersign policy test`: runs the cases that say what a policy should decide. */
export function policyTestCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("test")
    .description("run the cases that say what the policy should decide")
    .argument("[paths...]", "case files or folders of them (default: .github/countersign/*.test.yml)")
    .option("--policy <file>", "try the cases on this policy, whatever they name")
    .option("--mutate", "change the policy in one place after the other: some case must fail each time")
    .option("--require-coverage", "fail when a rule is never met, or never not met, in any case")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (paths: string[], options: TestOptions) => {
      const trials = await readTrials(paths, options, io);
      const summary = summariseTrials(trials, { mutate: options.mutate ?? false });
      io.stdout(options.json ? inertJson(jsonText(trialJson(summary))) : trialText(summary, options));
      const failed = failsIn(summary, { requireCoverage: options.requireCoverage ?? false });
      finish(failed ? exitCodes.fail : exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy test
  countersign policy test --mutate --require-coverage
  countersign policy test examples/policies --json`;

/** Every trial, or a `Problem` with everything that is wrong with any of the files. */
async function readTrials(paths: readonly string[], options: TestOptions, io: Io): Promise<Trial[]> {
  const files = await readCaseFiles(paths, io.cwd);
  const loaded = files.map((file) => ({ file, cases: loadCases(file.text, { file: file.name }) }));
  const problems = loaded.flatMap(({ cases }) => (cases.ok ? [] : cases.problems));
  if (problems.length > 0) throw brokenCases(problems);
  const trials: Trial[] = [];
  for (const { file, cases } of loaded) {
    if (!cases.ok) continue;
    const outcome = runTrial(cases.cases, await readTexts(file, cases.cases, options, io), engine);
    if (outcome.ok) trials.push(outcome.trial);
    else problems.push(...outcome.problems);
  }
  if (problems.length > 0) throw brokenCases(problems);
  return trials;
}

function brokenCases(problems: readonly CaseProblem[]): Problem {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${formatCaseProblem(problem)}`);
  return new Problem(
    [`The cases have ${count}, so nothing was tried:`, ...lines].join("\n"),
    "Mend them, and try again.",
  );
}

async function readTexts(file: CaseText, cases: CaseFile, { policy }: TestOptions, io: Io): Promise<TrialTexts> {
  const beside = new CaseNeighbours(file, io.cwd);
  const policyText =
    policy === undefined
      ? await beside.policy(cases.policy)
      : { path: policy, text: await readLimited(resolve(io.cwd, policy), policy) };
  const listed = await Promise.all(
    cases.baselines.map(async ({ file: written, ...rest }) => ({
      ...rest,
      text: await beside.text(written, "baselines"),
    })),
  );
  const codeowners = cases.codeownersFile === null ? null : await beside.text(cases.codeownersFile, "codeowners_file");
  return {
    policy: policyText,
    codeowners,
    baselines: [...listed, ...(await beside.baselines(policyText.text, listed))],
  };
}
