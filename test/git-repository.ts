import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runSmall, type Ended } from "./small-process.ts";

/**
 * Builds real git repositories for tests, in temporary folders: the same requests give the same object ids on every
 * machine. Commits are made by `git fast-import`, so that file names, modes and messages may hold any byte and the
 * file system never has a say; nothing is checked out until `checkOut` asks for it.
 *
 *     const repository = createRepository();
 *     const base = repository.commit({ files: { "a.ts": "one\n" } });
 *     repository.switchTo("feature");
 *     const head = repository.commit({ files: { "a.ts": "two\n" }, message: "Two" });
 *
 * A test file says `afterAll(removeRepositories)`; what is left is removed when the process ends.
 */
export function createRepository(options: RepositoryOptions = {}): TestRepository {
  const path = newFolder(options.folder ?? "repository");
  const flags = [options.bare ? "--bare" : "", options.objectFormat ? `--object-format=${options.objectFormat}` : ""];
  runGit(path, ["init", "--quiet", "--initial-branch=main", ...flags.filter((flag) => flag !== ""), "."]);
  return new TestRepository(path);
}

/** Removes every repository and folder that this module made. */
export function removeRepositories(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.clear();
}

/** An empty temporary folder, removed with the repositories. */
export function newFolder(name = "folder"): string {
  const parent = mkdtempSync(join(realpathSync(tmpdir()), "countersign-test-"));
  folders.add(parent);
  const path = join(parent, name);
  mkdirSync(path);
  return path;
}

const folders = new Set<string>();
process.once("exit", removeRepositories);

export interface RepositoryOptions {
  bare?: boolean;
  objectFormat?: "sha1" | "sha256";
  /** The folder's own name, for names that tools stumble over. */
  folder?: string;
}

/** A string stands for its UTF-8 bytes. */
export type Bytes = string | Buffer;

/** By path. As a list of pairs where paths are not UTF-8. */
export type ByPath<T> = Readonly<Record<string, T>> | readonly (readonly [path: Bytes, value: T])[];

/** What one commit does. Steps are carried out in this order: renames, deletions, then everything that is written. */
export interface CommitRequest {
  /** From path to path; content stays unless `files` writes it anew. */
  rename?: ByPath<Bytes>;
  delete?: readonly Bytes[];
  /** Whole contents of ordinary files. */
  files?: ByPath<Bytes>;
  /** New modes: of a file in `files`, or of one that the first parent has. */
  modes?: ByPath<"100644" | "100755">;
  /** Where symbolic links point. */
  symlinks?: ByPath<Bytes>;
  /** Which commits submodules are at. */
  submodules?: ByPath<string>;
  message?: Bytes;
  /** `Name <mail>`; Ann Example unless told. */
  author?: Bytes;
  /** The author unless told. */
  committer?: Bytes;
  /** Seconds since 1970; a minute after the commit before unless told. */
  date?: number;
  /** The tip of the branch unless told. `:2` is the second commit of the same `commitAll`. An empty list makes a root. */
  parents?: readonly string[];
  /** The branch that moves to the new commit; the one HEAD is on unless told. */
  branch?: string;
}

export interface TreeEntry {
  mode: "100644" | "100755" | "120000" | "160000" | "40000";
  id: string;
  path: Bytes;
}

export interface GitCall {
  input?: Bytes;
  environment?: Readonly<Record<string, string>>;
  /** Where git runs: the repository's folder unless told. */
  cwd?: string;
}

/** A real repository on disk, and what tests do to it. Every method fails loudly when git does. */
export class TestRepository {
  /** Absolute path of the working tree, or of a bare repository. */
  readonly path: string;
  #branch = "main";
  #clock = 1_750_000_000;

  constructor(path: string) {
    this.path = path;
  }

  /** Makes one commit and returns its id. */
  commit(request: CommitRequest = {}): string {
    return this.commitAll([request])[0]!;
  }

  /** Makes many commits in one git process, and returns their ids in the same order. */
  commitAll(requests: readonly CommitRequest[]): string[] {
    const tips = new Map<string, string>();
    const parts = requests.flatMap((request, index) => {
      const branch = request.branch ?? this.#branch;
      const parents = request.parents ?? this.#tipOf(branch, tips);
      tips.set(branch, `:${index + 1}`);
      return this.#commitStream({ ...request, branch, parents }, index);
    });
    const marks = requests.map((_, index) => `get-mark :${index + 1}\n`);
    const ids = this.fastImport(Buffer.concat([...parts, ...marks].map(toBuffer)));
    return ids.toString("latin1").trim().split("\n");
  }

  /** Feeds a `git fast-import` stream, and returns what it prints. */
  fastImport(stream: Bytes): Buffer {
    return this.git(["fast-import", "--quiet", "--force", "--date-format=raw-permissive"], { input: stream });
  }

  /** Puts HEAD on a branch; a new one starts at `from`, or else where HEAD is. */
  switchTo(branch: string, from = "HEAD"): void {
    const exists = this.tryText(["rev-parse", "--verify", "--quiet", `refs/heads/${branch}`]) !== "";
    if (!exists) this.git(["branch", "--no-track", branch, from]);
    this.git(["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
    this.#branch = branch;
  }

  /** Brings a branch or commit into the working tree and the index. */
  checkOut(name: string): void {
    this.git(["checkout", "--quiet", "--force", name, "--"]);
    this.#branch = this.tryText(["symbolic-ref", "--quiet", "--short", "HEAD"]);
  }

  /** Writes a file into the working tree, without telling git. */
  write(path: string, content: Bytes): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Stores bytes as a blob. */
  blob(content: Bytes): string {
    return this.text(["hash-object", "-w", "--stdin"], { input: content });
  }

  /** Stores a tree of one level, as `git mktree` takes it: no path is checked, except that it holds no slash. */
  tree(entries: readonly TreeEntry[]): string {
    const kinds = { "160000": "commit", "40000": "tree", "100644": "blob", "100755": "blob", "120000": "blob" };
    const records = entries.flatMap(({ mode, id, path }) => [`${mode} ${kinds[mode]} ${id}\t`, path, "\0"]);
    return this.text(["mktree", "-z", "--missing"], { input: Buffer.concat(records.map(toBuffer)) });
  }

  /** Stores a commit object byte for byte, however odd. */
  rawCommit(bytes: Bytes): string {
    return this.text(["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], { input: bytes });
  }

  /** A clone over the file protocol, so that depth and filters count as over the network. */
  clone(...flags: string[]): TestRepository {
    const path = newFolder("clone");
    runGit(path, ["clone", "--quiet", ...flags, `file://${this.path}`, "."]);
    return new TestRepository(path);
  }

  /** Runs git in the repository, and returns what it prints. */
  git(args: readonly string[], call: GitCall = {}): Buffer {
    return runGit(call.cwd ?? this.path, args, call);
  }

  /** Like `git`, as text without the last newline. */
  text(args: readonly string[], call: GitCall = {}): string {
    return this.git(args, call).toString("utf8").replace(/\n$/, "");
  }

  /** Like `text`, or empty when git fails. */
  tryText(args: readonly string[]): string {
    const { status, stdout } = spawnGit(this.path, args, {});
    return status === 0 ? stdout.toString("utf8").trim() : "";
  }

  #tipOf(branch: string, made: ReadonlyMap<string, string>): string[] {
    const tip = made.get(branch) ?? this.tryText(["rev-parse", "--verify", "--quiet", `refs/heads/${branch}`]);
    return tip === "" ? [] : [tip];
  }

  #commitStream(request: CommitRequest & { branch: string; parents: readonly string[] }, index: number): Bytes[] {
    this.#clock += 60;
    const seconds = request.date ?? this.#clock;
    const author = request.author ?? "Ann Example <ann@example.com>";
    const [from, ...merged] = request.parents;
    const modes = new Map(pairs(request.modes).map(([path, mode]) => [quote(path), mode]));
    return [
      // Without it a branch that this stream already moved would become the root's parent.
      from === undefined ? `reset refs/heads/${request.branch}\n` : "",
      `commit refs/heads/${request.branch}\nmark :${index + 1}\n`,
      ...["author ", author, ` ${seconds} +0000\n`],
      ...["committer ", request.committer ?? author, ` ${seconds} +0000\n`],
      ...data(request.message ?? `Commit ${index + 1}\n`),
      from === undefined ? "" : `from ${from}\n`,
      ...merged.map((parent) => `merge ${parent}\n`),
      ...pairs(request.rename).flatMap(([path, to]) => [`R ${quote(path)} ${quote(to)}\n`]),
      ...(request.delete ?? []).map((path) => `D ${quote(path)}\n`),
      ...pairs(request.files).flatMap(([path, content]) => {
        const mode = modes.get(quote(path)) ?? "100644";
        return [`M ${mode} inline ${quote(path)}\n`, ...data(content)];
      }),
      ...this.#modeChanges(request),
      ...pairs(request.symlinks).flatMap(([path, target]) => [`M 120000 inline ${quote(path)}\n`, ...data(target)]),
      ...pairs(request.submodules).map(([path, commit]) => `M 160000 ${commit} ${quote(path)}\n`),
      "\n",
    ];
  }

  #modeChanges({ modes, files, parents }: CommitRequest): string[] {
    const written = new Set(pairs(files).map(([path]) => quote(path)));
    const kept = pairs(modes).filter(([path]) => !written.has(quote(path)));
    return kept.map(([path, mode]) => {
      const blob = this.text(["rev-parse", `${parents?.[0] ?? "HEAD"}:${path.toString()}`]);
      return `M ${mode} ${blob} ${quote(path)}\n`;
    });
  }
}

/** Runs git with nothing of this machine's configuration or of the caller's `GIT_*` variables. */
export function runGit(cwd: string, args: readonly string[], call: GitCall = {}): Buffer {
  const { status, stdout, stderr, fault } = spawnGit(cwd, args, call);
  if (status !== 0) throw new Error(`git ${args.join(" ")} ended with ${status}: ${stderr.toString()}${fault}`);
  return stdout;
}

function spawnGit(cwd: string, args: readonly string[], call: GitCall): Ended {
  const env = { ...environment, ...call.environment };
  return runSmall({ command: "git", args: [...settings, ...args], cwd, env, input: call.input ?? "" });
}

const settings = [
  ...["protocol.file.allow=always", "advice.detachedHead=false", "gc.auto=0"],
  // Nobody needs these repositories after a loss of power, nor one file for each object.
  ...["core.fsync=none", "fastimport.unpackLimit=0"],
].flatMap((setting) => ["-c", setting]);

const identity = (role: "AUTHOR" | "COMMITTER") => ({
  [`GIT_${role}_NAME`]: "Ann Example",
  [`GIT_${role}_EMAIL`]: "ann@example.com",
  [`GIT_${role}_DATE`]: "1750000000 +0000",
});

const environment: Record<string, string> = {
  PATH: process.env.PATH ?? "",
  HOME: devNull,
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: "0",
  ...identity("AUTHOR"),
  ...identity("COMMITTER"),
};

function pairs<T>(values: ByPath<T> | undefined): (readonly [path: Bytes, value: T])[] {
  if (values === undefined) return [];
  return isList(values) ? [...values] : Object.entries(values);
}

function isList<T>(values: ByPath<T>): values is readonly (readonly [path: Bytes, value: T])[] {
  return Array.isArray(values);
}

function data(content: Bytes): Bytes[] {
  const bytes = toBuffer(content);
  return [`data ${bytes.length}\n`, bytes, "\n"];
}

/** A path as fast-import takes it: in quotes, every unusual byte in octal. */
function quote(path: Bytes): string {
  const escaped = Array.from(toBuffer(path), (byte) => {
    const plain = byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    return plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${escaped.join("")}"`;
}

function toBuffer(bytes: Bytes): Buffer {
  return typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes;
}
