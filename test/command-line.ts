import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type { Io, Terminal } from "../cli/io.ts";
import { runCli } from "../cli/run-cli.ts";

/** What one command came to. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  /** Where the command runs; the system's root unless told, which no test may write to. */
  cwd?: string;
  stdin?: string | Uint8Array;
  /** None unless told. */
  terminal?: Terminal;
  /** What standard error is; no terminal unless told. */
  errorTerminal?: Terminal;
  environment?: Io["environment"];
  now?: string;
}

/** Runs a command in this process, with the test as its terminal. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const output: string[] = [];
  const errors: string[] = [];
  const code = await runCli(args, {
    stdout: (text) => void output.push(text),
    stderr: (text) => void errors.push(text),
    drained: () => Promise.resolve(true),
    readStdin: () => Promise.resolve(Buffer.from(options.stdin ?? "")),
    terminal: options.terminal ?? null,
    errorTerminal: options.errorTerminal ?? null,
    cwd: options.cwd ?? "/",
    environment: options.environment ?? {},
    now: () => new Date(options.now ?? "2026-11-21T08:00:00Z"),
  });
  return { code, stdout: output.join(""), stderr: errors.join("") };
}

export const projectRoot = resolve(import.meta.dirname, "..");

/** Runs a script of the project as a process of its own, with nothing of this one's environment but where programs are. */
export function runScript(
  script: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; environment?: Record<string, string> } = {},
): CommandResult {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [resolve(projectRoot, script), ...args], {
    cwd: options.cwd ?? projectRoot,
    input: options.input ?? "",
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...options.environment },
  });
  if (status === null) throw new Error(`${script} did not end by itself`, { cause: error });
  return { code: status, stdout, stderr };
}
