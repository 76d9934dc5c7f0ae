import { Command, Option } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { digestOf, PolicyPlaceProblem, repositoryWarnings } from "../../core/policy/index.ts";
import {
  checkedProblems,
  policyAnnotations,
  renderCheckedPolicy,
  renderPolicySarif,
  type CheckedPolicy,
  type CheckedProblem,
} from "../../core/report/index.ts";
import { Problem } from "../../core/problem.ts";
import { inertJson } from "../../core/untrusted/index.ts";
import { engine } from "../../gate/engine.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";
import { terminalOptions } from "../print-review.ts";
import { isOnlyUnread, loadPolicyFile } from "./policy-file.ts";
import { viewRepository, type ViewedRepository } from "./repository-view.ts";
import {
  readAskedPolicy,
  readSurroundings,
  withSurroundingsOptions,
  type SurroundingsOptions,
} from "./surroundings.ts";

const formats = ["terminal", "json", "sarif", "github"] as const;

interface CheckOptions extends SurroundingsOptions {
  format?: (typeof formats)[number];
  json?: boolean;
  strict?: boolean;
}

/** `countersign policy check`: what is wrong with the policy, and what is probably not meant. */
export function policyCheckCommand(io: Io, finish: (code: ExitCode) => void): Command {
  const command = new Command("check")
    .description("say everything that is wrong with the policy, or probably not meant")
    .argument("[file]", "the policy (default: .github/countersign.yml in the working tree, or that of --facts)")
    .option("--repo <path>", "the repository (default: the current folder)");
  return withSurroundingsOptions(
    command,
    "saved facts: their policy, or for a file the members of teams and the policies of other repositories",
  )
    .addOption(new Option("--format <format>", "what to print (default: terminal)").choices(formats))
    .option("--json", "the same as --format json")
    .option("--strict", "exit 1 when there are warnings")
    .addHelpText("after", examples)
    .action(async (file: string | undefined, options: CheckOptions) => {
      const format = formatOf(options);
      const checked = await checkPolicy(file, options, io);
      await print(format, checked, io);
      finish(exitOf(checked, options));
    });
}

const examples = `
Examples
  countersign policy check
  countersign policy check policies/enforce.yml --strict
  countersign policy check --format sarif > policy.sarif`;

function formatOf({ format, json }: CheckOptions): (typeof formats)[number] {
  if (json === true && format !== undefined && format !== "json") {
    const what = `--json is the same as --format json, so it cannot go with --format ${format}.`;
    throw new Problem(what, "Leave out one of the two.");
  }
  return format ?? (json === true ? "json" : "terminal");
}

/** Everything that is wrong with a policy or probably not meant, and with CODEOWNERS around it. */
export function checkPolicy(name: string | undefined, options: SurroundingsOptions, io: Io): Promise<CheckedPolicy> {
  return check(name, options, io).catch(misplaced);
}

async function check(name: string | undefined, options: SurroundingsOptions, io: Io): Promise<CheckedPolicy> {
  const policyFile = await readAskedPolicy(name, options, io);
  const { path: file, text, repository } = policyFile;
  const surroundings = await readSurroundings(policyFile, options, io);
  const loaded = loadPolicyFile(policyFile, io.now().toISOString(), surroundings);
  const viewed = await viewRepository(repository, surroundings);
  const owners = codeownersProblems(viewed);
  if (!loaded.ok) {
    const unread = isOnlyUnread(loaded) && wasNotAskedFor(options);
    const problems = [...checkedProblems(unread ? "warning" : "error", loaded.problems), ...owners];
    return { file, state: unread ? "incomplete" : "broken", digest: null, rules: 0, areas: 0, problems };
  }
  const { policy, warnings } = loaded;
  const found = repositoryWarnings(policy, { file, text }, viewed.view);
  return {
    file,
    state: "loads",
    digest: digestOf(policy),
    rules: policy.rules.length,
    areas: policy.areas.length,
    problems: [...checkedProblems("warning", [...warnings, ...found].sort(byPlace)), ...owners],
  };
}

/** A policy that is not where it must be is told as every other problem, in whichever format; it has no text to point into. */
function misplaced(error: unknown): CheckedPolicy {
  if (!(error instanceof PolicyPlaceProblem)) throw error;
  const { file, what, fix } = error;
  const said = what
    .replace(/^CS024: /, "")
    .replace(/^There /, "there ")
    .replace(/\.$/, "");
  const problem = { level: "error", file, line: 1, column: 1, code: "CS024", path: "", what: said, fix } as const;
  return { file, state: "broken", digest: null, rules: 0, areas: 0, problems: [problem] };
}

/** Whoever names a place to take it from is told as an error that it was not there. */
function wasNotAskedFor({ facts, floor, fetchFloors }: SurroundingsOptions): boolean {
  return facts === undefined && floor === undefined && fetchFloors === undefined;
}

function byPlace(a: { line: number; column: number }, b: { line: number; column: number }): number {
  return a.line - b.line || a.column - b.column;
}

function codeownersProblems({ codeowners }: ViewedRepository): CheckedProblem[] {
  if (codeowners === null) return [];
  return codeowners.diagnoses.map(({ line, column, says, fix }) => ({
    ...{ level: "warning", file: codeowners.path, line: line ?? 1, column: column ?? 1, code: "CS205", path: "" },
    ...{ what: says.replace(/\.$/, ""), fix: fix ?? "`countersign owners --check` tells more." },
  }));
}

async function print(format: (typeof formats)[number], checked: CheckedPolicy, io: Io): Promise<void> {
  if (format !== "github") {
    io.stdout(render(format, checked, io));
    return;
  }
  // Loaded only here: the runner's library is large.
  const { applyAnnotations } = await import("../../adapters/github/apply-annotations.ts");
  applyAnnotations(policyAnnotations(checked));
}

function render(format: "terminal" | "json" | "sarif", checked: CheckedPolicy, io: Io): string {
  if (format === "json") return inertJson(jsonText({ version: 1, ...checked }));
  return format === "sarif" ? renderPolicySarif(checked, engine) : renderCheckedPolicy(checked, terminalOptions(io));
}

function exitOf({ state, problems }: CheckedPolicy, { strict }: CheckOptions): ExitCode {
  if (state === "broken") return exitCodes.usage;
  return strict === true && problems.length > 0 ? exitCodes.fail : exitCodes.pass;
}
