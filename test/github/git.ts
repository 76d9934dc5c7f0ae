import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { runGit, TestRepository } from "../git-repository.ts";
import { Refusal } from "./refusal.ts";
import type { Repository } from "./state.ts";

/** What GitHub does with git by itself: refs of pull requests, test merges, the three ways to merge, lists and diffs. */

export function makeBare(folder: string, id: number): TestRepository {
  const path = join(folder, `${id}.git`);
  const empty = join(folder, "empty");
  if (!existsSync(empty)) makeEmpty(empty);
  cpSync(empty, path, { recursive: true });
  return new TestRepository(path);
}

/** Git makes one, and the others are copies of it. */
function makeEmpty(path: string): void {
  mkdirSync(path, { recursive: true });
  runGit(path, ["init", "--quiet", "--bare", "--initial-branch=main", "--template=", "."]);
  for (const [key, value] of Object.entries(configuration)) runGit(path, ["config", key, value]);
}

/** GitHub keeps what was pushed once, and lets nobody write its own refs. */
const configuration = {
  "http.receivepack": "true",
  "receive.hideRefs": "refs/pull",
  "uploadpack.allowFilter": "true",
  "uploadpack.allowAnySHA1InWant": "true",
  "gc.auto": "0",
};

export function tipOf(repository: Repository, branch: string): string | null {
  return resolve(repository, `refs/heads/${branch}`);
}

/** The full id of a commit, or null when it is not here. */
export function resolve(repository: Repository, name: string): string | null {
  // A name from a request must not look like an option or a range.
  if (name.startsWith("-") || name.includes("..") || name.includes(" ")) return null;
  return ownRef(repository, name) ?? asGitSays(repository, name);
}

/** What a branch's own file says: the fake asks for tips so often that a process for each would be half of its work. */
function ownRef({ git }: Repository, name: string): string | null {
  const file = join(git.path, name);
  if (!name.startsWith("refs/heads/") || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const text = readFileSync(file, "latin1").trim();
  return /^[0-9a-f]{40}$/.test(text) ? text : null;
}

function asGitSays(repository: Repository, name: string): string | null {
  const id = repository.git.tryText(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  return id === "" ? null : id;
}

export function branchesOf(repository: Repository): Map<string, string> {
  const lines = repository.git.text(["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/"]);
  return new Map(
    lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const [name = "", id = ""] = line.split(" ");
        return [name.slice("refs/heads/".length), id];
      }),
  );
}

export function setRef(repository: Repository, ref: string, id: string | null): void {
  repository.git.git(id === null ? ["update-ref", "-d", ref] : ["update-ref", ref, id]);
}

/** Brings what a commit needs from another repository, as a push to a fork does for the one it was forked from. */
export function bring(from: Repository, to: Repository, id: string, ref: string): void {
  if (from.id === to.id) {
    setRef(to, ref, id);
    return;
  }
  to.git.git(["fetch", "--quiet", "--no-tags", from.git.path, `+${id}:${ref}`]);
}

export interface CommitObject {
  sha: string;
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: string;
}

export interface Person {
  name: string;
  email: string;
  date: string;
}

/** Commits never change, nor what is between two. */
const remembered = new Map<string, unknown>();

function once<T>(key: string, read: () => T): T {
  if (!remembered.has(key)) remembered.set(key, read());
  return remembered.get(key) as T;
}

export function commitOf(repository: Repository, sha: string): CommitObject {
  rememberCommits(repository, [sha]);
  return once(sha, () => {
    throw new Error(`git did not tell of ${sha}`);
  });
}

/** Whoever will ask for many spares a process for each. */
export function rememberCommits(repository: Repository, shas: readonly string[]): void {
  const unknown = shas.filter((sha) => !remembered.has(sha));
  if (unknown.length === 0) return;
  const fields = ["%H", "%T", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%B"];
  const args = ["log", "-z", "--no-walk=unsorted", "--stdin", `--format=${fields.join("%x00")}`];
  const parts = repository.git.text(args, { input: `${unknown.join("\n")}\n` }).split("\0");
  for (let at = 0; at + fields.length <= parts.length; at += fields.length) {
    const commit = commitOfParts(parts.slice(at, at + fields.length));
    remembered.set(commit.sha, commit);
    remembered.set(hereKey(repository, commit.sha), true);
  }
}

/** Whether a full id is known to be a commit of this repository; git is not asked. */
export function isKnownHere(repository: Repository, sha: string): boolean {
  return remembered.has(hereKey(repository, sha));
}

function hereKey({ git }: Repository, sha: string): string {
  return `${git.path} has ${sha}`;
}

function commitOfParts(parts: readonly string[]): CommitObject {
  const [sha = "", tree = "", parents = "", an = "", ae = "", at = "", cn = "", ce = "", ct = "", message = ""] = parts;
  return {
    ...{ sha, tree, parents: parents.split(" ").filter((each) => each !== "") },
    author: { name: an, email: ae, date: stamp(at) },
    committer: { name: cn, email: ce, date: stamp(ct) },
    message: message.replace(/\n+$/, ""),
  };
}

function stamp(seconds: string): string {
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Oldest first, as pull requests list them. */
export function commitsBetween(repository: Repository, base: string, head: string): string[] {
  return once(`${repository.git.path} ${base}..${head}`, () =>
    lines(repository.git.text(["rev-list", "--reverse", "--topo-order", head, `^${base}`])),
  );
}

export function mergeBase(repository: Repository, a: string, b: string): string | null {
  const found = repository.git.tryText(["merge-base", a, b]);
  return found === "" ? null : found;
}

export interface FileChange {
  filename: string;
  previous: string | null;
  status: string;
  additions: number;
  deletions: number;
  sha: string;
}

/** What a pull request changes: from where it left the base to its head. */
export function filesBetween(repository: Repository, base: string, head: string): FileChange[] {
  return once(`${repository.git.path} ${base}...${head}`, () => readFiles(repository, base, head));
}

function readFiles(repository: Repository, base: string, head: string): FileChange[] {
  const from = mergeBase(repository, base, head) ?? base;
  const flags = ["diff-tree", "-r", "-z", "-M", "--no-ext-diff"];
  const raw = repository.git
    .git([...flags, "--raw", "--no-abbrev", from, head])
    .toString()
    .split("\0");
  const counts = countsOf(repository.git.git([...flags, "--numstat", from, head]).toString());
  const found: FileChange[] = [];
  for (let index = 0; index + 1 < raw.length;) {
    const [, , , sha = "", letter = ""] = (raw[index] ?? "").split(" ");
    const moved = letter.startsWith("R") || letter.startsWith("C");
    const filename = raw[index + (moved ? 2 : 1)] ?? "";
    const previous = moved ? (raw[index + 1] ?? "") : null;
    const [additions = 0, deletions = 0] = counts.get(filename) ?? [];
    found.push({ filename, previous, status: statuses[letter.charAt(0)] ?? "changed", additions, deletions, sha });
    index += moved ? 3 : 2;
  }
  return found;
}

const statuses: Record<string, string> = { A: "added", D: "removed", M: "modified", R: "renamed", C: "copied" };

/** By the new path. */
function countsOf(text: string): Map<string, [number, number]> {
  const counts = new Map<string, [number, number]>();
  const parts = text.split("\0");
  for (let index = 0; index + 1 < parts.length; index += 1) {
    const [added = "", deleted = "", path = ""] = (parts[index] ?? "").split("\t");
    // A rename has an empty path here, and then both.
    const name = path === "" ? (parts[(index += 2)] ?? "") : path;
    counts.set(name, [Number(added) || 0, Number(deleted) || 0]);
  }
  return counts;
}

const person = { GIT_AUTHOR_NAME: "GitHub", GIT_COMMITTER_NAME: "GitHub", GIT_COMMITTER_EMAIL: "noreply@github.com" };

/** The tree of both together, or null where they conflict. */
export function mergedTree(repository: Repository, base: string, head: string): string | null {
  const tree = repository.git.tryText(["merge-tree", "--write-tree", base, head]).split("\n")[0] ?? "";
  return tree === "" ? null : tree;
}

export function commitTree(
  repository: Repository,
  commit: { tree: string; parents: string[]; message: string; author?: { name: string; email: string } },
): string {
  const author = commit.author ?? { name: "GitHub", email: "noreply@github.com" };
  const environment = { ...person, GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email };
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  return repository.git.text(["commit-tree", commit.tree, ...parents], { input: commit.message, environment });
}

/** The three ways to merge, on commits alone: what the base's new tip is. */
export function mergeInto(
  repository: Repository,
  base: string,
  head: string,
  how: { method: "merge" | "squash" | "rebase"; message: string; author: { name: string; email: string } },
): string {
  const tree = mergedTree(repository, base, head);
  if (tree === null) throw new Refusal(405, "Pull Request is not mergeable");
  if (how.method === "merge")
    return commitTree(repository, { tree, parents: [base, head], message: how.message, author: how.author });
  if (how.method === "squash")
    return commitTree(repository, { tree, parents: [base], message: how.message, author: how.author });
  return commitsBetween(repository, base, head).reduce((tip, sha) => replayed(repository, tip, sha), base);
}

/** One commit on top of another: the changes since a common parent that both are given. */
function replayed(repository: Repository, onto: string, sha: string): string {
  const { parents, author, message, tree } = commitOf(repository, sha);
  const root = bare(repository, commitOf(repository, parents[0] ?? onto).tree, []);
  const ours = bare(repository, commitOf(repository, onto).tree, [root]);
  const merged = mergedTree(repository, ours, bare(repository, tree, [root]));
  if (merged === null) throw new Refusal(405, "This branch can't be rebased");
  return commitTree(repository, { tree: merged, parents: [onto], message, author });
}

function bare(repository: Repository, tree: string, parents: string[]): string {
  return commitTree(repository, { tree, parents, message: "Step" });
}

/** A file's bytes at a commit, or null. */
export function fileAt(repository: Repository, commit: string, path: string): { sha: string; bytes: Buffer } | null {
  const sha = repository.git.tryText(["rev-parse", "--verify", "--quiet", `${commit}:${path}`]);
  if (sha === "" || repository.git.text(["cat-file", "-t", sha]) !== "blob") return null;
  return { sha, bytes: repository.git.git(["cat-file", "blob", sha]) };
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
