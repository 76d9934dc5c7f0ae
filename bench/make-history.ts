import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How much each commit holds. `usual`: one to four files, about ten lines, half of the messages with a body.
 * `small`: one file, three lines, a message of one line and its trailers, which leaves git next to nothing to do.
 */
export const commitSizes = ["usual", "small"] as const;
export type CommitSize = (typeof commitSizes)[number];

/**
 * Makes a repository of `commits` commits on one branch, with messages as people and tools write them: a third of them
 * with trailers, a third of those of a tool. The same arguments give the same repository.
 */
export async function makeHistory(commits: number, size: CommitSize = "usual"): Promise<string> {
  const path = mkdtempSync(join(tmpdir(), "countersign-bench-history-"));
  const env = { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  execFileSync("git", ["init", "--quiet", "--bare", "-b", "main", path], { env });
  const git = spawn("git", ["-C", path, "fast-import", "--quiet"], { env, stdio: ["pipe", "inherit", "inherit"] });
  for (let number = 1; number <= commits; number += 1)
    if (!git.stdin.write(commit(number, size))) await once(git.stdin, "drain");
  git.stdin.end();
  const [code] = (await once(git, "close")) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  return path;
}

const files = 400;
const linesPerFile = 120;

function commit(number: number, size: CommitSize): string {
  const author = person(number * 7);
  const when = `${1_600_000_000 + number * 900} +0200`;
  const text = message(number, size);
  const changes = size === "small" ? [smallFile(number)] : touched(number).map((file) => change(file, number));
  const parts = [
    `commit refs/heads/main\nmark :${number}\nauthor ${author} ${when}\ncommitter ${author} ${when}\n`,
    `data ${Buffer.byteLength(text)}\n${text}\n`,
    ...changes,
  ];
  return `${parts.join("")}\n`;
}

/** One to four files, as most commits have. */
function touched(number: number): number[] {
  return Array.from({ length: 1 + (number % 4) }, (_, index) => (number * 31 + index * 97) % files);
}

/** A file whose lines change with time: about ten a commit. */
function change(file: number, number: number): string {
  const text = Array.from({ length: linesPerFile }, (_, line) => {
    const version = Math.floor((number + line * 37) / 1_000);
    return `export const value_${file}_${line} = compute(${version}, "${(file * 7919 + line * 104729 + version).toString(36)}");\n`;
  }).join("");
  return `M 100644 inline src/part${file % 20}/file${file}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

/** A file of three lines, each of them new. */
function smallFile(number: number): string {
  const file = number % files;
  const text = [1, 2, 3].map((line) => `line ${line} of ${file} at ${number}\n`).join("");
  return `M 100644 inline src/part${file % 20}/file${file}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function person(seed: number): string {
  const number = seed % 40;
  return `${pick(firstNames, number)} ${pick(lastNames, number * 3)} <dev${number}@example.com>`;
}

function message(number: number, size: CommitSize): string {
  const subject = `${pick(verbs, number)} ${pick(objects, number * 3)} ${pick(reasons, number * 7)} (#${number})`;
  const body = size === "usual" && number % 2 === 0 ? `\n\n${pick(bodies, number)}` : "";
  const trailers = number % 3 === 0 ? `\n\n${trailersOf(number / 3)}` : "";
  return `${subject}${body}${trailers}\n`;
}

function trailersOf(number: number): string {
  const signed = `Signed-off-by: ${person(number * 7)}`;
  if (number % 3 !== 0) return number % 2 === 0 ? signed : `Reviewed-by: ${person(number)}\n${signed}`;
  return `${pick(toolTrailers, number / 3)}\n${signed}`;
}

function pick(from: readonly string[], index: number): string {
  return from[index % from.length] ?? "";
}

const firstNames = ["Ann", "Bob", "Claude", "Devin", "Élodie", "Frank", "Grace", "Håkon", "Ines", "Jules"];
const lastNames = ["Example", "Muster", "Specimen", "Sample", "Beispiel", "Modelo", "Vzor"];
const verbs = ["fix:", "feat:", "Add", "Remove", "refactor(core):", "Handle", "docs:", "Bump", "test:", "Use"];
const objects = [
  "the retry of failed charges",
  "a cache for sessions",
  "error messages",
  "the upload path",
  "old flags",
];
const reasons = ["when the network is slow", "after the release", "on Windows", "for large files", "", "in the worker"];
const bodies = [
  "The provider answers 503 for a moment during its deploys, so a first failure says nothing.\nWait and ask again, once.",
  "* move the reader into its own file\n* test what happens at the end of a chunk\n* say so in the docs\n\nFixes #1234 and see https://example.com/issues/1234 for the measurements.",
  "Nobody has used this since the rewrite.\n\nThe flag stays for one release and warns.\n\nNote: configuration files need no change.",
];
const toolTrailers = [
  "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>",
  "Assisted-by: codex:gpt-5.3-codex\nAI-Accepted: edited",
  `Generated-by: claude-code:claude-opus-4-5\nAI-Prompt: sha256:${"9f2c1e7b4d0a6c5e".repeat(4)}`,
  "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>",
  "AI-Assisted: no",
];
