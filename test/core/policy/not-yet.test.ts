import { expect, test } from "vitest";
import { notYetProblem } from "../../../core/policy/not-yet.ts";

test.each([
  {
    path: ["rules", 0, "when", "dependencies"],
    is: "`dependencies` needs an analysis of dependencies, which this version does not read yet. Remove it: match the lock files with `when.paths`.",
  },
  {
    path: ["rules", 7, "require", "dependencies"],
    is: "`dependencies` needs an analysis of dependencies, which this version does not read yet. Remove it: leave it out.",
  },
  {
    path: ["rules", 0, "require", "tests"],
    is: "`tests` needs an analysis of tests, which this version does not read yet. Remove it: use `coverage`.",
  },
  { path: ["rules", 0, "when", "tests"], is: null },
  { path: ["areas", 0, "when", "dependencies"], is: null },
  { path: ["rules", 0, "when"], is: null },
  { path: ["rules", 0, "when", "dependencies", "x"], is: null },
  { path: ["dependencies"], is: null },
  { path: [], is: null },
])("$path", ({ path, is }) => {
  const found = notYetProblem(path);
  expect(found === null ? null : `${found.what}. ${found.fix}`).toBe(is);
});
