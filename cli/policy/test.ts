import { Command } from "commander";
import { resolve } from "node:path";
import { CaseNeighbours, readCaseFiles, type CaseText } from "../../adapters/workspace/read-case-files.ts";
import { readNamedText } from "../../adapters/workspace/read-named-text.ts";
import { policyLimitBytes, type KeyPath } from "../../core/policy/index.ts";
import { loadCases, type CaseFile } from "../../core/trial/case-file.ts";
import { formatCaseProblem, type CaseMistake, type CaseProblem } from "../../core/trial/case-problem.ts";
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
      const read = await readTrials(paths, options, io);
      if (isBroken(read)) {
        if (options.json !== true) throw brokenCases(read);
        io.stdout(inertJson(jsonText({ version: 1, policies: [], problems: toldProblems(read) })));
        finish(exitCodes.usage);
        return;
      }
      const trials = read.flatMap(({ trial }) => (trial === null ? [] : [trial]));
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

async function readTrials(paths: readonly string[], options: TestOptions, io: Io): Promise<ReadTrial[]> {
  const files = await readCaseFiles(paths, io.cwd);
  return Promise.all(files.map((file) => readTrial(file, options, io)));
}

function isBroken(read: readonly ReadTrial[]): boolean {
  return read.some(({ problems, other }) => problems.length > 0 || other !== null);
}

/** Everything that is wrong with any of the files; of a policy that cannot be used, at the place that names it. */
function toldProblems(read: readonly ReadTrial[]): CaseProblem[] {
  return read.flatMap(({ problems, other }) => [...problems, ...(other === null ? [] : [other.placed])]);
}

interface ReadTrial {
  trial: Trial | null;
  problems: readonly CaseProblem[];
  /** What is wrong with the policy, as itself and at the place that names it. */
  other: { problem: Problem; placed: CaseProblem } | null;
}

/** What is sound of a file is played even if something else in it is wrong: all mistakes are told in one run. */
async function readTrial(file: CaseText, options: TestOptions, io: Io): Promise<ReadTrial> {
  const loaded = loadCases(file.text, { file: file.name });
  const known = loaded.ok ? [] : loaded.problems;
  const cases = loaded.ok ? loaded.cases : loaded.sound;
  if (cases === null) return { trial: null, problems: known, other: null };
  const unused = (problem: Problem) => ({ problem, placed: cases.problem(unusable(["policy"], problem)) });
  try {
    const texts = await readTexts(file, cases, options, io);
    if (Array.isArray(texts)) return { trial: null, problems: [...known, ...texts].sort(byPlace), other: null };
    const outcome = runTrial(cases, texts, engine);
    if (outcome.ok) return { trial: outcome.trial, problems: known, other: null };
    const other = outcome.policy === null ? null : unused(outcome.policy);
    return { trial: null, problems: [...known, ...outcome.problems].sort(byPlace), other };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { trial: null, problems: known, other: unused(error) };
  }
}

/** CT008 at the key that names the file. */
function unusable(at: KeyPath, { what, fix }: Problem): CaseMistake {
  return { code: "CT008", at, what: what.replace(/[.]$/, ""), fix };
}

function byPlace(a: CaseProblem, b: CaseProblem): number {
  return a.line - b.line || a.column - b.column;
}

function brokenCases(read: readonly ReadTrial[]): Problem {
  const problems = read.flatMap((one) => one.problems);
  const others = read.flatMap(({ other }) => (other === null ? [] : [other.problem]));
  const [first] = others;
  if (problems.length === 0 && first !== undefined && others.every(({ what }) => what === first.what)) return first;
  const count = problems.length + others.length === 1 ? "a problem" : `${problems.length + others.length} problems`;
  const lines = problems.map((problem) => `  ${formatCaseProblem(problem)}`);
  const beside = [...new Set(others.map(({ what }) => what))];
  return new Problem(
    [`The cases have ${count}, so nothing was tried:`, ...lines, ...beside].join("\n"),
    "Mend them, and try again.",
  );
}

/** The texts that the cases name, or what is wrong with the places that name them. */
async function readTexts(
  file: CaseText,
  cases: CaseFile,
  { policy }: TestOptions,
  io: Io,
): Promise<TrialTexts | CaseProblem[]> {
  const beside = new CaseNeighbours(file, io.cwd);
  const problems: CaseProblem[] = [];
  const named = <T>(at: KeyPath, text: Promise<T>): Promise<T | null> =>
    text.catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      problems.push(cases.problem(unusable(at, error)));
      return null;
    });
  const policyText =
    policy === undefined
      ? await named(["policy"], beside.policy(cases.policy))
      : { path: policy, text: await readNamedText(resolve(io.cwd, policy), policy, { limitBytes: policyLimitBytes }) };
  const listed = await Promise.all(
    cases.floors.map(async ({ file: written, ...rest }, index) => ({
      ...rest,
      text: (await named(["floors", index, "file"], beside.text(written, "floors"))) ?? "",
    })),
  );
  const codeowners =
    cases.codeownersFile === null
      ? null
      : await named(["codeowners_file"], beside.text(cases.codeownersFile, "codeowners_file"));
  if (policyText === null || problems.length > 0) return problems;
  return {
    policy: policyText,
    codeowners,
    floors: [...listed, ...(await beside.floors(policyText.text, listed))],
  };
}
