import { expect, test } from "vitest";
import type { ChangedFile, Commit } from "../../../core/change/change.ts";
import { commitsByFile } from "../../../core/change/commits-by-file.ts";
import type { FileLineMap } from "../../../core/change/line-map.ts";

/** A file of one commit: `a` is an edit, `a>b` a rename, `>a` a new file, `a>` a deletion. */
function fileMap(text: string): FileLineMap {
  const [from = "", to = from] = text.split(">");
  return { from: from === "" ? null : from, to: to === "" ? null : to, hunks: [] };
}

interface Sketch {
  /** Commits, parents first: for each parent, the files that differ from it. */
  commits: Record<string, string[][]>;
  /** The files of the change as a whole. */
  files: string[];
}

function commit(sha: string, parents: string[][]): Commit {
  const person = { name: "", email: "" };
  const diffs = parents.map((files, index) => ({ parent: `${sha}^${index + 1}`, files: files.map(fileMap) }));
  const words = {
    author: person,
    committer: person,
    authoredAt: "",
    committedAt: "",
    message: "",
    messageProblems: [],
    moves: [],
  };
  return { sha, parents: diffs.map(({ parent }) => parent), ...words, diffs };
}

function file(text: string): ChangedFile {
  const { from, to } = fileMap(text);
  return {
    path: to ?? from ?? "",
    previousPath: from === to || from === null || to === null ? null : from,
    status: from === null ? "added" : to === null ? "deleted" : from === to ? "modified" : "renamed",
    kind: "text",
    oldMode: "100644",
    newMode: "100644",
    oldBlob: null,
    newBlob: null,
    symlinkTarget: null,
    validUtf8: true,
    hunks: [],
    addedLines: 0,
    deletedLines: 0,
  };
}

function touching({ commits, files }: Sketch): Record<string, readonly string[]> {
  const change = {
    commits: Object.entries(commits).map(([sha, parents]) => commit(sha, parents)),
    files: files.map(file),
  };
  return Object.fromEntries(commitsByFile(change));
}

test.each<{ says: string; sketch: Sketch; expected: Record<string, string[]> }>([
  {
    says: "parents come before children",
    sketch: { commits: { one: [["a"]], two: [["b"]], three: [["a", "b"]] }, files: ["a", "b"] },
    expected: { a: ["one", "three"], b: ["two", "three"] },
  },
  {
    says: "what the change as a whole leaves as it was is no file of the change",
    sketch: { commits: { one: [["a"]], undo: [["a"]], two: [["b"]] }, files: ["b"] },
    expected: { b: ["two"] },
  },
  {
    says: "a rename counts for the file, and so do edits before and after it",
    sketch: { commits: { edit: [["a"]], move: [["a>b"]], again: [["b"]] }, files: ["a>b"] },
    expected: { b: ["edit", "move", "again"] },
  },
  {
    says: "a file goes by every name that it had inside the change",
    sketch: { commits: { edit: [["a"]], move: [["a>b"]], between: [["b"]], on: [["b>c"]] }, files: ["a>c"] },
    expected: { c: ["edit", "move", "between", "on"] },
  },
  {
    says: "a new file that was moved, where the change as a whole knows one name",
    sketch: { commits: { make: [[">draft"]], write: [["draft"]], move: [["draft>a"]] }, files: [">a"] },
    expected: { a: ["make", "write", "move"] },
  },
  {
    says: "two files that swap their names are both touched by whoever touched either",
    sketch: { commits: { edit: [["a"]], swap: [["a>b", "b>a"]] }, files: ["a", "b"] },
    expected: { a: ["edit", "swap"], b: ["edit", "swap"] },
  },
  {
    says: "a file that goes, and one that comes under its name",
    sketch: { commits: { go: [["a>"]], come: [[">a"]] }, files: ["a"] },
    expected: { a: ["go", "come"] },
  },
  {
    says: "a file that goes",
    sketch: { commits: { edit: [["a"]], go: [["a>"]] }, files: ["a>"] },
    expected: { a: ["edit", "go"] },
  },
  {
    says: "a merge that only brings sides together touched nothing itself",
    sketch: { commits: { one: [["a"]], two: [["b"]], merge: [["b"], ["a"]] }, files: ["a", "b"] },
    expected: { a: ["one"], b: ["two"] },
  },
  {
    says: "a merge touched what differs from all its parents",
    sketch: { commits: { one: [["a"]], two: [["a"]], merge: [["a", "b"], ["a"]] }, files: ["a"] },
    expected: { a: ["one", "two", "merge"] },
  },
  {
    says: "a merge of three is no different",
    sketch: {
      commits: {
        merge: [
          ["a", "b"],
          ["a", "c"],
          ["a", "b"],
        ],
      },
      files: ["a", "b", "c"],
    },
    expected: { a: ["merge"], b: [], c: [] },
  },
  {
    says: "a root commit made its files",
    sketch: { commits: { root: [[">a"]] }, files: [">a"] },
    expected: { a: ["root"] },
  },
  {
    says: "uncommitted work is a commit like any other, and a file may have no commit at all",
    sketch: { commits: { work: [["a"]] }, files: ["a", "ghost"] },
    expected: { a: ["work"], ghost: [] },
  },
  {
    says: "names that objects in JavaScript have by themselves",
    sketch: { commits: { one: [["constructor", "toString"]] }, files: ["constructor", "toString"] },
    expected: { constructor: ["one"], toString: ["one"] },
  },
])("$says", ({ sketch, expected }) => expect(touching(sketch)).toEqual(expected));
