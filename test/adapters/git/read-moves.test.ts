import { afterAll, describe, expect, test } from "vitest";
import { addedLines } from "../../../core/change/line-map.ts";
import { lineOrigins } from "../../../core/change/line-origins.ts";
import { createRepository, removeRepositories, type CommitRequest } from "../../git-repository.ts";
import { readRange } from "./read-range.ts";

afterAll(removeRepositories);

/** Where lines come from, in real repositories: through moves, reverts, renames and merges inside the range. */

const oldLines = Array.from({ length: 12 }, (_, index) => `const older${index} = "of the base";`);
const limit = ["function limit(order) {", "  const most = order.lines * 2;", "  return Math.min(most, 100);", "}"];
const total = ["function total(order) {", "  return order.lines.reduce(sum, 0);", "}"];
const text = (...parts: readonly (string | readonly string[])[]) =>
  parts
    .flat()
    .map((line) => `${line}\n`)
    .join("");

interface Step extends Omit<CommitRequest, "parents"> {
  /** Steps by their number, from 1; 0 is the base. The one before unless told. */
  parents?: readonly number[];
}

/**
 * The added lines of the change that these steps make, each stretch as `path start-end step path:line`: the step that
 * brought it, from 1, and where it stood there. `-` where no step did.
 */
async function origins(steps: readonly Step[], base: CommitRequest["files"] = { "a.ts": text(oldLines) }) {
  const repository = createRepository({ bare: true });
  const [first = "", ...commits] = repository.commitAll([
    { files: base },
    ...steps.map(({ parents, ...step }, index) => ({
      ...step,
      branch: "feature",
      parents: (parents ?? [index]).map((parent) => `:${parent + 1}`),
    })),
  ]);
  const change = await readRange(repository.path, { base: first, head: commits.at(-1)! });
  const found = lineOrigins(change);
  for (const { path, hunks } of change.files) {
    const lines = (found.get(path) ?? []).flatMap(({ start, end }) =>
      Array.from({ length: end - start + 1 }, (_, index) => start + index),
    );
    expect(lines).toEqual(addedLines(hunks));
  }
  return [...found].flatMap(([path, stretches]) =>
    stretches.map(({ start, end, commit, path: at, line }) => {
      const step = commit === null ? "-" : `c${commits.indexOf(commit) + 1} ${at}:${line}`;
      return `${path} ${start}-${end} ${step}`;
    }),
  );
}

const withLimit = text(oldLines.slice(0, 6), limit, oldLines.slice(6));
const without = text(oldLines);
const unrelated = { "z.ts": text("const zed = 1;") };

describe("moves", () => {
  test.each<{ says: string; base?: CommitRequest["files"]; steps: Step[]; found: string[] }>([
    {
      says: "a function that one commit wrote and another moves to a new file",
      steps: [{ files: { "a.ts": withLimit } }, { files: { "a.ts": without, "b.ts": text("// limits", limit) } }],
      found: ["b.ts 1-1 c2 b.ts:1", "b.ts 2-5 c1 a.ts:7"],
    },
    {
      says: "one that is taken out first and put back by a later commit",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without } },
        { files: unrelated },
        { files: { "b.ts": text("// limits", limit) } },
      ],
      found: ["b.ts 1-1 c4 b.ts:1", "b.ts 2-5 c1 a.ts:7", "z.ts 1-1 c3 z.ts:1"],
    },
    {
      says: "twice",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without, "b.ts": text("// limits", limit) } },
        { files: { "b.ts": text("// limits"), "c.ts": text("// here now", limit) } },
      ],
      found: ["b.ts 1-1 c2 b.ts:1", "c.ts 1-1 c3 c.ts:1", "c.ts 2-5 c1 a.ts:7"],
    },
    {
      says: "a function of two writers",
      steps: [
        { files: { "a.ts": withLimit } },
        {
          files: {
            "a.ts": text(oldLines.slice(0, 6), limit.with(2, "  return Math.min(most, 7);"), oldLines.slice(6)),
          },
        },
        { files: { "a.ts": without, "b.ts": text(limit.with(2, "  return Math.min(most, 7);")) } },
      ],
      found: ["b.ts 1-2 c1 a.ts:7", "b.ts 3-3 c2 a.ts:9", "b.ts 4-4 c1 a.ts:10"],
    },
    {
      says: "lines that are older than the change belong to whoever moves them",
      steps: [{ files: { "a.ts": text(oldLines.slice(0, 4), oldLines.slice(8)), "b.ts": text(oldLines.slice(4, 8)) } }],
      found: ["b.ts 1-4 c1 b.ts:1"],
    },
    {
      says: "lines of the change among older ones keep their commit; the older ones are the mover's",
      steps: [
        { files: { "a.ts": withLimit } },
        {
          files: {
            "a.ts": text(oldLines.slice(0, 4), oldLines.slice(8)),
            "b.ts": text(oldLines.slice(4, 6), limit, oldLines.slice(6, 8)),
          },
        },
      ],
      found: ["b.ts 1-2 c2 b.ts:1", "b.ts 3-6 c1 a.ts:7", "b.ts 7-8 c2 b.ts:7"],
    },
    {
      says: "a file that is split in two",
      steps: [
        { files: { "all.ts": text(limit, "", total) } },
        {
          delete: ["all.ts"],
          files: { "one.ts": text("// one", limit, "// end"), "two.ts": text("// two", total, "// end") },
        },
      ],
      found: [
        "one.ts 1-1 c2 one.ts:1",
        "one.ts 2-5 c1 all.ts:1",
        "one.ts 6-6 c2 one.ts:6",
        "two.ts 1-1 c2 two.ts:1",
        "two.ts 2-4 c1 all.ts:6",
        "two.ts 5-5 c2 two.ts:5",
      ],
    },
    {
      says: "a copy belongs to the commit that copies",
      steps: [{ files: { "a.ts": withLimit } }, { files: { "b.ts": text("// copied", limit) } }],
      found: ["a.ts 7-10 c1 a.ts:7", "b.ts 1-5 c2 b.ts:1"],
    },
    {
      says: "lines that are indented anew belong to the commit that does",
      steps: [
        { files: { "a.ts": withLimit } },
        {
          files: {
            "a.ts": without,
            "b.ts": text(
              "class Limits {",
              limit.map((line) => `  ${line}`),
              "}",
            ),
          },
        },
      ],
      found: ["b.ts 1-6 c2 b.ts:1"],
    },
    {
      says: "a rename and a move in one commit",
      steps: [
        { files: { "a.ts": withLimit } },
        {
          rename: { "a.ts": "lib/a.ts" },
          files: { "lib/a.ts": text(oldLines), "b.ts": text("// limits", limit) },
        },
      ],
      found: ["b.ts 1-1 c2 b.ts:1", "b.ts 2-5 c1 a.ts:7"],
    },
    {
      says: "a line of a file that was renamed with it is told by its old path",
      steps: [{ files: { "a.ts": withLimit } }, { rename: { "a.ts": "lib/a.ts" } }],
      found: ["lib/a.ts 7-10 c1 a.ts:7"],
    },
    {
      says: "a brace that goes here and comes there moves alone nowhere",
      base: { "a.ts": text(oldLines, "}") },
      steps: [{ files: { "a.ts": text(oldLines, "}", "]") } }, { files: { "a.ts": text("]", oldLines, "}") } }],
      found: ["a.ts 1-1 c2 a.ts:1"],
    },
    {
      says: "across a merge: taken out on one side, put back behind it",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without } },
        { parents: [1], files: unrelated },
        { parents: [3, 2], files: { "a.ts": without } },
        { files: { "b.ts": text("// limits", limit) } },
      ],
      found: ["b.ts 1-1 c5 b.ts:1", "b.ts 2-5 c1 a.ts:7", "z.ts 1-1 c3 z.ts:1"],
    },
    {
      says: "moved on one side, and merged",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without, "b.ts": text("// limits", limit) } },
        { parents: [1], files: unrelated },
        { parents: [3, 2], files: { "a.ts": without, "b.ts": text("// limits", limit) } },
      ],
      found: ["b.ts 1-1 c2 b.ts:1", "b.ts 2-5 c1 a.ts:7", "z.ts 1-1 c3 z.ts:1"],
    },
    {
      says: "what another branch took out is no source",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without } },
        { parents: [1], files: { "b.ts": text("// limits", limit) } },
        { parents: [3, 2], files: { "a.ts": without } },
      ],
      found: ["b.ts 1-5 c3 b.ts:1"],
    },
  ])("$says", async ({ steps, base, found }) => expect(await origins(steps, base)).toEqual(found));
});

describe("reverts", () => {
  const withLine = (line: string) => text(oldLines.with(5, line));
  test.each<{ says: string; steps: Step[]; found: string[] }>([
    {
      says: "a revert alone leaves nothing",
      steps: [{ files: { "a.ts": withLimit } }, { files: { "a.ts": without } }],
      found: [],
    },
    {
      says: "a revert of a revert",
      steps: [{ files: { "a.ts": withLimit } }, { files: { "a.ts": without } }, { files: { "a.ts": withLimit } }],
      found: ["a.ts 7-10 c1 a.ts:7"],
    },
    {
      says: "of one short line",
      steps: [
        { files: { "a.ts": withLine("x") } },
        { files: { "a.ts": without } },
        { files: { "a.ts": withLine("x") } },
      ],
      found: ["a.ts 6-6 c1 a.ts:6"],
    },
    {
      says: "four times, with other commits between that shift the lines",
      steps: [
        { files: { "a.ts": withLine("x") } },
        { files: { "a.ts": without } },
        { files: { "a.ts": text("top", oldLines) } },
        { files: { "a.ts": `${text("top")}${withLine("x")}` } },
        { files: { "a.ts": text("top", oldLines) } },
        { files: { "a.ts": `${text("top")}${withLine("x")}` } },
      ],
      found: ["a.ts 1-1 c3 a.ts:1", "a.ts 7-7 c1 a.ts:6"],
    },
    {
      says: "of a part: the rest is gone, and what is new is the reverter's",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without } },
        { files: { "a.ts": text(oldLines.slice(0, 6), limit.slice(0, 2), "  return 7;", oldLines.slice(6)) } },
      ],
      found: ["a.ts 7-8 c1 a.ts:7", "a.ts 9-9 c3 a.ts:9"],
    },
    {
      says: "of an edit of the change: back to who wrote it before",
      steps: [
        { files: { "a.ts": withLine("x = 1") } },
        { files: { "a.ts": withLine("x = 2") } },
        { files: { "a.ts": withLine("x = 1") } },
      ],
      found: ["a.ts 6-6 c1 a.ts:6"],
    },
    {
      says: "of a deleted file",
      steps: [{ files: { "n.ts": text("1") } }, { delete: ["n.ts"] }, { files: { "n.ts": text("1") } }],
      found: ["n.ts 1-1 c1 n.ts:1"],
    },
    {
      says: "of a merge's side, and back again",
      steps: [
        { files: { "a.ts": withLimit } },
        { parents: [0], files: unrelated },
        { parents: [2, 1], files: { "a.ts": withLimit } },
        { files: { "a.ts": without } },
        { files: { "a.ts": withLimit } },
      ],
      found: ["a.ts 7-10 c1 a.ts:7", "z.ts 1-1 c2 z.ts:1"],
    },
    {
      says: "what comes back twice is the second one's copy",
      steps: [
        { files: { "a.ts": withLimit } },
        { files: { "a.ts": without } },
        { files: { "a.ts": withLimit } },
        { files: { "b.ts": text("// again", limit) } },
      ],
      found: ["a.ts 7-10 c1 a.ts:7", "b.ts 1-5 c4 b.ts:1"],
    },
  ])("$says", async ({ steps, found }) => expect(await origins(steps)).toEqual(found));
});

describe("merges", () => {
  test("a merge's own lines are told by its own tree", async () => {
    const steps: Step[] = [
      { files: { "a.ts": text("one", oldLines) } },
      { parents: [0], files: { "a.ts": text(oldLines, "two") } },
      { parents: [1, 2], files: { "a.ts": text("one", oldLines, "two", "merged") } },
      { files: { "a.ts": text("later", "one", oldLines, "two", "merged") } },
    ];
    expect(await origins(steps)).toEqual([
      "a.ts 1-1 c4 a.ts:1",
      "a.ts 2-2 c1 a.ts:1",
      "a.ts 15-15 c2 a.ts:13",
      "a.ts 16-16 c3 a.ts:15",
    ]);
  });

  test("what a merge puts elsewhere is its own: its diffs show what the sides did, too", async () => {
    const steps: Step[] = [
      { files: { "a.ts": withLimit } },
      { parents: [0], files: unrelated },
      { parents: [2, 1], files: { "a.ts": without, "b.ts": text(limit) } },
    ];
    expect(await origins(steps)).toEqual(["b.ts 1-4 c3 b.ts:1", "z.ts 1-1 c2 z.ts:1"]);
  });
});

test("the same repository gives the same moves", async () => {
  const repository = createRepository({ bare: true });
  const [base = "", , head = ""] = repository.commitAll([
    { files: { "a.ts": text(oldLines) } },
    { files: { "a.ts": withLimit, "c.ts": text(limit) } },
    { files: { "a.ts": without, "b.ts": text(limit, limit, limit), "c.ts": text("x") } },
  ]);
  const [one, two] = [
    await readRange(repository.path, { base, head }),
    await readRange(repository.path, { base, head }),
  ];
  expect(one.commits.at(-1)?.moves.length).toBe(2);
  expect(two).toEqual(one);
  expect(lineOrigins(two)).toEqual(lineOrigins(one));
});
