import { fork, type ChildProcess } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AcrossAnswer, FileToLint, LintedFile } from "../../core/lint/index.ts";
import type { AskedLint, ToldLint } from "./lint-process.ts";

/** What reading one file may cost. */
export interface LintLimits {
  /** Of the process that reads, in megabytes of V8's heap. */
  heapMb: number;
  /** For one file, in milliseconds of the wall. */
  fileMs: number;
  /** How many times the process is started anew after a file ended it; the files after that are not read. */
  restarts: number;
}

export const lintLimits: LintLimits = { heapMb: 512, fileMs: 20_000, restarts: 20 };

/** The process is gone, and with it the file that it was reading. */
export class ReaderEnded extends Error {}

export type Across = Extract<AskedLint, { across: unknown }>["across"];

/** A process that reads, and that keeps nobody up while it is not asked. */
export interface Reader {
  read: (file: FileToLint, rules: readonly string[] | null, withEslint: boolean) => Promise<LintedFile>;
  readAcross: (across: Across, rules: readonly string[] | null) => Promise<AcrossAnswer>;
  /** Whether it can still be asked. */
  isAlive: () => boolean;
  end: () => void;
}

export async function startReader({ heapMb, fileMs }: LintLimits): Promise<Reader> {
  const { lintProcessUrl, lintProcessSign, ToldLint } = await import("./lint-process.ts");
  const script = fileURLToPath(lintProcessUrl);
  const child = fork(script, [], {
    // Nothing of the environment, which may hold secrets.
    env: { [lintProcessSign]: "1" },
    execArgv: [`--max-old-space-size=${heapMb}`, ...permissions(script)],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  let id = 0;
  const told = (asked: AskedLint) => ask(child, asked, fileMs, (message) => ToldLint.parse(message));
  return {
    async read(file, rules, withEslint) {
      const answer = await told({ id: (id += 1), file, rules: copyOf(rules), withEslint });
      if ("linted" in answer) return answer.linted;
      return notLooked(file, "failed" in answer ? `looking at it failed: ${answer.failed}` : otherShape);
    },
    async readAcross(across, rules) {
      const answer = await told({ id: (id += 1), across, rules: copyOf(rules) });
      if ("found" in answer) return answer.found;
      throw new ReaderEnded("failed" in answer ? answer.failed : otherShape);
    },
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null,
    end: () => void child.kill("SIGKILL"),
  };
}

const otherShape = "the process that reads gave an answer of another shape";

function copyOf(rules: readonly string[] | null): string[] | null {
  return rules === null ? null : [...rules];
}

/** It may read the folder of the program and its packages, and nothing else; it may write nothing and start nothing. */
function permissions(script: string): string[] {
  const program = join(dirname(script), "../..");
  const folders = [program, join(program, "node_modules")].filter((folder) => existsSync(folder));
  // A folder that is a link is read where it leads.
  const readable = [...new Set(folders.flatMap((folder) => [folder, realpathSync(folder)]))];
  return ["--permission", ...readable.map((folder) => `--allow-fs-read=${folder}/*`)];
}

/** V8 aborts when its memory is full; whoever kills a process for its memory sends a signal. */
function whyEnded(code: number | null, signal: string | null): string {
  if (signal !== null || code === abortCode)
    return "looking at it ended the process that reads: it took more memory than there is for one file";
  return `the process that reads ended with code ${code}`;
}

const abortCode = 134;

function ask(
  child: ChildProcess,
  asked: AskedLint,
  timeoutMs: number,
  parse: (message: unknown) => ToldLint,
): Promise<ToldLint> {
  return new Promise((resolve, reject) => {
    child.ref();
    child.channel?.ref();
    const stop = (why: string) => {
      done();
      reject(new ReaderEnded(why));
    };
    const timer = setTimeout(() => stop(`looking at it took longer than ${timeoutMs / 1000} seconds`), timeoutMs);
    const onExit = (code: number | null, signal: string | null) => stop(whyEnded(code, signal));
    const onError = (error: Error) => stop(`the process that reads could not be asked: ${error.message}`);
    const onMessage = (message: unknown) => {
      done();
      try {
        resolve(parse(message));
      } catch {
        reject(new ReaderEnded(otherShape));
      }
    };
    const done = () => {
      clearTimeout(timer);
      child.unref();
      child.channel?.unref();
      child.off("exit", onExit).off("error", onError).off("message", onMessage);
    };
    child.once("exit", onExit).once("error", onError).once("message", onMessage);
    child.send(asked, (error) => {
      if (error !== null) stop(`the process that reads could not be asked: ${error.message}`);
    });
  });
}

/** A file that nobody looked at, and why. */
export function notLooked({ path }: FileToLint, reason: string): LintedFile {
  return { findings: [], gone: [], unlessUsed: [], functions: [], notAnalysed: [{ path, reason }] };
}
