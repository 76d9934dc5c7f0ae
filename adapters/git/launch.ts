import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** How git is started, and what it is given. */
export interface LaunchOptions {
  cwd: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  input: string | Uint8Array | undefined;
  /** After so many milliseconds it is ended; 0 for never. */
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** A git that runs. `error` comes in place of `close` where it did not start, or its signal was aborted. */
export interface Launched {
  stdout: Readable;
  stderr: Readable;
  kill: () => void;
  on: ((event: "error", listener: (error: Error) => void) => unknown) &
    ((event: "close", listener: (code: number | null, signal: NodeJS.Signals | null) => void) => unknown);
}

/** Starts git. `launcher` starts it from another, smaller process. */
export type Launch = (args: readonly string[], options: LaunchOptions) => Launched;

/** From this process. */
export const launchHere: Launch = (args, { cwd, env, input, timeoutMs, signal }) => {
  const child = spawn("git", args, {
    ...{ cwd, env, timeout: timeoutMs, stdio: ["pipe", "pipe", "pipe"], windowsHide: true },
    ...(signal === undefined ? {} : { signal }),
  });
  // Git may end before it has read everything; that shows in its exit code.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return child;
};
