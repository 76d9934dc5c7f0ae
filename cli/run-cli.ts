import { Command, CommanderError } from "commander";
import { Problem } from "../core/problem.ts";
import { inertMultiline, redact } from "../core/untrusted/index.ts";
import { engine } from "../gate/engine.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

/** Runs one command line (without the program's name) and returns its exit code. Never throws. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.pass;
  const finish = (result: ExitCode): void => void (code = result);
  return explained(io, async () => {
    const asked = helpAsFlag(args);
    const root = await program(io, finish, neededFor(asked));
    await root.parseAsync([...asked], { from: "user" });
    return code;
  });
}

/** `help policy explain` is `policy explain --help`: commander's own `help` looks at one name alone. */
function helpAsFlag(args: readonly string[]): readonly string[] {
  return args[0] === "help" && args.length > 2 ? [...args.slice(1), "--help"] : args;
}

/** What `run` comes to. Whatever it throws is said on standard error and becomes an exit code: never a pass. */
export async function explained(io: Io, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    return explain(error, io);
  }
}

/** The command line as a whole, or with some of its commands; help texts and docs derive from it. */
export async function program(
  io: Io,
  finish: (code: ExitCode) => void,
  loaded: Iterable<LoadCommand> = commands.values(),
): Promise<Command> {
  const columns = () => io.terminal?.columns ?? 80;
  const root = new Command("countersign")
    .description("A provenance gate: who or what wrote a change, whether tests reach it, and whether it may merge.")
    .version(engine.version)
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: (text, write) => write(harmless(text)),
      getOutHelpWidth: columns,
      getErrHelpWidth: columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ minWidthToWrap: 20 })
    .showHelpAfterError("(`countersign --help` lists the commands, `countersign <command> --help` their options)")
    .showSuggestionAfterError()
    .addHelpText("after", exitCodeHelp)
    .exitOverride()
    .hook("preAction", (_root, command) => refuseEmptyValues(command));
  for (const load of loaded) {
    const command = await load();
    root.addCommand(inherit(command(io, finish), root));
  }
  return root;
}

type LoadCommand = () => Promise<(io: Io, finish: (code: ExitCode) => void) => Command>;

/** In the order of the help. Each is loaded when it is asked for: an agent's hook does not wait for the policy's parser. */
const commands = new Map<string, LoadCommand>([
  ["check", async () => (await import("./check.ts")).checkCommand],
  ["lint", async () => (await import("./lint.ts")).lintCommand],
  ["trailers", async () => (await import("./trailers.ts")).trailersCommand],
  ["blame", async () => (await import("./blame.ts")).blameCommand],
  ["history", async () => (await import("./history.ts")).historyCommand],
  ["calibrate", async () => (await import("./calibrate.ts")).calibrateCommand],
  ["tools", async () => (await import("./tools.ts")).toolsCommand],
  ["attest", async () => (await import("./attest.ts")).attestCommand],
  ["verify", async () => (await import("./verify.ts")).verifyCommand],
  ["fingerprint", async () => (await import("./fingerprint.ts")).fingerprintCommand],
  ["hooks", async () => (await import("./hooks.ts")).hooksCommand],
  ["capture", async () => (await import("./capture.ts")).captureCommand],
  ["owners", async () => (await import("./owners.ts")).ownersCommand],
  ["policy", async () => (await import("./policy.ts")).policyCommand],
  ["app", async () => (await import("./app.ts")).appCommand],
  ["audit", async () => (await import("./audit.ts")).auditCommand],
  ["doctor", async () => (await import("./doctor.ts")).doctorCommand],
]);

/** The version needs no command, and one that is named no other; help and mistakes speak of them all. */
function neededFor([first = ""]: readonly string[]): LoadCommand[] {
  if (first === "--version" || first === "-V") return [];
  const named = commands.get(first);
  return named === undefined ? [...commands.values()] : [named];
}

/** Output, width and errors as of the command above, for the command and for those that it groups. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const grouped of command.commands) inherit(grouped, command);
  return command;
}

const exitCodeHelp = `
Exit codes
  0  pass or warn            1  block (or what --fail-on names)
  2  undecided               3  a mistake in flags, policy or input
  4  a fault of Countersign's own

Example
  countersign check --base origin/main`;

/** `--base "$BASE"` with BASE unset must not quietly mean the default, nor the current folder. */
function refuseEmptyValues(command: Command): void {
  const values = command.opts<Record<string, unknown>>();
  for (const option of command.options) {
    const value = values[option.attributeName()];
    if (![value].flat().includes("")) continue;
    throw new Problem(
      `${option.long ?? option.flags} is empty.`,
      "Give it a value or leave it out. In a script, the variable that should hold the value may not be set.",
    );
  }
}

function explain(error: unknown, io: Io): ExitCode {
  // Help and version end by an "error" of code 0; usage errors have been printed by then.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
  if (error instanceof Problem) {
    io.stderr(`error: ${harmless(error.what)}\n  ${harmless(error.fix)}\n`);
    return exitCodes.usage;
  }
  io.stderr(`Countersign failed, and it is not your fault. No decision was made.\n${harmless(describe(error))}\n`);
  return exitCodes.fault;
}

/** Our own mistake keeps its stack and its causes. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by: ${describe(error.cause)}`;
}

/** Long enough for every problem of a policy. */
const longestMessage = 100_000;

/**
 * Redacted on both sides of the cleaning: dropping the invisible characters of a text can bring the parts of a secret
 * together.
 */
function harmless(text: string): string {
  return redact(inertMultiline(redact(text), { maxGraphemes: longestMessage }));
}
