import { describe, expect, test } from "vitest";
import { size as condition } from "../../../../core/policy/conditions/size.ts";
import { newWork } from "../../../../core/policy/work.ts";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = (size: string) => `rules: [{ id: r, when: { size: ${size} }, require: { secrets: none } }]`;

/** 2 commits, 3 files, 30 added lines. */
const change = {
  commits: [{ name: "a" }, { name: "b" }],
  files: [{ path: "a.ts" }, { path: "b.ts", addedLines: 0 }, { path: "c.ts", addedLines: 20 }],
};

describe("how large the whole change is", () => {
  test.each([
    { size: "{ added_lines_over: 29 }", is: "satisfied" },
    { size: "{ added_lines_over: 30 }", is: "not-applicable" },
    { size: "{ files_over: 2 }", is: "satisfied" },
    { size: "{ files_over: 3 }", is: "not-applicable" },
    { size: "{ commits_over: 1 }", is: "satisfied" },
    { size: "{ commits_over: 2 }", is: "not-applicable" },
    { size: "{ commits_over: 1, files_over: 2, added_lines_over: 29 }", is: "satisfied" },
    { size: "{ commits_over: 1, files_over: 3 }", is: "not-applicable" },
  ])("$size: $is", ({ size, is }) => expect(firstRule(policy(size), change).state).toBe(is));
});

test("it chooses no files: the rule asks about the whole change, even one without files", () => {
  expect(firstRule(policy("{ commits_over: 0 }"), change).files).toEqual(["a.ts", "b.ts", "c.ts"]);
  const empty = firstRule(policy("{ commits_over: 0 }"), { files: [] });
  expect({ state: empty.state, files: empty.files }).toEqual({ state: "satisfied", files: [] });
});

test("the reason has the numbers", () => {
  expect(sentences(firstRule(policy("{ added_lines_over: 400 }"), change))).toEqual([
    "no: the rule does not apply",
    "no: the change has 30 added lines, 3 files, 2 commits (asked: belongs to a change with more than 400 added lines)",
  ]);
});

test("other numbers are told by their keys", () => {
  const from = condition.resolve({ added_lines_over: 400, files_over: 4, commits_over: 2 });
  const to = condition.resolve({ added_lines_over: 300, files_over: 5 });
  expect(condition.compare(from, to, newWork(Infinity))).toEqual([
    { effect: "tightens", what: "added_lines_over 300, which is 400" },
    { effect: "loosens", what: "files_over 5, which is 4" },
    { effect: "tightens", what: "commits_over none, which is 2" },
  ]);
});
