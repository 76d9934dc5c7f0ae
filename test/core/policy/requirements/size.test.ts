import { expect, test } from "vitest";
import { firstRule, sentences, type SubjectSketch } from "../../../subjects.ts";

const policy = (size: string, when = "") => `rules: [{ id: r, ${when}require: { size: ${size} } }]`;
const inSource = "when: { paths: [src/**] }, ";

/** 30 added lines by two commits in `src`, 100 by a third elsewhere. */
const sketch: SubjectSketch = {
  commits: [{ name: "a" }, { name: "b" }, { name: "c" }],
  files: [
    { path: "src/a.ts", commits: ["a", "b"], addedLines: 20 },
    { path: "src/b.ts", commits: ["b"], addedLines: 10 },
    { path: "docs/c.md", commits: ["c"], addedLines: 100 },
  ],
};

test.each([
  { size: "{ max_added_lines: 130 }", is: "satisfied" },
  { size: "{ max_added_lines: 129 }", is: "unsatisfied" },
  { size: "{ max_files: 3 }", is: "satisfied" },
  { size: "{ max_files: 2 }", is: "unsatisfied" },
  { size: "{ max_commits: 3 }", is: "satisfied" },
  { size: "{ max_commits: 2 }", is: "unsatisfied" },
  { size: "{ max_commits: 3, max_files: 2 }", is: "unsatisfied" },
  { size: "{ max_added_lines: 30 }", when: inSource, is: "satisfied" },
  { size: "{ max_added_lines: 29 }", when: inSource, is: "unsatisfied" },
  { size: "{ max_files: 2, max_commits: 2 }", when: inSource, is: "satisfied" },
  { size: "{ max_commits: 1 }", when: inSource, is: "unsatisfied" },
])("$size $when: $is", ({ size, when, is }) => expect(firstRule(policy(size, when), sketch).state).toBe(is));

test("uncommitted work is no commit yet", () => {
  const limits = policy("{ max_commits: 2 }");
  expect(firstRule(limits, { ...sketch, uncommitted: "c" }).state).toBe("satisfied");
});

test("every measure that is asked for is said", () =>
  expect(sentences(firstRule(policy("{ max_added_lines: 400, max_files: 2 }"), sketch)).slice(1)).toEqual([
    "no: the change is too large",
    "yes: added lines: 130, and at most 400 may be there",
    "no: changed files: 3, and at most 2 may be there",
  ]));
