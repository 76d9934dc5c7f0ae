import { expect, test } from "vitest";
import type { Commit } from "../../../core/change/change.ts";
import {
  addedByCommit,
  addedLinesByCommit,
  linesByCommit,
  ownLinesByMerge,
} from "../../../core/change/commit-lines.ts";
import type { FileLineMap, Hunk } from "../../../core/change/line-map.ts";
import type { LineOrigins } from "../../../core/change/line-origins.ts";

const hunk = (newStart: number, newLines: number): Hunk => ({ oldStart: 0, oldLines: 0, newStart, newLines });
const file = (to: string | null, ...hunks: Hunk[]): FileLineMap => ({ from: "a", to, hunks });

function commit(sha: string, ...parents: FileLineMap[][]): Commit {
  const person = { name: "", email: "" };
  const words = { author: person, committer: person, authoredAt: "", committedAt: "", message: "" };
  const diffs = parents.map((files, index) => ({ parent: `${sha}^${index + 1}`, files }));
  return { sha, parents: diffs.map(({ parent }) => parent), ...words, messageProblems: [], moves: [], diffs };
}

const commits = [
  commit("one", [file("a", hunk(1, 3), hunk(9, 0), hunk(10, 1)), file("b", hunk(2, 2)), file(null, hunk(0, 0))]),
  commit("merge", [file("a", hunk(1, 5))], [file("b", hunk(1, 5))]),
];
const origins: LineOrigins = new Map([
  [
    "new",
    [
      { start: 1, end: 2, commit: "merge", path: "old", line: 20 },
      { start: 3, end: 3, commit: "one", path: "a", line: 1 },
      { start: 4, end: 4, commit: "merge", path: "old", line: 5 },
      { start: 5, end: 7, commit: null, path: null, line: null },
    ],
  ],
]);

test("a commit adds lines to its one parent; of a merge that is unknown", () => {
  expect([...addedLinesByCommit(commits)]).toEqual([["one", 6]]);
  const stretches = addedByCommit(commits).get("one");
  expect(stretches?.get("a")).toEqual([
    { start: 1, end: 3 },
    { start: 10, end: 10 },
  ]);
  expect(stretches?.get("b")).toEqual([{ start: 2, end: 3 }]);
});

test("lines at head by the commit that brought them", () => {
  expect([...linesByCommit(origins)]).toEqual([
    ["merge", 3],
    ["one", 1],
    [null, 3],
  ]);
});

test("a merge's own lines, as they stand in its tree", () => {
  const own = new Map([
    [
      "old",
      [
        { start: 5, end: 5 },
        { start: 20, end: 21 },
      ],
    ],
  ]);
  expect(ownLinesByMerge(commits, origins)).toEqual(new Map([["merge", own]]));
});
