import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";
import { launchHere, type Launch } from "./launch.ts";
import { emptyGitDir, type ObjectFormat, type ObjectStore } from "./object-store.ts";
import { discoverySettings, safeEnvironment, safeSettings } from "./safe-git.ts";

/** A repository on disk, and how git is pointed at it. */
export interface GitRepository {
  /** Absolute path of the git directory. All reading goes through it: no working tree, no index. */
  gitDir: string;
  /** Absolute path of the working tree, or null for a bare repository. */
  workTree: string | null;
  objects: ObjectStore;
  /** Further environment for git: where the objects of uncommitted work are. */
  environment: Readonly<Record<string, string>>;
  /** How its git is started; from this process unless told. */
  launch?: Launch;
}

export interface GitOptions {
  /** Written to git's standard input. */
  input?: string | Uint8Array;
  /** Receives standard output as it comes; then the result's `stdout` is empty. */
  onOutput?: (chunk: Buffer) => void;
  /**
   * Reads standard output at its own pace, so that git waits for a slow reader; then the result's `stdout` is empty. When
   * it stops before the end, git is stopped too.
   */
  consume?: (output: AsyncIterable<Buffer>) => Promise<void>;
  /** How many milliseconds the command may take; 0 for as long as its reader needs. Ten minutes unless told. */
  timeoutMs?: number;
  /** Ends the command, and the waiting for it, with an error. */
  signal?: AbortSignal;
  /** Further `-c name=value` settings; only for values that we chose. */
  settings?: readonly string[];
  /** Further environment; `undefined` takes a variable away. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Run in the working tree with its index, for reading uncommitted work. */
  inWorkTree?: boolean;
  /** Run on the objects alone, for commands that name objects by id: no ref, and nothing of the repository's settings. */
  objectsOnly?: boolean;
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
  const settings = asArguments(discoverySettings);
  const questions = ["rev-parse", "--show-object-format", "--git-path", "objects", "--absolute-git-dir"];
  const found = await runProcess([...settings, ...questions, "--show-toplevel"], { cwd: folder });
  if (found.code === 0) return readPlaces(folder, found.stdout);
  // A bare repository counts only when the person named it: one that a change planted inside the tree never does.
  const bare = await runProcess(["--git-dir", folder, ...settings, ...questions], { cwd: folder });
  if (bare.code === 0) return readPlaces(folder, bare.stdout);
  throw new Problem(
    `${folder} is not in a git repository.`,
    "Run the command inside a clone, or point `--repo` at one. In a workflow, run actions/checkout first.",
  );
}

function readPlaces(folder: string, answers: Buffer): GitRepository {
  const [format, objects, gitDir, workTree] = answers.toString("utf8").split("\n");
  if (!isObjectFormat(format) || !objects || !gitDir) throw new Error("git rev-parse answered in an unknown shape");
  return { gitDir, workTree: workTree || null, objects: { path: resolve(folder, objects), format }, environment: {} };
}

function isObjectFormat(text: string | undefined): text is ObjectFormat {
  return text === "sha1" || text === "sha256";
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
  const { gitDir, workTree, environment } = options.objectsOnly
    ? await objectsAlone(repository)
    : options.inWorkTree
      ? { ...repository, workTree: repository.workTree ?? repository.gitDir }
      : withoutWorkTree(repository);
  const settings = [...safeSettings([repository.workTree ?? gitDir, gitDir]), ...(options.settings ?? [])];
  return runProcess(["--git-dir", gitDir, "--work-tree", workTree, ...asArguments(settings), ...args], {
    ...options,
    environment: { ...environment, ...options.environment },
    cwd: workTree,
    ...(repository.launch === undefined ? {} : { launch: repository.launch }),
  });
}

type Place = Pick<GitRepository, "gitDir" | "environment"> & { workTree: string };

/** With the git directory as working tree and no index, git finds none of the change's `.gitattributes`. */
function withoutWorkTree({ gitDir, environment }: GitRepository): Place {
  const index = join(gitDir, "countersign-no-index");
  return { gitDir, workTree: gitDir, environment: { GIT_INDEX_FILE: index, ...environment } };
}

async function objectsAlone({ objects, environment }: GitRepository): Promise<Place> {
  const gitDir = await emptyGitDir(objects.format);
  return { gitDir, workTree: gitDir, environment: { GIT_OBJECT_DIRECTORY: objects.path, ...environment } };
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

function asArguments(settings: readonly string[]): string[] {
  return settings.flatMap((setting) => ["-c", setting]);
}

interface ProcessOptions extends GitOptions {
  cwd?: string;
  launch?: Launch;
}

function runProcess(args: readonly string[], options: ProcessOptions): Promise<GitResult> {
  return new Promise((resolvePromise, reject) => {
    const { cwd, input, signal: stop, timeoutMs = commandTimeoutMs, launch = launchHere } = options;
    const env = { ...safeEnvironment(), ...options.environment };
    const child = launch(args, { cwd, env, input, timeoutMs, signal: stop });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let failure: unknown;
    const take = options.onOutput ?? ((chunk: Buffer) => void output.push(chunk));
    const fail = (error: unknown): void => {
      failure ??= error;
      child.kill();
    };
    const consumed = options.consume?.(child.stdout).catch(fail);
    if (consumed === undefined)
      child.stdout.on("data", (chunk: Buffer) => {
        if (failure !== undefined) return;
        try {
          take(chunk);
        } catch (error) {
          fail(error);
        }
      });
    // One warning per file of a huge tree: the first ones say what is wrong.
    child.stderr.on("data", (chunk: Buffer) => {
      if (errors.length < 1000) errors.push(chunk);
    });
    child.on("error", (error) => {
      // What git started may live on and hold these open: nobody waits for that.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(missingGit(error));
    });
    child.on("close", (code, signal) => {
      const said = Buffer.concat(errors).toString("utf8");
      const stderr = signal === null ? said : `${said}(ended by ${signal})`;
      // Git may have ended while its last output is still being read.
      void (consumed ?? Promise.resolve()).then(() => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed through as it was thrown
        if (failure !== undefined) reject(failure);
        else resolvePromise({ code: code ?? -1, stdout: Buffer.concat(output), stderr });
      });
    });
  });
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
