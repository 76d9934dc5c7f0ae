import { Problem } from "../core/problem.ts";
import { exitCodes } from "../gate/exit-code.ts";

/** What a command may touch of the world outside: handed in, so that a test can be the terminal. */
export interface Io {
  stdout: (text: string) => void;
  /** Settles when standard output can take more; false when nobody reads it any more. For output that comes in streams. */
  drained: () => Promise<boolean>;
  stderr: (text: string) => void;
  readStdin: () => Promise<Uint8Array>;
  terminal: Terminal | null;
  /** The same of standard error. */
  errorTerminal: Terminal | null;
  cwd: string;
  environment: Readonly<Record<string, string | undefined>>;
  now: () => Date;
}

/** The terminal that a stream is; null when it is none. */
export interface Terminal {
  columns: number;
  color: boolean;
}

/** The process's own. */
export function processIo(): Io {
  return {
    stdout: (text) => void process.stdout.write(text),
    drained,
    stderr: (text) => void process.stderr.write(text),
    readStdin,
    terminal: terminalOf(process.stdout, process.env),
    errorTerminal: terminalOf(process.stderr, process.env),
    cwd: process.cwd(),
    environment: process.env,
    now: () => new Date(),
  };
}

/** What is asked of a stream that may be a terminal. */
export interface MaybeTerminal {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  hasColors?: (count: number, environment: object) => boolean;
}

/**
 * Colour only on a terminal, whatever FORCE_COLOR says: reports in files and pipes hold no escape sequence. On one,
 * NO_COLOR (https://no-color.org: any value but the empty one) comes first, and then what Node makes of TERM and the rest.
 */
export function terminalOf(stream: MaybeTerminal, environment: Io["environment"]): Terminal | null {
  if (stream.isTTY !== true) return null;
  // Node would answer NO_COLOR too, but with a warning where FORCE_COLOR is also set.
  const color = !environment.NO_COLOR && stream.hasColors?.(16, environment) === true;
  // A terminal that does not know its width says 0.
  return { columns: stream.columns || 80, color };
}

/**
 * What becomes of output that cannot be written. A reader that has seen enough (`| head`) ends nothing: the exit code
 * still tells the decision. A full disk is said, and ends with 3: a report that was lost must not look like a pass.
 */
export function guardOutput(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A socket that was closed with text unread says so in other words than a pipe.
    if (error.code === "EPIPE" || error.code === "ECONNRESET") return;
    process.stderr.write(`error: Standard output could not be written (${error.code ?? error.message}).\n`);
    process.once("exit", () => (process.exitCode = exitCodes.usage));
  });
}

/** A closed pipe never drains: it ends the wait too. */
async function drained(): Promise<boolean> {
  const { stdout } = process;
  if (stdout.writableNeedDrain && !stdout.destroyed) {
    await new Promise<void>((resolve) => {
      const settled = (): void => {
        for (const event of ends) stdout.off(event, settled);
        resolve();
      };
      for (const event of ends) stdout.on(event, settled);
    });
  }
  return !stdout.destroyed && stdout.errored === null;
}

const ends = ["drain", "close", "error"] as const;

/** More is no commit message, and no list of a change's files. */
const stdinLimitBytes = 64 * 1024 * 1024;

async function readStdin(): Promise<Uint8Array> {
  if (process.stdin.isTTY) process.stderr.write("Reading standard input from the terminal; Ctrl-D ends it.\n");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > stdinLimitBytes)
      throw new Problem(
        `Standard input has more than ${stdinLimitBytes} bytes.`,
        "Give less at once: one message, or the files of one change.",
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
