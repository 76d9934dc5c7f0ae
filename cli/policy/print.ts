import { Command } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { printablePolicy } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { renderPrintedPolicy } from "../../core/report/index.ts";
import { allLintRules, allToolNames } from "../../core/rules.ts";
import { inertJson, inertMultiline } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";
import { refuseProblems, type PolicyText } from "./policy-file.ts";
import {
  readAskedPolicy,
  readSurroundings,
  withSurroundingsOptions,
  type SurroundingsOptions,
} from "./surroundings.ts";

interface PrintOptions extends SurroundingsOptions {
  resolved?: boolean;
  json?: boolean;
}

/** `countersign policy print`: the policy as it stands, or with everything that it builds on. */
export function policyPrintCommand(io: Io, finish: (code: ExitCode) => void): Command {
  const command = new Command("print")
    .description("print the policy, or with --resolved what it comes to with all that it builds on")
    .argument("[file]", "the policy (default: .github/countersign.yml in the working tree, or that of --facts)")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--resolved", "with its presets merged, its digest, and where each area and rule was written");
  return withSurroundingsOptions(
    command,
    "saved facts: their policy, or the policies of other repositories that a file builds on",
  )
    .option("--json", "print JSON: the merged file, its origins, and the resolved policy that the digest is of")
    .addHelpText("after", examples)
    .action(async (name: string | undefined, options: PrintOptions) => {
      const policyFile = await readAskedPolicy(name, options, io);
      if (options.resolved !== true) {
        refuseJson(options);
        io.stdout(inertMultiline(policyFile.text, { maxGraphemes: longest }));
      } else io.stdout(await resolved(policyFile, options, io));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy print --resolved
  countersign policy print --resolved --json policies/enforce.yml`;

/** More than the limit of a policy's bytes. */
const longest = 300_000;

function refuseJson({ json }: PrintOptions): void {
  if (json !== true) return;
  throw new Problem("The file as it stands is YAML.", "Add `--resolved` for JSON, or leave out `--json`.");
}

async function resolved(policyFile: PolicyText, options: PrintOptions, io: Io): Promise<string> {
  const { path: file, text } = policyFile;
  const { floors, organisation } = await readSurroundings(policyFile, options, io);
  const known = { file, lintRules: allLintRules, tools: allToolNames, floors, organisation };
  const { printed } = refuseProblems(printablePolicy(text, known), file);
  if (options.json !== true) return renderPrintedPolicy(printed, file);
  return inertJson(jsonText({ version: 1, file, ...printed }, 12));
}
