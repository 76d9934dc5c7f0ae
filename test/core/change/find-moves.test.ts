import { describe, expect, test } from "vitest";
import type { Move } from "../../../core/change/change.ts";
import { moveFinder, type MoveLimits } from "../../../core/change/find-moves.ts";
import { cpuTime } from "../../cpu-time.ts";

/** One hunk: where it stands, what it takes away and what it adds. A start is git's: the line before, with 0 lines. */
interface Edit {
  from: string | null;
  to: string | null;
  at: [oldStart: number, newStart: number];
  removed?: readonly string[];
  added?: readonly string[];
}

interface Step {
  sha: string;
  /** The commit before it in the list unless told; a merge has no edits of its own. */
  parents?: readonly string[];
  edits?: readonly Edit[];
}

function edit(path: string, at: [number, number], rest: Pick<Edit, "removed" | "added">): Edit {
  return { from: path, to: path, at, ...rest };
}

/** Each move as `commit path:start+lines < commit path:start`. */
function moves(steps: readonly Step[], limits?: MoveLimits): string[] {
  const commits = steps.map(({ sha, parents }, index) => ({
    sha,
    parents: [...(parents ?? [steps[index - 1]?.sha ?? "base"])],
  }));
  const finder = moveFinder(commits, limits);
  return steps.flatMap(({ edits = [] }, index) => {
    const { sha, parents } = commits[index]!;
    return parents.length > 1 ? [] : feed(finder, sha, parents[0] ?? null, edits).map((move) => show(sha, move));
  });
}

function feed(
  finder: ReturnType<typeof moveFinder>,
  sha: string,
  parent: string | null,
  edits: readonly Edit[],
): Move[] {
  const count = (side: "added" | "removed") => edits.reduce((sum, one) => sum + (one[side]?.length ?? 0), 0);
  finder.begin(count("added"), count("removed"));
  for (const { removed = [], added = [] } of edits) {
    for (const line of removed) finder.removed(Buffer.from(line));
    for (const line of added) finder.added(Buffer.from(line));
  }
  const files = edits.map(({ from, to, at: [oldStart, newStart], removed = [], added = [] }) => ({
    from,
    to,
    hunks: [{ oldStart, oldLines: removed.length, newStart, newLines: added.length }],
  }));
  return finder.finish(sha, parent, files);
}

function show(sha: string, { path, start, lines, from }: Move): string {
  return `${sha} ${path}:${start}+${lines} < ${from.commit} ${from.path}:${from.start}`;
}

const body = ["function limit(order) {", "  const most = order.lines * 2;", "  return Math.min(most, 100);", "}"];
const other = ["function total(order) {", "  return order.lines.reduce(sum, 0);", "}"];
const take = edit("a.ts", [10, 9], { removed: body });

describe("what a commit moved or brought back", () => {
  test.each<{ says: string; steps: Step[]; found: string[] }>([
    {
      says: "a function to another file, in one commit",
      steps: [{ sha: "c1", edits: [take, edit("b.ts", [4, 5], { added: body })] }],
      found: ["c1 b.ts:5+4 < c1 a.ts:10"],
    },
    {
      says: "the file that is read first may be the one it moved to",
      steps: [{ sha: "c1", edits: [edit("a.ts", [4, 5], { added: body }), edit("b.ts", [10, 9], { removed: body })] }],
      found: ["c1 a.ts:5+4 < c1 b.ts:10"],
    },
    {
      says: "to another place of the same file",
      steps: [{ sha: "c1", edits: [take, edit("a.ts", [30, 27], { added: body })] }],
      found: ["c1 a.ts:27+4 < c1 a.ts:10"],
    },
    {
      says: "brought back by a later commit, elsewhere",
      steps: [
        { sha: "c1", edits: [take] },
        { sha: "c2", edits: [edit("x.ts", [1, 1], { removed: ["x"], added: ["y"] })] },
        { sha: "c3", edits: [{ from: null, to: "b.ts", at: [0, 1], added: body }] },
      ],
      found: ["c3 b.ts:1+4 < c1 a.ts:10"],
    },
    {
      says: "a part, inside lines that are new",
      steps: [{ sha: "c1", edits: [take, edit("b.ts", [4, 5], { added: ["new", ...body.slice(1, 3), "new too"] })] }],
      found: ["c1 b.ts:6+2 < c1 a.ts:11"],
    },
    {
      says: "a file split in two",
      steps: [
        {
          sha: "c1",
          edits: [
            { from: "all.ts", to: null, at: [1, 0], removed: [...body, "", ...other] },
            { from: null, to: "one.ts", at: [0, 1], added: body },
            { from: null, to: "two.ts", at: [0, 1], added: other },
          ],
        },
      ],
      found: ["c1 one.ts:1+4 < c1 all.ts:1", "c1 two.ts:1+3 < c1 all.ts:6"],
    },
    {
      says: "two functions that change places with a third between them",
      steps: [{ sha: "c1", edits: [take, edit("b.ts", [4, 5], { added: [...other, ...body] })] }],
      found: ["c1 b.ts:8+4 < c1 a.ts:10"],
    },
    {
      says: "lines that are indented anew are other lines",
      steps: [{ sha: "c1", edits: [take, edit("b.ts", [4, 5], { added: body.map((line) => `  ${line}`) })] }],
      found: [],
    },
    {
      says: "a copy is no move: nothing was taken away",
      steps: [{ sha: "c1", edits: [edit("b.ts", [4, 5], { added: body })] }],
      found: [],
    },
    {
      says: "of two copies one is the move",
      steps: [
        { sha: "c1", edits: [take, edit("b.ts", [0, 1], { added: body }), edit("c.ts", [0, 1], { added: body })] },
      ],
      found: ["c1 b.ts:1+4 < c1 a.ts:10"],
    },
    {
      says: "what was brought back is copied by later commits",
      steps: [
        { sha: "c1", edits: [take] },
        { sha: "c2", edits: [edit("b.ts", [0, 1], { added: body })] },
        { sha: "c3", edits: [edit("c.ts", [0, 1], { added: body })] },
      ],
      found: ["c2 b.ts:1+4 < c1 a.ts:10"],
    },
    {
      says: "the same commit comes before an earlier one",
      steps: [
        { sha: "c1", edits: [edit("old.ts", [1, 0], { removed: body })] },
        { sha: "c2", edits: [take, edit("b.ts", [4, 5], { added: body })] },
      ],
      found: ["c2 b.ts:5+4 < c2 a.ts:10"],
    },
    {
      says: "the latest of earlier commits comes first",
      steps: [
        { sha: "c1", edits: [edit("old.ts", [1, 0], { removed: body })] },
        { sha: "c2", edits: [take] },
        { sha: "c3", edits: [edit("b.ts", [4, 5], { added: body })] },
      ],
      found: ["c3 b.ts:5+4 < c2 a.ts:10"],
    },
    {
      says: "of equals in one commit the one at the same path",
      steps: [
        {
          sha: "c1",
          edits: [take, edit("b.ts", [10, 9], { removed: body }), edit("c.ts", [10, 9], { removed: body })],
        },
        { sha: "c2", edits: [edit("b.ts", [80, 81], { added: body })] },
      ],
      found: ["c2 b.ts:81+4 < c1 b.ts:10"],
    },
    {
      says: "the longest stretch: a line that many places lost follows its neighbours",
      steps: [
        {
          sha: "c1",
          edits: [
            edit("a.ts", [1, 0], { removed: ["// Copyright the authors of it all", ...body] }),
            edit("b.ts", [1, 0], { removed: ["// Copyright the authors of it all", ...other] }),
            edit("c.ts", [0, 1], { added: ["// Copyright the authors of it all", ...body, "new"] }),
          ],
        },
      ],
      found: ["c1 c.ts:1+5 < c1 a.ts:1"],
    },
    {
      says: "lines with too few letters never move alone",
      steps: [
        { sha: "c1", edits: [edit("a.ts", [3, 2], { removed: ["}"] }), edit("a.ts", [9, 8], { added: ["}"] })] },
        { sha: "c2", edits: [edit("b.ts", [4, 5], { added: ["", "}", "  return;"] })] },
      ],
      found: [],
    },
    {
      says: "nineteen letters and digits are too few",
      steps: [
        {
          sha: "c1",
          edits: [
            edit("a.ts", [3, 2], { removed: ["abcdefghij", "012345678"] }),
            edit("b.ts", [3, 4], { added: ["abcdefghij", "012345678"] }),
          ],
        },
      ],
      found: [],
    },
    {
      says: "twenty are enough, over all lines of the stretch",
      steps: [
        {
          sha: "c1",
          edits: [
            edit("a.ts", [3, 2], { removed: ["abcdefghij", "(((", "0123456789"] }),
            edit("b.ts", [3, 4], { added: ["abcdefghij", "(((", "0123456789"] }),
          ],
        },
      ],
      found: ["c1 b.ts:4+3 < c1 a.ts:3"],
    },
    {
      says: "a commit that is no ancestor has taken nothing from here",
      steps: [
        { sha: "left", parents: ["base"], edits: [take] },
        { sha: "right", parents: ["base"], edits: [edit("b.ts", [4, 5], { added: body })] },
        { sha: "merge", parents: ["left", "right"] },
        { sha: "after", edits: [edit("c.ts", [4, 5], { added: body })] },
      ],
      found: ["after c.ts:5+4 < left a.ts:10"],
    },
    {
      says: "two branches may each bring the same lines back",
      steps: [
        { sha: "c1", edits: [take] },
        { sha: "left", parents: ["c1"], edits: [edit("b.ts", [4, 5], { added: body })] },
        { sha: "right", parents: ["c1"], edits: [edit("b.ts", [4, 5], { added: body })] },
      ],
      found: ["left b.ts:5+4 < c1 a.ts:10", "right b.ts:5+4 < c1 a.ts:10"],
    },
    {
      says: "a root commit takes nothing away",
      steps: [{ sha: "root", parents: [], edits: [{ from: null, to: "a", at: [0, 1], added: body }] }],
      found: [],
    },
    {
      says: "an empty commit",
      steps: [
        { sha: "c1", edits: [take] },
        { sha: "c2" },
        { sha: "c3", edits: [edit("b.ts", [4, 5], { added: body })] },
      ],
      found: ["c3 b.ts:5+4 < c1 a.ts:10"],
    },
  ])("$says", ({ steps, found }) => expect(moves(steps)).toEqual(found));
});

describe("a revert brings back a whole hunk, however short, where it stood", () => {
  const drop = edit("a.ts", [10, 9], { removed: ["}"] });
  const back = (at: [number, number]) => edit("a.ts", at, { added: ["}"] });
  test.each<{ says: string; steps: Step[]; found: string[] }>([
    {
      says: "a line that was dropped",
      steps: [
        { sha: "c1", edits: [drop] },
        { sha: "c2", edits: [back([9, 10])] },
      ],
      found: ["c2 a.ts:10+1 < c1 a.ts:10"],
    },
    {
      says: "a line that was rewritten",
      steps: [
        { sha: "c1", edits: [edit("a.ts", [10, 10], { removed: ["x = 1"], added: ["x = 2"] })] },
        { sha: "c2", edits: [edit("a.ts", [10, 10], { removed: ["x = 2"], added: ["x = 1"] })] },
        { sha: "c3", edits: [edit("a.ts", [10, 10], { removed: ["x = 1"], added: ["x = 2"] })] },
      ],
      found: ["c2 a.ts:10+1 < c1 a.ts:10", "c3 a.ts:10+1 < c2 a.ts:10"],
    },
    {
      says: "a line that was rewritten twice",
      steps: [
        { sha: "c1", edits: [edit("a.ts", [10, 10], { removed: ["x = 1"], added: ["x = 2"] })] },
        { sha: "c2", edits: [edit("a.ts", [10, 10], { removed: ["x = 2"], added: ["x = 3"] })] },
        { sha: "c3", edits: [edit("a.ts", [10, 10], { removed: ["x = 3"], added: ["x = 1"] })] },
      ],
      found: ["c3 a.ts:10+1 < c1 a.ts:10"],
    },
    {
      says: "where later edits have shifted the place to",
      steps: [
        { sha: "c1", edits: [drop] },
        { sha: "c2", edits: [edit("a.ts", [1, 2], { added: ["1", "2", "3"] })] },
        { sha: "c3", edits: [back([12, 13])] },
      ],
      found: ["c3 a.ts:13+1 < c1 a.ts:10"],
    },
    {
      says: "not at another place",
      steps: [
        { sha: "c1", edits: [drop] },
        { sha: "c2", edits: [back([20, 21])] },
      ],
      found: [],
    },
    {
      says: "not at another path",
      steps: [
        { sha: "c1", edits: [drop] },
        { sha: "c2", edits: [edit("b.ts", [9, 10], { added: ["}"] })] },
      ],
      found: [],
    },
    {
      says: "not with another line",
      steps: [
        { sha: "c1", edits: [drop] },
        { sha: "c2", edits: [edit("a.ts", [9, 10], { added: ["}", "}"] })] },
      ],
      found: [],
    },
    {
      says: "not where another file stands now",
      steps: [
        { sha: "c1", edits: [drop] },
        { sha: "c2", edits: [{ from: "b.ts", to: "a.ts", at: [1, 1], removed: ["q"], added: ["r"] }] },
        { sha: "c3", edits: [back([9, 10])] },
      ],
      found: [],
    },
    {
      says: "a file that was deleted",
      steps: [
        { sha: "c1", edits: [{ from: "a.ts", to: null, at: [1, 0], removed: ["{}"] }] },
        { sha: "c2", edits: [{ from: null, to: "a.ts", at: [0, 1], added: ["{}"] }] },
      ],
      found: ["c2 a.ts:1+1 < c1 a.ts:1"],
    },
    {
      says: "and before a later one elsewhere that took the same",
      steps: [
        { sha: "c1", edits: [take] },
        { sha: "c2", edits: [edit("z.ts", [5, 4], { removed: body })] },
        { sha: "c3", edits: [edit("a.ts", [9, 10], { added: body })] },
      ],
      found: ["c3 a.ts:10+4 < c1 a.ts:10"],
    },
  ])("$says", ({ steps, found }) => expect(moves(steps)).toEqual(found));
});

describe("lines of every kind", () => {
  const long = "x".repeat(1_000_000);
  test.each<{ says: string; removed: Buffer[]; added: Buffer[]; lines: number }>([
    { says: "of 1 MB", removed: [Buffer.from(long)], added: [Buffer.from(long)], lines: 1 },
    {
      says: "of 1 MB that differ in a byte",
      removed: [Buffer.from(`${long}a`)],
      added: [Buffer.from(`${long}b`)],
      lines: 0,
    },
    { says: "that are no UTF-8", removed: [Buffer.alloc(30, 0xe9)], added: [Buffer.alloc(30, 0xe9)], lines: 1 },
    {
      says: "that would decode to the same",
      removed: [Buffer.alloc(30, 0xe9)],
      added: [Buffer.alloc(30, 0xe8)],
      lines: 0,
    },
    { says: "with CRLF and with LF", removed: [Buffer.from(`${body[0]}\r`)], added: [Buffer.from(body[0]!)], lines: 0 },
    {
      says: "in another script",
      removed: [Buffer.from("предельный заказ")],
      added: [Buffer.from("предельный заказ")],
      lines: 1,
    },
  ])("$says", ({ removed, added, lines }) => {
    const finder = moveFinder([{ sha: "c1", parents: ["base"] }]);
    finder.begin(added.length, removed.length);
    for (const line of removed) finder.removed(line);
    for (const line of added) finder.added(line);
    const hunk = { oldStart: 1, oldLines: removed.length, newStart: 50, newLines: added.length };
    const found = finder.finish("c1", "base", [{ from: "a", to: "a", hunks: [hunk] }]);
    expect(found.reduce((sum, move) => sum + move.lines, 0)).toBe(lines);
  });
});

describe("a hostile change costs time in proportion to its lines", () => {
  const many = 200_000;
  const rows: { says: string; removed: (index: number) => string; added?: (index: number) => string; all: boolean }[] =
    [
      { says: "equal lines", removed: () => "const same = line(1);", all: true },
      { says: "equal lines without letters", removed: () => "}", all: false },
      {
        says: "two lines in turn",
        removed: (index) => (index % 2 === 0 ? "first of the two" : "second of the two"),
        all: true,
      },
      {
        says: "two lines in turn, with a third now and then on one side",
        removed: (index) => (index % 2 === 0 ? "first of the two" : "second of the two"),
        added: (index) =>
          index % 1000 === 999 ? "a third" : index % 2 === 0 ? "first of the two" : "second of the two",
        all: false,
      },
      {
        says: "a letter, then ten thousand braces",
        removed: (index) => (index % 10_000 === 0 ? "a" : "}"),
        added: (index) => (index % 9_999 === 0 ? "a" : "}"),
        all: false,
      },
      {
        says: "equal lines, cut into pieces on one side",
        removed: () => "x",
        added: (index) => (index % 19 === 18 ? "new" : "x"),
        all: false,
      },
    ];
  test.each(rows)("200,000 lines: $says", ({ removed, added = removed, all }) => {
    const lines = (line: (index: number) => string) => Array.from({ length: many }, (_, index) => line(index));
    const spent = cpuTime();
    const found = moves([
      {
        sha: "c1",
        edits: [edit("a.ts", [1, 0], { removed: lines(removed) }), edit("b.ts", [0, 1], { added: lines(added) })],
      },
    ]);
    // In the square of the lines this would take minutes.
    expect(spent()).toBeLessThan(8000);
    if (all) expect(found).toEqual([`c1 b.ts:1+${many} < c1 a.ts:1`]);
  });

  test("a short line toggled by 3,000 commits", () => {
    const steps = Array.from({ length: 3000 }, (_, index) => ({
      sha: `c${index}`,
      edits: [
        edit("a.ts", [7, 7], { removed: [index % 2 === 0 ? "on" : "off"], added: [index % 2 === 0 ? "off" : "on"] }),
      ],
    }));
    expect(moves(steps)).toHaveLength(2999);
  });
});

describe("what is remembered is bounded", () => {
  const move = { sha: "c2", edits: [take, edit("b.ts", [4, 5], { added: body })] };
  test.each<{ says: string; limits: MoveLimits; steps: Step[]; found: string[] }>([
    { says: "at the limit", limits: { lines: 4, textBytes: 1000 }, steps: [move], found: ["c2 b.ts:5+4 < c2 a.ts:10"] },
    { says: "more lines taken away", limits: { lines: 3, textBytes: 1000 }, steps: [move], found: [] },
    {
      says: "more lines added by one commit",
      limits: { lines: 10, textBytes: 1000 },
      steps: [
        { sha: "c1", edits: [take] },
        { sha: "c2", edits: [edit("b.ts", [4, 5], { added: [...body, ...Array<string>(7).fill("")] })] },
      ],
      found: [],
    },
    {
      says: "more text: the lines that fit move",
      limits: { lines: 100, textBytes: 55 },
      steps: [move],
      found: ["c2 b.ts:5+2 < c2 a.ts:10"],
    },
    {
      says: "a commit too large does not hide those that fit",
      limits: { lines: 10, textBytes: 1000 },
      steps: [{ sha: "c1", edits: [edit("x", [1, 0], { removed: Array<string>(50).fill("junk") })] }, move],
      found: ["c2 b.ts:5+4 < c2 a.ts:10"],
    },
  ])("$says", ({ limits, steps, found }) => expect(moves(steps, limits)).toEqual(found));
});

test("a diff of a commit that is not the change's is a mistake of ours", () => {
  expect(() => moveFinder([]).finish("c1", null, [])).toThrow("not among those of the change");
});
