import { describe, expect, test } from "vitest";
import { lintLimits, type LintLimits } from "../../../adapters/sandbox/reader.ts";
import { runLint } from "../../../adapters/sandbox/run-lint.ts";
import type { FileToLint, LintedFile } from "../../../core/lint/index.ts";

const drops = "try {\n  save();\n} catch {\n}\n";

function added(path: string, head: string): FileToLint {
  return { path, base: null, head, hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 1 }] };
}

async function all(files: readonly FileToLint[], limits: LintLimits = lintLimits): Promise<LintedFile[]> {
  const linted: LintedFile[] = [];
  for await (const file of runLint(files, ["swallowed-error"], limits)) linted.push(file);
  return linted;
}

const deep = (open: string, close: string, count: number) => `${open.repeat(count)}${close.repeat(count)}\n`;

/** Texts that no person wrote to be read. Each is bounded and named, and the file after it is looked at. */
const hostile: readonly { says: string; file: FileToLint; reason: RegExp }[] = [
  {
    says: "a line of five megabytes",
    file: added("one-line.js", `x = [${"1,".repeat(2_500_000)}1];`),
    reason: /characters/,
  },
  {
    says: "a minified file",
    file: added("app.js", `try{a()}catch{};${"b();".repeat(10_000)}`),
    reason: /line 1 has more than 20000 characters/,
  },
  {
    says: "ten thousand parentheses",
    file: added("deep.ts", `try { x = ${deep("(", ")", 9_000)} } catch {}\n`),
    reason: /nested too deeply|could not be read/,
  },
  {
    says: "ten thousand lists in Python",
    file: added("deep.py", `try:\n  x = ${deep("[", "]", 9_000)}\nexcept E:\n  pass\n`),
    reason: /nested too deeply|could not be read/,
  },
  {
    says: "binary bytes with a name of TypeScript",
    file: added("image.ts", "catch \u0000\u0001\u0002PNG"),
    reason: /NUL byte/,
  },
  {
    says: "a text that is no program",
    file: added("prose.py", "Dear reader, except that ::: this is { no } program )))\n"),
    reason: /could not be read as python/,
  },
];

describe("a text that was made to harm", () => {
  test.each(hostile)("$says", async ({ file, reason }) => {
    const [bad, good] = await all([file, added("good.js", drops)]);
    expect(bad!.notAnalysed.map(({ path }) => path)).toEqual([file.path]);
    expect(bad!.notAnalysed[0]!.reason).toMatch(reason);
    expect(good!.findings.map(({ rule }) => rule)).toEqual(["swallowed-error"]);
  });
});

test("a process that runs out of time is ended, its file named, and the others are looked at", async () => {
  const limits = { ...lintLimits, fileMs: 1 };
  const linted = await all([added("slow.js", drops.repeat(3000))], limits);
  expect(linted.map(({ notAnalysed }) => notAnalysed)).toEqual([
    [{ path: "slow.js", reason: "looking at it took longer than 0.001 seconds" }],
  ]);
});

test("a process that runs out of memory is ended, its file named, and the others are looked at", async () => {
  const large = Array.from({ length: 50_000 }, (_, index) => `a(b, c, d, ${index % 9});`).join("\n");
  const limits = { ...lintLimits, heapMb: 24 };
  const [bad, good] = await all([added("large.js", `${drops}${large}`), added("good.js", drops)], limits);
  expect(bad!.notAnalysed[0]!.reason).toMatch(/more memory than there is for one file/);
  expect(good!.findings).toHaveLength(1);
});

test("where many files end the process, those after them are named and not looked at", async () => {
  const limits = { ...lintLimits, fileMs: 1, restarts: 1 };
  const linted = await all(
    ["a.js", "b.js", "c.js"].map((path) => added(path, drops)),
    limits,
  );
  expect(linted.map(({ notAnalysed }) => notAnalysed[0]?.reason)).toEqual([
    expect.stringContaining("took longer"),
    expect.stringContaining("took longer"),
    "the process that reads had ended for too many files before it",
  ]);
});

test("nothing is started for no file", async () => {
  expect(await all([])).toEqual([]);
});
