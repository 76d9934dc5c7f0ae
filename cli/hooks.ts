import { Command, Option } from "commander";
import { relative, resolve } from "node:path";
import { quoted } from "../adapters/hooks/hook-texts.ts";
import { install, planInstall, type InstallRequest } from "../adapters/hooks/install.ts";
import { findPlaces, type Places } from "../adapters/hooks/places.ts";
import { agentsInUse } from "../adapters/hooks/plan-agents.ts";
import { readPromptSettings } from "../adapters/hooks/prompt-key.ts";
import { readInstallation } from "../adapters/hooks/record.ts";
import { readStatus } from "../adapters/hooks/status.ts";
import type { Step } from "../adapters/hooks/steps.ts";
import { uninstall } from "../adapters/hooks/uninstall.ts";
import { agentNames, agentSettings, type AgentName } from "../core/capture/index.ts";
import { errorCode, Problem } from "../core/problem.ts";
import { tools } from "../core/provenance/index.ts";
import { inertText, showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

interface HooksOptions {
  repo?: string;
  agent?: AgentName[];
  command?: string;
  dryRun?: boolean;
}

const actions = ["install", "uninstall", "status"] as const;

/** `countersign hooks`: puts the hooks of git and of coding agents in place, takes them away, and says what is there. */
export function hooksCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("hooks")
    .description(
      "note by itself, at every commit, which agent wrote it: put the hooks for that in place, or take them away",
    )
    .argument("<action>", "install, uninstall or status")
    .option("--repo <path>", "the repository (default: the current folder)")
    .addOption(
      new Option("--agent <name...>", "the agents to set up (default: those with files here)").choices(agentNames),
    )
    .option("--command <command>", "how agents start Countersign (default: this program by its path)")
    .option("--dry-run", "say what would be done, and do nothing")
    .addHelpText("after", examples)
    .action((action: string, options: HooksOptions) => {
      const places = placesOf(resolve(io.cwd, options.repo ?? "."));
      if (action === "install") sayingWhere(() => runInstall(places, options, io));
      else if (action === "uninstall") sayingWhere(() => runUninstall(places, options, io));
      else if (action === "status")
        io.stdout(
          readStatus(places)
            .map((line) => `${inertText(line)}\n`)
            .join(""),
        );
      else throw unknownAction(action);
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign hooks install --agent claude codex
  countersign hooks status
  countersign hooks uninstall`;

function unknownAction(action: string): Problem {
  return new Problem(
    `\`${inertText(action)}\` is nothing that can be done with hooks.`,
    `Say one of: ${actions.join(", ")}.`,
  );
}

function placesOf(folder: string): Places {
  const places = findPlaces(folder);
  if (places !== null) return places;
  throw new Problem(
    `${showPath(folder)} is not in a working tree of git.`,
    "Run the command inside a clone, or point `--repo` at one.",
  );
}

/** A file that cannot be read or written is nothing that we did wrong. */
function sayingWhere(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error && "path" in error)) throw error;
    throw new Problem(
      `${showPath(String(error.path))} cannot be read or written (${errorCode(error)}).`,
      "Look at what stands there and who may change it, and run the command again.",
      { cause: error },
    );
  }
}

function runInstall(places: Places, options: HooksOptions, io: Io): void {
  const before = readInstallation(places);
  const request: InstallRequest = {
    agents: options.agent ?? before?.agents ?? agentsInUse(places),
    program: options.command ?? `${quoted(process.execPath)} ${quoted(resolve(process.argv[1] ?? "countersign"))}`,
    toolMails: toolMails(),
  };
  if (options.dryRun === true) {
    if (before !== null) io.stdout("Installed already; installing again would put the same in place anew.\n");
    else for (const step of planInstall(places, request)) io.stdout(`${shown(step, places)}\n`);
    return;
  }
  const { steps } = install(places, request);
  if (before === null) for (const step of steps) io.stdout(`${shown(step, places)}\n`);
  const agents = request.agents.map((agent) => `${agent} (${agentSettings[agent].file})`);
  io.stdout(
    agents.length > 0
      ? `Installed for git and ${agents.join(", ")}. \`countersign hooks uninstall\` takes it all away.\n`
      : "Installed for git. No agent has files here; name those that you use with `--agent`.\n",
  );
  io.stderr(promptNote(places, io));
}

function promptNote(places: Places, io: Io): string {
  const settings = readPromptSettings(places.workTree, io.environment);
  if (settings === null)
    return "note: one of the key for prompts and its name is missing, so no fingerprint of a prompt is written. Give both: docs/capture.md.\n";
  return settings.key === null
    ? "note: without a key, anybody can check a guess at a prompt against its fingerprint, and short prompts are guessed easily. Set countersign.promptKeyFile and countersign.promptKeyId with `git config`.\n"
    : "";
}

function runUninstall(places: Places, { dryRun }: HooksOptions, io: Io): void {
  if (dryRun === true) {
    const steps = readInstallation(places)?.steps ?? [];
    for (const step of steps.toReversed()) io.stdout(`undo: ${shown(step, places)}\n`);
    return;
  }
  const left = uninstall(places, { keepState: false });
  if (left === null) io.stdout("Nothing was installed here.\n");
  else if (left.length === 0) io.stdout("Uninstalled. Everything is as it was before.\n");
  else {
    const paths = left.map((path) => `  ${showPath(relative(places.workTree, path))}\n`);
    io.stdout(`Uninstalled, but for these, which somebody else changed, replaced or put there:\n${paths.join("")}`);
  }
}

function shown(step: Step, { workTree }: Places): string {
  const name = (path: string): string => showPath(relative(workTree, path));
  switch (step.kind) {
    case "write":
      return `${step.before === null ? "write" : "add to"} ${name(step.path)}`;
    case "folder":
      return `make ${name(step.path)}/`;
  }
}

/** The mailboxes that tools sign with; an ending for accounts, whose mail begins with a number. */
function toolMails(): string[] {
  return tools
    .filter((tool) => tool.kind === "agent")
    .flatMap((tool) => tool.identities ?? [])
    .filter((identity) => identity.names === undefined && identity.suggestion !== true)
    .flatMap(({ mail, login }) => [
      ...(mail === undefined ? [] : [mail]),
      ...(login === undefined ? [] : [`+${login}@users.noreply.github.com`]),
    ]);
}
