import { expect, test } from "vitest";
import { notYetProblem } from "../../../core/policy/not-yet.ts";
import type { KeyPath } from "../../../core/policy/index.ts";

const dependencies = "`dependencies` needs an analysis of dependencies, which this version does not read yet";
test.each<{ path: KeyPath; is: ReturnType<typeof notYetProblem> }>([
  {
    path: ["rules", 0, "when", "dependencies"],
    is: { what: dependencies, fix: "Remove it: match the lock files with `when.paths`." },
  },
  {
    path: ["rules", 7, "require", "dependencies"],
    is: { what: dependencies, fix: "Remove it: leave it out." },
  },
  {
    path: ["rules", 0, "require", "tests"],
    is: {
      what: "`tests` needs an analysis of tests, which this version does not read yet",
      fix: "Remove it: use `coverage`.",
    },
  },
  { path: ["rules", 0, "require", "test"], is: null },
  { path: ["rules", 0, "when", "tests"], is: null },
  { path: ["rules", 0, "when", "dependencies", "added"], is: null },
  { path: ["rules", 0, "when"], is: null },
  { path: ["areas", 0, "when", "dependencies"], is: null },
  { path: [], is: null },
])("of the key at $path is said that it is not judged yet: $is", ({ path, is }) => {
  expect(notYetProblem(path)).toEqual(is);
});
