import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { association: [NONE, FIRST_TIME_CONTRIBUTOR] }, require: { secrets: none } }]";

test.each([
  { association: "NONE", is: "satisfied" },
  { association: "MEMBER", is: "not-applicable" },
])("$association: $is", ({ association, is }) => {
  expect(firstRule(policy, { pullRequest: { association } }).state).toBe(is);
});

test("without a pull request nobody knows", () => {
  expect(sentences(firstRule(policy, {}))).toContain(
    "unknown: no pull request was read (asked: was opened by NONE or FIRST_TIME_CONTRIBUTOR)",
  );
});
