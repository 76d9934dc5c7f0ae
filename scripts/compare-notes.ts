/**
 * Reads every git-ai note of a repository, and compares the lines it finds with a count that was written apart from the reader.
 *
 *   node scripts/compare-notes.ts --repo PATH
 *
 * The other count knows nothing of the format but that an entry is indented and that a key with `h_`, or the word `human`, means
 * a person: a regular expression and a set of line numbers for each file. Prints what was read; exits 1 when a commit differs.
 */
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { openNotes } from "../adapters/git/read-notes.ts";
import { openRepository } from "../adapters/git/run-git.ts";
import type { Attribution } from "../core/provenance/index.ts";

const { values } = parseArgs({ options: { repo: { type: "string" } } });
const repository = await openRepository(values.repo ?? ".");
const ref = "refs/notes/ai";
const batch = 500;

interface Counts {
  ai: number;
  human: number;
}

const total = { notes: 0, withAi: 0, ai: 0, human: 0, different: 0 };
const unread = new Map<string, number>();
const keys = new Map<string, number>();
const agents = new Map<string, number>();

const notes = await openNotes(repository);
const listed = git(["ls-tree", "-r", ref]).toString("latin1").split("\n").filter(Boolean);
const blobs = listed.map((line) => ({
  sha: (line.split("\t")[1] ?? "").replaceAll("/", ""),
  blob: line.split(/\s/)[2] ?? "",
}));
for (let start = 0; start < blobs.length; start += batch) await compare(blobs.slice(start, start + batch));

console.log(`${total.notes} notes, ${total.withAi} of them with lines by a tool; ${total.different} commits differ`);
console.log(`${total.ai} lines by tools, ${total.human} by people`);
print("keys", keys);
print("lines by tool", agents);
print("not read", unread);
process.exitCode = total.different === 0 ? 0 : 1;

async function compare(asked: readonly { sha: string; blob: string }[]): Promise<void> {
  const read = await notes.of(asked.map(({ sha }) => sha));
  const texts = catFiles(asked.map(({ blob }) => blob));
  for (const [index, { sha }] of asked.entries()) {
    const attribution = read.get(sha)?.find(({ place }) => place === ref || place.endsWith(sha));
    const ours = attribution === undefined ? { ai: 0, human: 0 } : countRead(attribution);
    const theirs = countNaively(texts[index] ?? "");
    total.notes += 1;
    total.ai += ours.ai;
    total.human += ours.human;
    if (ours.ai > 0) total.withAi += 1;
    if (ours.ai === theirs.ai && ours.human === theirs.human) continue;
    total.different += 1;
    console.log(`${sha}: ${JSON.stringify({ ours, theirs })}`);
  }
}

function countRead({ files, unread: left }: Attribution): Counts {
  const counts = { ai: 0, human: 0 };
  for (const { lines } of files)
    for (const { start, end, by, agent } of lines) {
      counts[by === "human" ? "human" : "ai"] += end - start + 1;
      if (by !== "human") add(agents, agent ?? "not named", end - start + 1);
    }
  for (const { reason, count } of left) add(unread, reason, count);
  return counts;
}

function countNaively(text: string): Counts {
  const byFile = new Map<string, { ai: Set<number>; human: Set<number> }>();
  let file = { ai: new Set<number>(), human: new Set<number>() };
  for (const line of (text.split(/^---$/m)[0] ?? "").split("\n")) {
    const [, key, ranges = ""] = /^ {2}(\S+) (\S+)$/.exec(line) ?? [];
    if (key === undefined) {
      file = byFile.get(line) ?? { ai: new Set(), human: new Set() };
      byFile.set(line, file);
      continue;
    }
    add(
      keys,
      key.replace(/[0-9a-f]{4,}/g, (digits) => `<${digits.length} hex>`),
    );
    for (const range of ranges.split(",")) {
      const [first, last = first] = range.split("-").map(Number);
      for (let number = first ?? 0; number <= (last ?? 0); number++)
        file[/^h_|^human$/.test(key) ? "human" : "ai"].add(number);
    }
  }
  const all = [...byFile.values()];
  return {
    ai: all.reduce((sum, { ai }) => sum + ai.size, 0),
    human: all.reduce((sum, { ai, human }) => sum + [...human].filter((line) => !ai.has(line)).length, 0),
  };
}

function catFiles(ids: readonly string[]): string[] {
  const output = git(["cat-file", "--batch"], `${ids.join("\n")}\n`);
  const texts: string[] = [];
  for (let at = 0; at < output.length;) {
    const newline = output.indexOf(10, at);
    const size = Number(output.toString("latin1", at, newline).split(" ")[2]);
    texts.push(output.toString("utf8", newline + 1, newline + 1 + size));
    at = newline + size + 2;
  }
  return texts;
}

function git(args: readonly string[], input = ""): Buffer {
  return execFileSync("git", ["--git-dir", repository.gitDir, ...args], { input, maxBuffer: 2 ** 30 });
}

function add(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function print(title: string, counts: ReadonlyMap<string, number>): void {
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  console.log(`${title}: ${rows.join(", ") || "nothing"}`);
}
