import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = (asked: boolean) => `rules: [{ id: r, when: { fork: ${String(asked)} }, require: { secrets: none } }]`;

test.each([
  { asked: true, fork: true, is: "satisfied" },
  { asked: true, fork: false, is: "not-applicable" },
  { asked: false, fork: false, is: "satisfied" },
  { asked: false, fork: true, is: "not-applicable" },
])("asked $asked, is $fork: $is", ({ asked, fork, is }) => {
  expect(firstRule(policy(asked), { pullRequest: { fork } }).state).toBe(is);
});

test.each([true, false])("without a pull request nobody knows (asked %s)", (asked) => {
  expect(sentences(firstRule(policy(asked), {})).join("\n")).toContain("unknown: no pull request was read");
});
