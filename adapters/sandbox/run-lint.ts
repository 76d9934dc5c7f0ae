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

/**
 * Looks for the patterns in each file, in a small process of its own: text that makes a parser run for ever, or out of
 * memory, ends that process and not this one. Every file gets its answer, in the order given: what was seen, or why it was
 * not looked at. No process is started for no file.
 */
export async function* runLint(
  files: AsyncIterable<FileToLint> | Iterable<FileToLint>,
  rules: readonly string[] | null = null,
  limits: LintLimits = lintLimits,
): AsyncGenerator<LintedFile, void, undefined> {
  let reader: Reader | null = null;
  let faults = 0;
  try {
    for await (const file of files) {
      if (faults > limits.restarts) {
        yield notLooked(file, tooManyFaults);
        continue;
      }
      reader ??= await startReader(limits);
      try {
        yield await reader.read(file, rules, true);
      } catch (error) {
        if (!(error instanceof ReaderEnded)) throw error;
        reader.end();
        reader = null;
        faults += 1;
        yield mayAskEslint(file) ? await readWithoutEslint(file, rules, limits, error) : notLooked(file, error.message);
      }
    }
  } finally {
    reader?.end();
  }
}

/** Only where a directive for it stands in the file is ESLint run. */
function mayAskEslint({ head }: FileToLint): boolean {
  return head?.includes("eslint") ?? false;
}

/** Where ESLint may be what ended the process, what our own patterns find is not lost. */
async function readWithoutEslint(
  file: FileToLint,
  rules: readonly string[] | null,
  limits: LintLimits,
  first: ReaderEnded,
): Promise<LintedFile> {
  const reader = await startReader(limits);
  try {
    const linted = await reader.read(file, rules, false);
    const reason = `what its directives for ESLint hide is not known: ${first.message}`;
    return { ...linted, notAnalysed: [...linted.notAnalysed, { path: file.path, reason }] };
  } catch (error) {
    if (!(error instanceof ReaderEnded)) throw error;
    return notLooked(file, error.message);
  } finally {
    reader.end();
  }
}

/**
 * What files of a change hold that only the rest of the repository tells, by one process that reads all of it; or why
 * nobody looked.
 */
export async function runAcross(
  across: Across,
  rules: readonly string[] | null = null,
  limits: LintLimits = lintLimits,
): Promise<AcrossAnswer | { reason: string }> {
  const reader = await startReader(limits);
  try {
    return await reader.readAcross(across, rules);
  } catch (error) {
    if (!(error instanceof ReaderEnded)) throw error;
    return { reason: error.message };
  } finally {
    reader.end();
  }
}

const tooManyFaults = "the process that reads had ended for too many files before it";

function notLooked({ path }: FileToLint, reason: string): LintedFile {
  return { findings: [], gone: [], unlessUsed: [], functions: [], notAnalysed: [{ path, reason }] };
}

/** The process is gone, and with it the file that it was reading. */
class ReaderEnded extends Error {}

type Across = Extract<AskedLint, { across: unknown }>["across"];

interface Reader {
  read: (file: FileToLint, rules: readonly string[] | null, withEslint: boolean) => Promise<LintedFile>;
  readAcross: (across: Across, rules: readonly string[] | null) => Promise<AcrossAnswer>;
  end: () => void;
}

async function startReader({ heapMb, fileMs }: LintLimits): Promise<Reader> {
  const { lintProcessUrl, lintProcessSign, ToldLint } = await import("./lint-process.ts");
  const script = fileURLToPath(lintProcessUrl);
  const child = fork(script, [], {
    // Nothing of the environment, which may hold secrets.
    env: { [lintProcessSign]: "1" },
    execArgv: [`--max-old-space-size=${heapMb}`, ...permissions(script)],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
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
      child.off("exit", onExit).off("error", onError).off("message", onMessage);
    };
    child.once("exit", onExit).once("error", onError).once("message", onMessage);
    child.send(asked, (error) => {
      if (error !== null) stop(`the process that reads could not be asked: ${error.message}`);
    });
  });
}
