import { describe, expect, test } from "vitest";
import {
  couldDecide,
  matchOwners,
  ownersBroader,
  problemsThatCouldDecide,
  skippedBetween,
} from "../../../../core/ownership/codeowners/match-owners.ts";
import { codeownersLimitBytes, parseCodeowners } from "../../../../core/ownership/codeowners/parse-codeowners.ts";

const ann = { kind: "user", name: "ann" };
const nobody = { owners: [], line: null, matched: false, pattern: null };

test.each([
  { says: "a line", text: "/a @ann", path: "a", is: { owners: [ann], line: 1, matched: true, pattern: "/a" } },
  { says: "a line without owners", text: "/a", path: "a", is: { owners: [], line: 1, matched: true, pattern: "/a" } },
  { says: "no line", text: "/a @ann", path: "b", is: nobody },
])("who owns a path by $says", ({ text, path, is }) => {
  const file = parseCodeowners(text);
  expect(matchOwners(file, path)).toEqual(is);
  // Remembered, and the same.
  expect(matchOwners(file, path)).toBe(matchOwners(file, path));
});

describe("who owned a path without the lines from one on", () => {
  const file = () => parseCodeowners("* @ann\n/src/ @bob\n/src/a/\n/src/a/x @cat");
  test.each([
    { line: 4, path: "src/a/x", is: 2 },
    { line: 3, path: "src/a/x", is: 2 },
    { line: 2, path: "src/a/x", is: 1 },
    { line: 1, path: "src/a/x", is: null },
    { line: 4, path: "b", is: 1 },
  ])("$path from line $line: line $is", ({ line, path, is }) =>
    expect(ownersBroader(file(), path, line).line).toBe(is),
  );
});

describe("lines that are skipped and could be meant", () => {
  const file = () => parseCodeowners('/a bad\n/a @ann\n/a bad\n/b bad\n"/a" @bob\n/a @cat\n/src/a bad');
  test.each([
    { says: "between two others", path: "a", above: 2, below: 6, is: [3, 5] },
    { says: "neither the one nor the other", path: "a", above: 3, below: 5, is: [] },
    { says: "from the first line on", path: "a", above: 0, below: 4, is: [1, 3] },
    { says: "of another path", path: "b", above: 0, below: 6, is: [4] },
    { says: "of a path in a folder", path: "src/a", above: 0, below: 8, is: [7] },
  ])("$says", ({ path, above, below, is }) => {
    expect(skippedBetween(file(), path, above, below).map(({ line }) => line)).toEqual(is);
  });

  test.each([
    { says: "none that a valid line overrides", text: "/a bad\n/a @ann", is: [] },
    { says: "one below it", text: "/a @ann\n/a bad", is: [2] },
    { says: "one in quotes below it", text: '/a @ann\n"/a" @bob', is: [2] },
    { says: "where none is valid, all", text: '/a bad\n"/a" bad', is: [1, 2] },
    { says: "one in quotes that is not valid without them", text: '* @ann\n"/[ab]" @bob', is: [2] },
    { says: "one in quotes whose owner is not valid", text: '* @ann\n"/a" bob', is: [2] },
    { says: "none of another path", text: "/b bad", is: [] },
    { says: "none of another path, with and without quotes", text: '/b bad\n"/b" @bob', is: [] },
    { says: "none where all are right", text: "/a @ann", is: [] },
  ])("decide: $says", ({ text, is }) => {
    expect(problemsThatCouldDecide(parseCodeowners(text), "a").map(({ line }) => line)).toEqual(is);
  });

  test("none that is itself the line that decides", () => {
    const file = parseCodeowners('"*" @ann');
    expect(problemsThatCouldDecide(file, "a").map(({ line }) => line)).toEqual([1]);
    expect(problemsThatCouldDecide(file, '"a"')).toEqual([]);
  });

  test("fault 56: a file that is too large could decide every path", () => {
    const [problem] = parseCodeowners("".padEnd(codeownersLimitBytes, "#")).problems;
    expect(problem && couldDecide(problem, "a")).toBe(true);
  });
});
