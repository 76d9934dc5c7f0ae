import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangedFile, Commit, Move } from "../../../core/change/change.ts";
import { addedLines, type FileLineMap, type Hunk } from "../../../core/change/line-map.ts";
import { lineOrigins } from "../../../core/change/line-origins.ts";

/** `3,2>3,4`: two lines from 3 on became four. A missing count is 1, as git writes it. */
function hunk(text: string): Hunk {
  const [[oldStart, oldLines = 1], [newStart, newLines = 1]] = text
    .split(">")
    .map((side) => side.split(",").map(Number)) as [[number, number?], [number, number?]];
  return { oldStart, oldLines, newStart, newLines };
}

/** `a.ts: 1>1` is an edit, `a.ts>b.ts: …` a rename, `>a.ts: …` a new file, `a.ts>` a deleted one. */
function fileMap(text: string): FileLineMap {
  const [names = "", hunks = ""] = text.split(":");
  const [from = "", to = from] = names.split(">");
  const read = hunks.split(" ").filter((part) => part !== "");
  return { from: from === "" ? null : from, to: to === "" ? null : to, hunks: read.map(hunk) };
}

/** `b:5+4 < c1^base a:7`: four lines from 5 on in `b`, which `c1` took away from line 7 of `a` in `base`. */
function move(text: string): Move {
  const [target = "", source = ""] = text.split(" < ");
  const [path = "", lines = ""] = target.split(":");
  const [start = 0, count = 0] = lines.split("+").map(Number);
  const [names = "", place = ""] = source.split(" ");
  const [sha = "", parent = ""] = names.split("^");
  const [fromPath = "", fromStart] = place.split(":");
  return { path, start, lines: count, from: { commit: sha, parent, path: fromPath, start: Number(fromStart) } };
}

function commit(sha: string, diffs: Record<string, string[]>, moves: string[] = []): Commit {
  const person = { name: "", email: "" };
  return {
    sha,
    parents: Object.keys(diffs),
    author: person,
    committer: person,
    authoredAt: "",
    committedAt: "",
    message: "",
    messageProblems: [],
    diffs: Object.entries(diffs).map(([parent, files]) => ({ parent, files: files.map(fileMap) })),
    moves: moves.map(move),
  };
}

function file(text: string): ChangedFile {
  const { from, to, hunks } = fileMap(text);
  return {
    path: to ?? from ?? "",
    previousPath: from === to ? null : from,
    status: from === null ? "added" : to === null ? "deleted" : from === to ? "modified" : "renamed",
    kind: "text",
    oldMode: "100644",
    newMode: "100644",
    oldBlob: null,
    newBlob: null,
    symlinkTarget: null,
    validUtf8: true,
    hunks,
    addedLines: hunks.reduce((sum, { newLines }) => sum + newLines, 0),
    deletedLines: hunks.reduce((sum, { oldLines }) => sum + oldLines, 0),
  };
}

/** Each stretch as `path start-end commit`. */
function origins(commits: Commit[], files: string[]): string[] {
  const head = { name: null, sha: commits.at(-1)?.sha ?? "base" };
  return [...lineOrigins({ commits, files: files.map(file), head })].flatMap(([path, stretches]) =>
    stretches.map(({ start, end, commit: sha }) => `${path} ${start}-${end} ${sha ?? "none"}`),
  );
}

describe("who brought each added line", () => {
  test.each([
    {
      says: "one commit",
      commits: [commit("c1", { base: ["a: 1>1,2"] })],
      files: ["a: 1>1,2"],
      found: ["a 1-2 c1"],
    },
    {
      says: "a later commit between the lines of an earlier one",
      commits: [commit("c1", { base: [">a: 0,0>1,4"] }), commit("c2", { c1: ["a: 2,0>3"] })],
      files: [">a: 0,0>1,5"],
      found: ["a 1-2 c1", "a 3-3 c2", "a 4-5 c1"],
    },
    {
      says: "a line that was rewritten belongs to who wrote it last",
      commits: [commit("c1", { base: ["a: 3>3"] }), commit("c2", { c1: ["a: 3>3"] })],
      files: ["a: 3>3"],
      found: ["a 3-3 c2"],
    },
    {
      says: "lines move with what is added and removed above them",
      commits: [commit("c1", { base: ["a: 9,0>10"] }), commit("c2", { c1: ["a: 1,3>0,0 5,0>3,2"] })],
      files: ["a: 1,3>0,0 5,0>3,2 9,0>9"],
      found: ["a 3-4 c2", "a 9-9 c1"],
    },
    {
      says: "34: a rename alone brings nothing, and keeps what was there",
      commits: [commit("c1", { base: ["a: 2>2"] }), commit("c2", { c1: ["a>b:"] }), commit("c3", { c2: ["b: 5>5"] })],
      files: ["a>b: 2>2 5>5"],
      found: ["b 2-2 c1", "b 5-5 c3"],
    },
    {
      says: "two files that swap their names keep their own lines",
      commits: [commit("c1", { base: ["a: 1>1", "b: 7>7"] }), commit("c2", { c1: ["a>b:", "b>a:"] })],
      files: ["b>a: 7>7", "a>b: 1>1"],
      found: ["a 7-7 c1", "b 1-1 c1"],
    },
    {
      says: "a file that was deleted and written anew is new",
      commits: [
        commit("c1", { base: ["a: 1>1"] }),
        commit("c2", { c1: ["a>"] }),
        commit("c3", { c2: [">a: 0,0>1,2"] }),
      ],
      files: ["a: 1,2>1,2"],
      found: ["a 1-2 c3"],
    },
    {
      says: "40: a revert of a revert belongs to who brought the lines back",
      commits: [
        commit("c1", { base: ["a: 4,0>5,2"] }),
        commit("c2", { c1: ["a: 5,2>4,0"] }),
        commit("c3", { c2: ["a: 4,0>5,2"] }),
      ],
      files: ["a: 4,0>5,2"],
      found: ["a 5-6 c3"],
    },
    {
      says: "a file that only loses lines has no origins",
      commits: [commit("c1", { base: ["a: 1,2>0,0", "b>"] })],
      files: ["a: 1,2>0,0", "b>: 1,5>0,0"],
      found: [],
    },
    { says: "no commits, no owners", commits: [], files: ["a: 1>1"], found: ["a 1-1 none"] },
  ])("$says", ({ commits, files, found }) => expect(origins(commits, files)).toEqual(found));
});

describe("merges", () => {
  const side = commit("side", { base: ["a: 8>8"] });
  const mine = commit("mine", { base: ["a: 2>2"] });
  test.each([
    {
      says: "40: each parent's lines stay its own",
      commits: [side, mine, commit("merge", { mine: ["a: 8>8"], side: ["a: 2>2"] })],
      files: ["a: 2>2 8>8"],
      found: ["a 2-2 mine", "a 8-8 side"],
    },
    {
      says: "40: the base merged into the head takes nothing away",
      commits: [mine, commit("merge", { mine: ["a: 5>5"], newBase: ["a: 2>2"] })],
      files: ["a: 2>2"],
      found: ["a 2-2 mine"],
    },
    {
      says: "a line that no parent has is the merge's own",
      commits: [side, mine, commit("merge", { mine: ["a: 8>8 9,0>10"], side: ["a: 2>2 9,0>10"] })],
      files: ["a: 2>2 8>8 9,0>10"],
      found: ["a 2-2 mine", "a 8-8 side", "a 10-10 merge"],
    },
    {
      says: "a file that only one parent has keeps that parent's owners",
      commits: [
        commit("one", { base: [">n: 0,0>1,3"] }),
        mine,
        commit("merge", { mine: [">n: 0,0>1,3"], one: ["a: 2>2"] }),
      ],
      files: ["a: 2>2", ">n: 0,0>1,3"],
      found: ["a 2-2 mine", "n 1-3 one"],
    },
    {
      says: "a file that the merge takes whole from one parent has no lines of another, though they read alike",
      commits: [
        commit("one", { base: ["a: 1>1"] }),
        commit("two", { base: ["a: 1>1 5,0>6"] }),
        commit("merge", { one: ["a: 5,0>6"], two: [] }),
      ],
      files: ["a: 1>1 5,0>6"],
      found: ["a 1-1 two", "a 6-6 two"],
    },
    {
      says: "a line that is old to one parent and new to the other is the other's",
      commits: [mine, commit("merge", { newBase: ["a: 9>9"], mine: ["a: 7>7 9>9"] })],
      files: ["a: 2>2 9>9"],
      found: ["a 2-2 mine", "a 9-9 merge"],
    },
    {
      says: "a line that both parents brought is the first one's",
      commits: [mine, commit("same", { base: ["a: 2>2"] }), commit("merge", { same: ["a: 9>9"], mine: ["a: 9>9"] })],
      files: ["a: 2>2 9>9"],
      found: ["a 2-2 same", "a 9-9 merge"],
    },
    {
      says: "a file that the merge drops is gone",
      commits: [commit("one", { base: [">n: 0,0>1,3"] }), mine, commit("merge", { mine: [], one: ["n>", "a: 2>2"] })],
      files: ["a: 2>2"],
      found: ["a 2-2 mine"],
    },
    {
      says: "40: three parents at once",
      commits: [
        side,
        mine,
        commit("third", { base: ["a: 5>5"] }),
        commit("merge", { mine: ["a: 5>5 8>8"], side: ["a: 2>2 5>5"], third: ["a: 2>2 8>8"] }),
      ],
      files: ["a: 2>2 5>5 8>8"],
      found: ["a 2-2 mine", "a 5-5 third", "a 8-8 side"],
    },
    {
      says: "a file renamed on one side and edited on the other",
      commits: [
        commit("edit", { base: ["a: 8>8"] }),
        commit("move", { base: ["a>b:"] }),
        commit("merge", { move: ["b: 8>8"], edit: ["a>b:"] }),
      ],
      files: ["a>b: 8>8"],
      found: ["b 8-8 edit"],
    },
  ])("$says", ({ commits, files, found }) => expect(origins(commits, files)).toEqual(found));

  test("a parent stays whole for its other children", () => {
    const commits = [
      commit("c1", { base: ["a: 1>1"] }),
      commit("left", { c1: ["a>l: "] }),
      commit("right", { c1: ["a: 9>9"] }),
      commit("merge", { left: [">a: 0,0>1,20"], right: [">l: 0,0>1,20"] }),
    ];
    expect(origins(commits, ["a: 1>1 9>9"])).toEqual(["a 1-1 c1", "a 9-9 right"]);
  });
});

describe("lines that two diffs align differently", () => {
  const commits = [commit("c1", { base: ["a: 4,0>5,3"] }), commit("c2", { c1: ["a: 20,0>21"] })];
  test.each([
    { says: "take their neighbour's owner inside the hunk", files: ["a: 3,0>4,4"], found: ["a 4-7 c1"] },
    { says: "have no owner when nothing in the hunk has", files: ["a: 10,0>14,2"], found: ["a 14-15 none"] },
    {
      says: "have no owner in a new file: they came from an older one",
      files: [">a: 0,0>1,8"],
      found: ["a 1-4 none", "a 5-7 c1", "a 8-8 none"],
    },
  ])("$says", ({ files, found }) => expect(origins(commits, files)).toEqual(found));
});

/** Each stretch as `path start-end commit path:line`. */
function places(commits: Commit[], files: string[]): string[] {
  const head = { name: null, sha: commits.at(-1)?.sha ?? "base" };
  return [...lineOrigins({ commits, files: files.map(file), head })].flatMap(([path, stretches]) =>
    stretches.map((each) => `${path} ${each.start}-${each.end} ${each.commit} ${each.path}:${each.line}`),
  );
}

describe("where the commit brought the line", () => {
  test.each<{ says: string; commits: Commit[]; files: string[]; found: string[] }>([
    {
      says: "in its own tree, not in the head's",
      commits: [commit("c1", { base: ["a: 9,0>10,2"] }), commit("c2", { c1: ["a>b: 1,3>0,0"] })],
      files: ["a>b: 1,3>0,0 9,0>7,2"],
      found: ["b 7-8 c1 a:10"],
    },
    {
      says: "lines that stood apart there are not one stretch",
      commits: [commit("c1", { base: [">a: 0,0>1,9"] }), commit("c2", { c1: ["a: 4,2>3,0"] })],
      files: [">a: 0,0>1,7"],
      found: ["a 1-3 c1 a:1", "a 4-7 c1 a:6"],
    },
    {
      says: "a merge's own lines, in the merge's tree",
      commits: [
        commit("one", { base: ["a: 0,0>1,2"] }),
        commit("two", { base: ["a: 8>8"] }),
        commit("merge", { one: ["a: 10>10 11,0>12,3"], two: ["a: 0,0>1,2 9,0>12,3"] }),
      ],
      files: ["a: 0,0>1,2 8>10 9,0>12,3"],
      found: ["a 1-2 one a:1", "a 10-10 two a:8", "a 12-14 merge a:12"],
    },
    {
      says: "a line that only its neighbour's commit can have brought stood next to that neighbour",
      commits: [commit("c1", { base: ["a: 4,0>5,3"] }), commit("c2", { c1: ["a: 20,0>21"] })],
      files: ["a: 3,0>4,5"],
      found: ["a 4-8 c1 a:4"],
    },
    {
      says: "but no file has a line before the first",
      commits: [
        commit("c1", { base: ["a: 0,0>1,2"] }),
        commit("c2", { c1: ["a: 0,0>1,3"] }),
        commit("c3", { c2: ["a: 1,3>1,3"] }),
      ],
      files: ["a: 0,0>1,5"],
      found: ["a 1-3 c3 a:1", "a 4-5 c1 a:1"],
    },
    {
      says: "nowhere, when none did",
      commits: [commit("c1", { base: ["b: 1>1"] })],
      files: ["a: 1>1"],
      found: ["a 1-1 null null:null"],
    },
  ])("$says", ({ commits, files, found }) => expect(places(commits, files)).toEqual(found));
});

describe("lines that were moved or brought back", () => {
  const wrote = commit("c1", { base: ["a: 6,0>7,4"] });
  const tookAway = commit("c2", { c1: ["a: 7,4>6,0"] });
  test.each<{ says: string; commits: Commit[]; files: string[]; found: string[] }>([
    {
      says: "in one commit",
      commits: [wrote, commit("c2", { c1: ["a: 7,4>6,0", ">b: 0,0>1,6"] }, ["b:2+4 < c2^c1 a:7"])],
      files: [">b: 0,0>1,6"],
      found: ["b 1-1 c2 b:1", "b 2-5 c1 a:7", "b 6-6 c2 b:6"],
    },
    {
      says: "the file to which they move may be listed first, and swap names with the other",
      commits: [wrote, commit("c2", { c1: ["a>b: 7,4>6,0", "b>a: 3,0>4,4"] }, ["a:4+4 < c2^c1 a:7"])],
      files: ["b>a: 3,0>4,4", "a>b:"],
      found: ["a 4-7 c1 a:7"],
    },
    {
      says: "by a later commit, and by a third",
      commits: [
        wrote,
        tookAway,
        commit("c3", { c2: ["a: 1,0>2,4"] }, ["a:2+4 < c2^c1 a:7"]),
        commit("c4", { c3: ["a: 2,4>1,0", "z: 1,0>2,2"] }, ["z:2+2 < c4^c3 a:3"]),
      ],
      files: ["z: 1,0>2,2"],
      found: ["z 2-3 c1 a:8"],
    },
    {
      says: "what is older than the change belongs to the mover",
      commits: [
        commit("c1", { base: ["a: 6,0>7,2"] }),
        commit("c2", { c1: ["a: 5,6>4,0", ">b: 0,0>1,6"] }, ["b:1+6 < c2^c1 a:5"]),
      ],
      files: [">b: 0,0>1,6"],
      found: ["b 1-2 c2 b:1", "b 3-4 c1 a:7", "b 5-6 c2 b:5"],
    },
    {
      says: "without a move they are whose commit adds them",
      commits: [wrote, commit("c2", { c1: ["a: 7,4>6,0", ">b: 0,0>1,4"] })],
      files: [">b: 0,0>1,4"],
      found: ["b 1-4 c2 b:1"],
    },
    {
      says: "the parent's owners count though another child of it is carried first",
      commits: [
        wrote,
        commit("left", { c1: ["a: 7,4>6,0", ">l: 0,0>1,4"] }, ["l:1+4 < left^c1 a:7"]),
        commit("right", { c1: ["a: 7,4>6,0", ">r: 0,0>1,4"] }, ["r:1+4 < right^c1 a:7"]),
        commit("merge", { left: [">r: 0,0>1,4"], right: [">l: 0,0>1,4"] }),
      ],
      files: [">l: 0,0>1,4", ">r: 0,0>1,4"],
      found: ["l 1-4 c1 a:7", "r 1-4 c1 a:7"],
    },
    {
      says: "made up: lines that the commit does not add stay whose they are",
      commits: [wrote, commit("c2", { c1: ["b: 0,0>1,2"] }, ["a:7+4 < c2^c1 b:1", "b:1+90 < c2^c1 a:7"])],
      files: ["a: 6,0>7,4", "b: 0,0>1,2"],
      found: ["a 7-10 c1 a:7", "b 1-2 c1 a:7"],
    },
    {
      says: "made up: from a commit that comes later, that is none, or against another parent",
      commits: [
        wrote,
        commit("c2", { c1: [">b: 0,0>1,6"] }, ["b:1+2 < c3^c2 a:7", "b:3+2 < c9^c8 a:7", "b:5+2 < c1^c9 a:7"]),
        commit("c3", { c2: ["a: 7,4>6,0"] }),
      ],
      files: [">b: 0,0>1,6"],
      found: ["b 1-6 c2 b:1"],
    },
    {
      says: "made up: two moves to one line; the first counts",
      commits: [wrote, commit("c2", { c1: [">b: 0,0>1,4"] }, ["b:2+3 < c2^c1 a:7", "b:1+2 < c2^c1 a:9"])],
      files: [">b: 0,0>1,4"],
      found: ["b 1-2 c1 a:9", "b 3-4 c2 b:3"],
    },
    {
      says: "made up: from a file that nobody knows",
      commits: [wrote, commit("c2", { c1: [">b: 0,0>1,4"] }, ["b:1+4 < c2^c1 nowhere:7"])],
      files: [">b: 0,0>1,4"],
      found: ["b 1-4 c2 b:1"],
    },
  ])("$says", ({ commits, files, found }) => expect(places(commits, files)).toEqual(found));

  test("ten thousand moves from one file of ten thousand stretches", () => {
    const count = 10_000;
    const every = (step: number) => Array.from({ length: count }, (_, index) => `${1 + index * step}`);
    const commits = [
      commit("c1", {
        base: [
          `a: ${every(2)
            .map((line) => `${line}>${line}`)
            .join(" ")}`,
        ],
      }),
      commit(
        "c2",
        { c1: ["a>", `>b: 0,0>1,${count * 2}`] },
        every(2).map((line) => `b:${line}+1 < c2^c1 a:${line}`),
      ),
    ];
    const found = places(commits, [`>b: 0,0>1,${count * 2}`]);
    expect(found).toHaveLength(2 * count);
    expect(found.slice(-2)).toEqual([
      `b ${2 * count - 1}-${2 * count - 1} c1 a:${2 * count - 1}`,
      `b ${2 * count}-${2 * count} c2 b:${2 * count}`,
    ]);
  });
});

test("whatever commits, hunks and moves say, the stretches of a file are its added lines, each once", () => {
  const hunks = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(4)), { maxLength: 5 }).map((parts) => {
    let [oldLine, newLine] = [0, 0];
    return parts.map(([gap, oldLines, newLines]) => {
      oldLine += gap + 1;
      newLine += gap + 1;
      const oldStart = oldLines === 0 ? oldLine - 1 : oldLine;
      const newStart = newLines === 0 ? newLine - 1 : newLine;
      oldLine += oldLines;
      newLine += newLines;
      return `${oldStart},${oldLines}>${newStart},${newLines}`;
    });
  });
  const path = fc.constantFrom("a", "b", "c");
  const number = fc.integer({ min: 1, max: 12 });
  const moved = fc.tuple(path, number, number, path, number, fc.nat(6));
  const oneFile = fc.tuple(path, path, hunks).map(([from, to, list]) => `${from}>${to}: ${list.join(" ")}`);
  const diff = fc.array(oneFile, { maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(diff, { minLength: 1, maxLength: 3 }), fc.array(moved, { maxLength: 4 })), {
        maxLength: 6,
      }),
      hunks,
      (shape, list) => {
        const commits = shape.map(([diffs, moves], index) =>
          commit(
            `c${index}`,
            Object.fromEntries(diffs.map((files, parent) => [`c${index - parent - 1}`, files])),
            moves.map(
              ([to, start, lines, from, line, back]) =>
                `${to}:${start}+${lines} < c${index - back}^c${index - back - 1} ${from}:${line}`,
            ),
          ),
        );
        const changed = file(`a: ${list.join(" ")}`);
        const head = { name: null, sha: commits.at(-1)?.sha ?? "" };
        const stretches = lineOrigins({ commits, files: [changed], head }).get("a") ?? [];
        const lines = stretches.flatMap(({ start, end }) =>
          Array.from({ length: end - start + 1 }, (_, index) => start + index),
        );
        expect(lines).toEqual(addedLines(changed.hunks));
      },
    ),
    { numRuns: 200 },
  );
});
