import type { CommitRequest } from "../git-repository.ts";
import { randomNumbers } from "./random-messages.ts";

/**
 * A line of commits at random, whose files are made from what readers of diffs stumble over: lines that look like
 * headers, NULs behind the place where git looks for them, odd line ends, odd names, files that become links.
 * The same seed gives the same commits.
 */
export function randomCommits(count: number, seed: number): CommitRequest[] {
  const random = randomNumbers(seed);
  const tree: Tree = new Map();
  return Array.from({ length: count }, () => {
    const before = new Map(tree);
    const steps = 1 + Math.floor(random() * 4);
    for (let step = 0; step < steps; step += 1) takeStep(tree, random);
    return requestOf(before, tree);
  });
}

type Random = () => number;

interface Entry {
  kind: "file" | "program" | "link" | "submodule";
  content: string;
}

/** By path; paths and contents hold one byte in each character. */
type Tree = Map<string, Entry>;

const paths = [
  ...[
    "a",
    "b.ts",
    "d/e",
    "d/f.ts",
    'q"uote',
    "new\nline",
    "tab\there",
    "back\\slash",
    "\xff\xfe",
    "\xc3\xa9",
    " sp ace ",
  ],
  ...[":colon", "-dash", "@@ -1 +1 @@", "+++ b", "=>", "{a => b}", "long".repeat(60)],
];

const lines = [
  ...["", "", "}", "}", "a", "b", "c", "\t", " ", "x = 1", "x = 2", "int main(void)", "function f() {"],
  ...[
    "++ b/x",
    "-- a/x",
    "+++ b/x",
    "--- a/x",
    "diff --git a/x b/x",
    "@@ -1 +1 @@",
    "@@",
    "\\ No newline at end of file",
  ],
  ...["Binary files a/x and b/x differ", ":100644 100644 1 2 M", "1".repeat(40), "a\r", "\r", "a\0b", "int f\0(void)"],
  ...["\xff\xfe", "\xef\xbb\xbf", "\xc3\xa9", "\xe2\x80\xa8", "\v\f\b", "y".repeat(5000)],
];

/** Longer than what git searches for a NUL to tell binary files: behind it a NUL is text like any other. */
const padding = Array.from({ length: 900 }, (_, index) => `padding ${index}`);

function takeStep(tree: Tree, random: Random): void {
  const path = pick([...tree.keys()], random);
  const entry = path === undefined ? undefined : tree.get(path);
  const dice = random();
  if (path === undefined || entry === undefined || dice < 0.2) tree.set(pick(paths, random)!, newFile(random));
  else if (dice < 0.28) tree.delete(path);
  else if (dice < 0.4) move(tree, path, entry, random);
  else if (dice < 0.45)
    tree.set(path, { kind: "link", content: pick([entry.content.slice(0, 20), "target"], random)! || "x" });
  else if (dice < 0.48) tree.set(path, { kind: "submodule", content: pick(["1", "2"], random)!.repeat(40) });
  else if (dice < 0.52 && isFile(entry)) tree.set(path, { ...entry, kind: entry.kind === "file" ? "program" : "file" });
  else tree.set(path, isFile(entry) ? { ...entry, content: edit(entry.content, random) } : newFile(random));
}

function isFile(entry: Entry): boolean {
  return entry.kind === "file" || entry.kind === "program";
}

function move(tree: Tree, path: string, entry: Entry, random: Random): void {
  tree.delete(path);
  const content = random() < 0.5 && isFile(entry) ? edit(entry.content, random) : entry.content;
  tree.set(pick(paths, random)!, { ...entry, content });
}

function newFile(random: Random): Entry {
  const start = random() < 0.15 ? padding : [];
  const body = Array.from({ length: Math.floor(random() ** 2 * 40) }, () => pick(lines, random)!);
  return { kind: "file", content: joinLines([...start, ...body], random) };
}

function edit(content: string, random: Random): string {
  const parts = content.split("\n");
  for (let left = Math.floor(random() * 5); left > 0; left -= 1) {
    const inserted = Array.from({ length: Math.floor(random() * 4) }, () => pick(lines, random)!);
    parts.splice(Math.floor(random() * (parts.length + 1)), Math.floor(random() * 4), ...inserted);
  }
  return joinLines(parts, random);
}

function joinLines(parts: readonly string[], random: Random): string {
  const text = parts.join("\n");
  return random() < 0.6 && text !== "" && !text.endsWith("\n") ? `${text}\n` : text;
}

/** The commit that leads from one tree to another. */
function requestOf(before: Tree, after: Tree): CommitRequest {
  const changed = [...after].filter(([path, entry]) => before.get(path) !== entry);
  const ofKinds = (...kinds: Entry["kind"][]) =>
    changed
      .filter(([, { kind }]) => kinds.includes(kind))
      .map(([path, { content }]) => [Buffer.from(path, "latin1"), Buffer.from(content, "latin1")] as const);
  return {
    delete: [...before.keys()].filter((path) => !after.has(path)).map((path) => Buffer.from(path, "latin1")),
    files: ofKinds("file", "program"),
    symlinks: ofKinds("link"),
    submodules: ofKinds("submodule").map(([path, id]) => [path, id.toString("latin1")] as const),
    modes: ofKinds("program").map(([path]) => [path, "100755"] as const),
    branch: "main",
  };
}

function pick<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}
