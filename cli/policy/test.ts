import { Command } from "commander";
import { resolve } from "node:path";
import { CaseNeighbours, readCaseFiles, type CaseText } from "../../adapters/workspace/read-case-files.ts";
import { readNamedText } from "../../adapters/workspace/read-named-text.ts";
import { policyLimitBytes } from "../../core/policy/index.ts";
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
import { trialJson, trialText } from "../../core/trial/print-trial.ts";

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
  const read = await Promise.all(files.map((file) => readTrial(file, options, io)));
  const problems = read.flatMap((one) => one.problems);
  const others = read.flatMap(({ other }) => (other === null ? [] : [other]));
  const [first] = others;
  if (problems.length === 0 && first !== undefined) throw first;
  if (problems.length > 0) throw brokenCases(problems, others);
  return read.flatMap(({ trial }) => (trial === null ? [] : [trial]));
}

interface ReadTrial {
  trial: Trial | null;
  problems: readonly CaseProblem[];
  /** What is wrong with the policy, or another file that the cases name. */
  other: Problem | null;
}

/** What is sound of a file is played even if something else in it is wrong: all mistakes are told in one run. */
async function readTrial(file: CaseText, options: TestOptions, io: Io): Promise<ReadTrial> {
  const loaded = loadCases(file.text, { file: file.name });
  const known = loaded.ok ? [] : loaded.problems;
  const cases = loaded.ok ? loaded.cases : loaded.sound;
  if (cases === null) return { trial: null, problems: known, other: null };
  try {
    const outcome = runTrial(cases, await readTexts(file, cases, options, io), engine);
    if (outcome.ok) return { trial: outcome.trial, problems: known, other: null };
    return { trial: null, problems: [...known, ...outcome.problems].sort(byPlace), other: outcome.policy };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { trial: null, problems: known, other: error };
  }
}

function byPlace(a: CaseProblem, b: CaseProblem): number {
  return a.line - b.line || a.column - b.column;
}

function brokenCases(problems: readonly CaseProblem[], others: readonly Problem[]): Problem {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${formatCaseProblem(problem)}`);
  const beside = [...new Set(others.map(({ what }) => what))];
  return new Problem(
    [`The cases have ${count}, so nothing was tried:`, ...lines, ...beside].join("\n"),
    "Mend them, and try again.",
  );
}

async function readTexts(file: CaseText, cases: CaseFile, { policy }: TestOptions, io: Io): Promise<TrialTexts> {
  const beside = new CaseNeighbours(file, io.cwd);
  const policyText =
    policy === undefined
      ? await beside.policy(cases.policy)
      : { path: policy, text: await readNamedText(resolve(io.cwd, policy), policy, { limitBytes: policyLimitBytes }) };
  const listed = await Promise.all(
    cases.floors.map(async ({ file: written, ...rest }) => ({
      ...rest,
      text: await beside.text(written, "floors"),
    })),
  );
  const codeowners = cases.codeownersFile === null ? null : await beside.text(cases.codeownersFile, "codeowners_file");
  return {
    policy: policyText,
    codeowners,
    floors: [...listed, ...(await beside.floors(policyText.text, listed))],
  };
}
