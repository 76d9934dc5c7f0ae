import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffReader, type DiffFile } from "../../../core/change/read-diff.ts";

interface Read {
  diffs: {
    commit: string;
    files: (Omit<DiffFile, "path" | "previousPath"> & { path: string; previousPath: string | null })[];
  }[];
  lines: { path: string; line: number; text: string }[];
  removed: { path: string; line: number; text: string }[];
  counts: (number | null)[][];
}

/** Feeds the reader in chunks that end at the given places, and collects what it hands over. */
function read(output: Buffer, { commits = false, cuts = [] as readonly number[] } = {}): Read {
  const result: Read = { diffs: [], lines: [], removed: [], counts: [] };
  const reader = diffReader({
    commits,
    onDiff: (commit, files) => result.diffs.push({ commit, files: files.map(readable) }),
    onCounts: (files) =>
      result.counts.push(files.flatMap(({ addedLines, deletedLines }) => [addedLines, deletedLines])),
    onAddedLine: (file, line, text) =>
      result.lines.push({ path: file.path.toString("latin1"), line, text: text.toString("latin1") }),
    onRemovedLine: (file, line, text) =>
      result.removed.push({ path: file.path.toString("latin1"), line, text: text.toString("latin1") }),
  });
  const ends = [...new Set(cuts.map((cut) => cut % (output.length + 1))), output.length].sort((a, b) => a - b);
  for (const [index, end] of ends.entries()) reader.write(output.subarray(ends[index - 1] ?? 0, end));
  reader.end();
  return result;
}

function readable(file: DiffFile) {
  const latin1 = (bytes: Buffer) => bytes.toString("latin1");
  return { ...file, path: latin1(file.path), previousPath: file.previousPath && latin1(file.previousPath) };
}

const ids = `${"1".repeat(40)} ${"2".repeat(40)}`;

/** One file as `git diff-tree -r -z --raw --numstat -p -U0` shows it, in its three places. */
interface Shown {
  status?: string;
  modes?: string;
  path: string;
  previousPath?: string;
  counts: string;
  patch: string;
}

function show(files: readonly Shown[]): string {
  const raw = files.map(({ status = "M", modes = "100644 100644", path, previousPath }) => {
    const paths = previousPath === undefined ? path : `${previousPath}\0${path}`;
    return `:${modes} ${ids} ${status}\0${paths}\0`;
  });
  const counts = files.map(({ counts, path, previousPath }) =>
    previousPath === undefined ? `${counts}\t${path}\0` : `${counts}\t\0${previousPath}\0${path}\0`,
  );
  return `${raw.join("")}${counts.join("")}\0${files.map(({ patch }) => patch).join("")}`;
}

const header = "diff --git a/f b/f\nindex 1111111..2222222 100644\n--- a/f\n+++ b/f\n";
const bytes = (text: string) => Buffer.from(text, "latin1");

/** A patch whose lines all look like something else. */
const hostileLines = [
  "++ b/x",
  "-- a/x",
  "diff --git a/x b/x",
  "@@ -1 +1 @@",
  "\\ No newline at end of file",
  "Binary files a/x and b/x differ",
  ":100644 100644 1 2 M",
  "3".repeat(40),
  "",
  "\r",
  "a\0b",
  `${"3".repeat(40)}\0`,
  "\xff\xfe",
];
const hostile = show([
  {
    path: "f",
    counts: `${hostileLines.length}\t${hostileLines.length}`,
    patch: `${header}@@ -1,${hostileLines.length} +1,${hostileLines.length} @@ int main\0(void)\n${hostileLines
      .map((line) => `-${line}\n`)
      .join("")}\\ No newline at end of file\n${hostileLines.map((line) => `+${line}\n`).join("")}`,
  },
  {
    status: "R087",
    path: '\nnew\tname"',
    previousPath: ":old name",
    counts: "1\t0",
    patch: `diff --git "a/:old name" "b/\\nnew\\tname\\""\nsimilarity index 87%\n${header.slice(19)}@@ -4,0 +5 @@\n+++ b/x\n\\ No newline at end of file\n`,
  },
  { path: "picture.png", counts: "-\t-", patch: `${header.slice(0, 19)}Binary files a/p and b/p differ\n` },
  {
    path: "run.sh",
    modes: "100644 100755",
    counts: "0\t0",
    patch: "diff --git a/r b/r\nold mode 100644\nnew mode 100755\n",
  },
]);

describe("one diff", () => {
  test("lines that look like headers are lines", () => {
    const { diffs, lines, removed, counts } = read(bytes(hostile));
    expect(lines.slice(0, -1).map(({ text }) => text)).toEqual(hostileLines);
    expect(removed).toEqual(hostileLines.map((text, index) => ({ path: "f", line: index + 1, text })));
    expect(counts).toEqual([[13, 13, 1, 0, null, null, 0, 0]]);
    expect(lines.at(-1)).toEqual({ path: '\nnew\tname"', line: 5, text: "++ b/x" });
    expect(diffs).toHaveLength(1);
    expect(diffs[0]?.files).toMatchObject([
      {
        path: "f",
        addedLines: 13,
        deletedLines: 13,
        hunks: [{ oldStart: 1, oldLines: 13, newStart: 1, newLines: 13 }],
      },
      {
        path: '\nnew\tname"',
        previousPath: ":old name",
        hunks: [{ oldStart: 4, oldLines: 0, newStart: 5, newLines: 1 }],
      },
      { path: "picture.png", addedLines: null, deletedLines: null, hunks: [] },
      { path: "run.sh", oldMode: "100644", newMode: "100755", hunks: [] },
    ]);
  });

  test("removed lines have the numbers of the older file, added ones those of the newer", () => {
    const patch = `${header}@@ -4,2 +9 @@\n-a\n-b\n+c\n@@ -20 +24,0 @@\n-d\n`;
    const { lines, removed } = read(bytes(show([{ path: "f", counts: "1\t3", patch }])));
    expect(removed.map(({ line, text }) => `${line} ${text}`)).toEqual(["4 a", "5 b", "20 d"]);
    expect(lines.map(({ line, text }) => `${line} ${text}`)).toEqual(["9 c"]);
  });

  test("the counts come before the lines", () => {
    const heard: string[] = [];
    const reader = diffReader({
      commits: false,
      onDiff: () => heard.push("diff"),
      onCounts: () => heard.push("counts"),
      onAddedLine: () => heard.push("added"),
      onRemovedLine: () => heard.push("removed"),
    });
    reader.write(bytes(show([{ path: "f", counts: "1\t1", patch: `${header}@@ -1 +1 @@\n-a\n+b\n` }])));
    reader.end();
    expect(heard).toEqual(["counts", "removed", "added", "diff"]);
  });

  test("the reading is the same wherever the output is cut in two", () => {
    const whole = read(bytes(hostile));
    for (let cut = 1; cut < hostile.length; cut += 1) expect(read(bytes(hostile), { cuts: [cut] })).toEqual(whole);
  });

  test("the reading is the same in any chunks", () => {
    const whole = read(bytes(hostile));
    fc.assert(
      fc.property(fc.array(fc.nat(hostile.length), { maxLength: 60 }), (cuts) => {
        expect(read(bytes(hostile), { cuts })).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test("byte by byte", () => {
    const cuts = Array.from({ length: hostile.length }, (_, index) => index);
    expect(read(bytes(hostile), { cuts })).toEqual(read(bytes(hostile)));
  });

  test("no output is no files", () => {
    expect(read(Buffer.alloc(0))).toEqual({ diffs: [{ commit: "", files: [] }], lines: [], removed: [], counts: [] });
  });

  test("33: one line of 50 MB in small chunks is read in the time it takes to copy it", () => {
    const line = "x".repeat(50_000_000);
    const output = bytes(show([{ path: "f", counts: "1\t0", patch: `${header}@@ -0,0 +1 @@\n+${line}\n` }]));
    const cuts = Array.from({ length: 800 }, (_, index) => index * 65_536);
    expect(read(output, { cuts }).lines[0]?.text.length).toBe(line.length);
  });
});

describe("a type change is a deletion and a creation, and counts as both", () => {
  const gone = (lines: number) =>
    `diff --git a/f b/f\ndeleted file mode 100644\n--- a/f\n+++ /dev/null\n@@ -1,${lines} +0,0 @@\n${"-x\n".repeat(lines)}`;
  const come = "diff --git a/f b/f\nnew file mode 120000\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+target\n";
  const binaryGone = "diff --git a/f b/f\ndeleted file mode 100644\nBinary files a/f and /dev/null differ\n";
  const binaryCome = "diff --git a/f b/f\nnew file mode 100644\nBinary files /dev/null and b/f differ\n";
  const emptyCome = "diff --git a/f b/f\nnew file mode 100644\n";
  const hunk = (oldStart: number, oldLines: number, newStart: number, newLines: number) => [
    { oldStart, oldLines, newStart, newLines },
  ];
  test.each([
    { says: "a file to a link", counts: "1\t3", patch: gone(3) + come, added: 1, deleted: 3, hunks: hunk(1, 3, 1, 1) },
    {
      says: "35: a file to a link of the same text",
      counts: "0\t0",
      patch: gone(1) + come,
      added: 1,
      deleted: 1,
      hunks: hunk(1, 1, 1, 1),
    },
    {
      says: "35: a binary file to a link",
      counts: "-\t-",
      patch: binaryGone + come,
      added: 1,
      deleted: null,
      hunks: hunk(0, 0, 1, 1),
    },
    {
      says: "35: a link to a binary file",
      counts: "-\t-",
      patch: gone(1) + binaryCome,
      added: null,
      deleted: 1,
      hunks: hunk(1, 1, 0, 0),
    },
    {
      says: "a link to an empty file",
      counts: "0\t1",
      patch: gone(1) + emptyCome,
      added: 0,
      deleted: 1,
      hunks: hunk(1, 1, 0, 0),
    },
  ])("$says", ({ counts, patch, added, deleted, hunks }) => {
    const file = read(bytes(show([{ status: "T", path: "f", counts, patch }]))).diffs[0]?.files[0];
    expect(file).toMatchObject({ addedLines: added, deletedLines: deleted, hunks });
  });
});

describe("many commits", () => {
  const [first, second, third] = ["a", "b", "c"].map((letter) => letter.repeat(40));
  const output = `${first}\0${hostile}${second}\0${third}\0${hostile}`;

  test("each diff has its commit, also an empty one between two", () => {
    const { diffs } = read(bytes(output), { commits: true });
    expect(diffs.map(({ commit, files }) => [commit, files.length])).toEqual([
      [first, 4],
      [second, 0],
      [third, 4],
    ]);
    expect(diffs[0]?.files).toEqual(read(bytes(hostile)).diffs[0]?.files);
  });

  test("the reading is the same wherever the output is cut in two", () => {
    const whole = read(bytes(output), { commits: true });
    for (let cut = 1; cut < output.length; cut += 7)
      expect(read(bytes(output), { commits: true, cuts: [cut] })).toEqual(whole);
  });

  test("no output is no diffs", () => {
    expect(read(Buffer.alloc(0), { commits: true }).diffs).toEqual([]);
  });
});

describe("what is not git's output throws", () => {
  const one = { path: "f", counts: "1\t1", patch: `${header}@@ -1 +1 @@\n-a\n+b\n` };
  test.each([
    { says: "words", output: "fatal: not a repository\n" },
    { says: "a diff without its list", output: header },
    { says: "a commit where none is asked for", output: `${"a".repeat(40)}\0` },
    { says: "fewer parts in a raw line", output: `:100644 100644 M\0f\0` },
    { says: "fewer counts than files", output: `:100644 100644 ${ids} M\0f\0\0` },
    { says: "more counts than files", output: show([one]).replace("1\t1\tf\0", "1\t1\tf\x001\t1\tg\0") },
    { says: "counts that are no numbers", output: show([{ ...one, counts: "1e3\t1" }]) },
    { says: "counts below zero", output: show([{ ...one, counts: "-1\t1" }]) },
    { says: "counts without a tab", output: show([one]).replace("1\t1\tf", "11f") },
    { says: "other counts than hunks", output: show([{ ...one, counts: "2\t1" }]) },
    {
      says: "a hunk with a line too many on one side",
      output: show([{ ...one, patch: `${header}@@ -1 +1 @@\n+a\n+b\n` }]),
    },
    { says: "a hunk with a context line", output: show([{ ...one, patch: `${header}@@ -1 +1 @@\n a\n+b\n` }]) },
    { says: "a hunk with an empty line", output: show([{ ...one, patch: `${header}@@ -1 +1 @@\n\n+b\n` }]) },
    { says: "a hunk before its file", output: show([{ ...one, patch: `@@ -1 +1 @@\n-a\n+b\n` }]) },
    { says: "a hunk header without numbers", output: show([{ ...one, patch: `${header}@@ -x +1 @@\n-a\n+b\n` }]) },
    {
      says: "a hunk header with huge numbers",
      output: show([{ ...one, patch: `${header}@@ -1 +1,99999999999999999999 @@\n` }]),
    },
    {
      says: "a hunk header that does not end",
      output: show([{ ...one, patch: `${header}@@ -1 +1 x\n-a\n+b\n` }]),
    },
    { says: "a combined diff", output: show([{ ...one, patch: "diff --cc f\n@@@ -1 -1 +1 @@@\n--a\n++b\n" }]) },
    { says: "a file that is not in the list", output: show([{ ...one, patch: `${one.patch}${header}` }]) },
    { says: "a file without its patch", output: show([one, { ...one, counts: "0\t0", patch: "" }]) },
  ])("$says", ({ output }) => {
    expect(() => read(bytes(output))).toThrow(/git/);
    expect(() => read(bytes(output), { cuts: [1, 2, 3, 5, 8, 13, 21, 34, 55, 89] })).toThrow(/git/);
  });

  const mismatch = /a hunk whose lines do not match its counts/;
  test.each([
    { says: "a line taken away too many", lines: "-a\n-b\n+c\n" },
    { says: "a line added too many", lines: "+a\n+b\n-c\n" },
  ])("$says, at that line", ({ lines }) => {
    expect(() => read(bytes(show([{ ...one, patch: `${header}@@ -1 +1 @@\n${lines}` }])))).toThrow(mismatch);
  });

  test("a commit whose name is no object id", () => {
    expect(() => read(bytes(`main\0${show([one])}`), { commits: true })).toThrow(/unknown shape/);
  });

  test("output that stops anywhere", () => {
    const output = bytes(show([one, one]));
    for (let end = 1; end < output.length; end += 1)
      expect(() => read(output.subarray(0, end)), `cut at ${end}`).toThrow(/git/);
  });

  test("any bytes are read or refused, and never for long", () => {
    const pieces = fc.constantFrom(
      ":100644 100644 ",
      ids,
      " M",
      "\0",
      "f",
      "1\t1\t",
      header,
      "@@ -1 +1 @@",
      "\n",
      "-a",
      "+b",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 }),
        fc.boolean(),
        (parts, commits) => {
          try {
            const { diffs } = read(bytes(parts.join("")), { commits });
            for (const { files } of diffs) for (const file of files) expect(file.path).not.toBe("");
          } catch (error) {
            expect(String(error)).toMatch(/git/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("one changed byte is refused, or changes nothing but what that byte says", () => {
    const output = bytes(show([one, { ...one, path: "g" }]));
    fc.assert(
      fc.property(fc.nat(output.length - 1), fc.nat(255), (place, byte) => {
        const changed = Buffer.from(output);
        changed[place] = byte;
        try {
          const [diff] = read(changed).diffs;
          expect(diff?.files.map(({ addedLines, deletedLines }) => [addedLines, deletedLines])).toEqual([
            [1, 1],
            [1, 1],
          ]);
        } catch (error) {
          expect(String(error)).toMatch(/git/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
