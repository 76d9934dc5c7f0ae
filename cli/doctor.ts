import { Command } from "commander";
import { renderDoctor, renderDoctorJson, diagnose, type Advice } from "../app/doctor/index.ts";
import { appManifest } from "../app/setup/app-manifest.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { readDoctorFacts, type DoctorOptions } from "./doctor-facts.ts";
import type { Io } from "./io.ts";

/** `countersign doctor`: what is right and wrong about how the gate is set up. Changes nothing. */
export function doctorCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("doctor")
    .description("say what is wrong with how the gate is set up: branch rules, App, policy, workflows")
    .option("--repo <path>", "a clone of the repository (default: the current folder)")
    .option(
      "--repository <owner/name>",
      "the repository on GitHub (default: GITHUB_REPOSITORY, or the clone's `origin`)",
    )
    .option("--branch <name>", "the branch that changes are merged into (default: GitHub's default branch)")
    .option("--check-name <name>", "what the App's check is called", "countersign")
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action(async (options: DoctorOptions & { json?: boolean }) => {
      const facts = await readDoctorFacts(options, io);
      const advice = diagnose(facts, appManifest());
      io.stdout(options.json ? renderDoctorJson(advice, facts) : renderDoctor(advice, facts));
      finish(exitOf(advice));
    });
}

const help = `
The branch's rules are read with the token in GITHUB_TOKEN (or GH_TOKEN), the App with its own settings (APP_ID,
PRIVATE_KEY, ...), the policy, CODEOWNERS and workflows in the clone. What cannot be read is told, and never passes.

Exit code: 1 with an error, else 2 when something could not be read, else 0.

Examples
  GITHUB_TOKEN=... countersign doctor
  countersign doctor --repository acme/orders --branch main --json`;

function exitOf(advice: readonly Advice[]): ExitCode {
  if (advice.some(({ level }) => level === "error")) return exitCodes.fail;
  return advice.some(({ level }) => level === "unread") ? exitCodes.undecided : exitCodes.pass;
}
