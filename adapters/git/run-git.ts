import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { devNull } from "node:os";
import { join, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";

/** A repository on disk, and how git is pointed at it. */
export interface GitRepository {
  /** Absolute path of the git directory. All reading goes through it: no working tree, no index. */
  gitDir: string;
  /** Absolute path of the working tree, or null for a bare repository. */
  workTree: string | null;
  /** Further environment for git: where the objects of uncommitted work are. */
  environment: Readonly<Record<string, string>>;
}

export interface GitOptions {
  /** Written to git's standard input. */
  input?: string | Uint8Array;
  /** Receives standard output as it comes; then the result's `stdout` is empty. */
  onOutput?: (chunk: Buffer) => void;
  /** Further `-c name=value` settings; only for values that we chose. */
  settings?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** Run in the working tree with its index, for reading uncommitted work. */
  inWorkTree?: boolean;
}

export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** How many milliseconds one git command may take before it is ended. */
const commandTimeoutMs = 10 * 60_000;

/** Finds the repository that holds `path`. Throws a `Problem` when there is none, or git is not installed. */
export async function openRepository(path: string): Promise<GitRepository> {
  const folder = resolve(path);
  if (!(await isDirectory(folder)))
    throw new Problem(`There is no folder ${folder}.`, "Give `--repo` the folder of a git repository.");
  const found = await runProcess(
    ["-C", folder, ...discoverySettings, "rev-parse", "--absolute-git-dir", "--show-toplevel"],
    {},
  );
  if (found.code === 0) {
    const [gitDir, workTree] = found.stdout.toString("utf8").split("\n");
    if (gitDir) return { gitDir, workTree: workTree === "" ? null : (workTree ?? null), environment: {} };
  }
  // A bare repository counts only when the person named it: one that a change planted inside the tree never does.
  const bare = await runProcess(["--git-dir", folder, ...discoverySettings, "rev-parse", "--absolute-git-dir"], {});
  if (bare.code === 0) return { gitDir: bare.stdout.toString("utf8").trim(), workTree: null, environment: {} };
  throw new Problem(
    `${folder} is not in a git repository.`,
    "Run the command inside a clone, or point `--repo` at one. In a workflow, run actions/checkout first.",
  );
}

/**
 * Runs git and returns what it printed, whatever its exit code. Arguments are an array, never a shell string; the
 * environment and configuration are ours (threat: configuration, attributes, hooks and filters of the change).
 */
export async function tryGit(
  repository: GitRepository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const place = options.inWorkTree
    ? ["--git-dir", repository.gitDir, "--work-tree", repository.workTree ?? repository.gitDir]
    : // With the git directory as working tree and no index, git finds none of the change's `.gitattributes`.
      ["--git-dir", repository.gitDir, "--work-tree", repository.gitDir];
  const settings = [...safeSettings(repository), ...(options.settings ?? [])].flatMap((setting) => ["-c", setting]);
  const environment = {
    ...(options.inWorkTree ? {} : { GIT_INDEX_FILE: join(repository.gitDir, "countersign-no-index") }),
    ...repository.environment,
    ...options.environment,
  };
  const cwd = options.inWorkTree ? (repository.workTree ?? repository.gitDir) : repository.gitDir;
  return runProcess([...place, ...settings, ...args], { ...options, environment, cwd });
}

/** Like `tryGit`, for commands that must succeed: anything but exit code 0 throws with what git said. */
export async function git(
  repository: GitRepository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  const result = await tryGit(repository, args, options);
  if (result.code !== 0) {
    throw new Error(`git ${args[0] ?? ""} ended with ${result.code}: ${result.stderr.trim().slice(0, 2000)}`);
  }
  return result.stdout;
}

/** Like `git`, as text with the last newline cut. */
export async function gitText(
  repository: GitRepository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const output = await git(repository, args, options);
  return output.toString("utf8").replace(/\n$/, "");
}

const discoverySettings = [
  "-c",
  "safe.bareRepository=explicit",
  "-c",
  "safe.directory=*",
  "-c",
  "core.fsmonitor=false",
];

function safeSettings(repository: GitRepository): string[] {
  return [
    "safe.bareRepository=explicit",
    // The person named this repository; its owner may be another user, as in a job container.
    `safe.directory=${repository.workTree ?? repository.gitDir}`,
    `safe.directory=${repository.gitDir}`,
    `core.hooksPath=${devNull}`,
    "core.fsmonitor=false",
    `core.attributesFile=${devNull}`,
    "core.quotePath=false",
    // Nothing that only reads may reach the network: not a partial clone's lazy fetch, not a submodule.
    "protocol.allow=never",
    "log.mailmap=false",
    "log.showSignature=false",
    "diff.renames=true",
    "diff.mnemonicPrefix=false",
    "diff.noprefix=false",
    "diff.algorithm=histogram",
    "diff.external=",
    "diff.orderFile=",
    "diff.ignoreSubmodules=none",
    "diff.submodule=short",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
  ];
}

interface ProcessOptions extends GitOptions {
  cwd?: string;
}

function runProcess(args: readonly string[], options: ProcessOptions): Promise<GitResult> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn("git", args, {
      cwd: options.cwd,
      env: { ...safeEnvironment(), ...options.environment },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: commandTimeoutMs,
      windowsHide: true,
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let failure: unknown;
    child.stdout.on("data", (chunk: Buffer) => {
      if (options.onOutput === undefined) return void output.push(chunk);
      if (failure !== undefined) return;
      try {
        options.onOutput(chunk);
      } catch (error) {
        failure = error;
        child.kill();
      }
    });
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", (error) => reject(missingGit(error)));
    child.on("close", (code) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed through as it was thrown
      if (failure !== undefined) return reject(failure);
      resolvePromise({
        code: code ?? -1,
        stdout: Buffer.concat(output),
        stderr: Buffer.concat(errors).toString("utf8"),
      });
    });
    // Git may end before it has read everything; that shows in its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input);
  });
}

/** Only what git needs to run: nothing of the caller's GIT_* settings, no pager, no prompt, no system configuration. */
function safeEnvironment(): Record<string, string> {
  const kept = ["PATH", "Path", "SystemRoot", "TMPDIR", "TEMP", "TMP", "HOME"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_PAGER: "cat",
  };
}

function missingGit(error: Error): Error {
  if ("code" in error && error.code === "ENOENT") {
    return new Problem("git was not found on this machine.", "Install git 2.30 or newer and put it on the PATH.", {
      cause: error,
    });
  }
  return error;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
