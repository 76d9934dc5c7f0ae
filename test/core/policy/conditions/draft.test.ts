import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = (asked: boolean) => `rules: [{ id: r, when: { draft: ${String(asked)} }, require: { secrets: none } }]`;

test.each([
  { asked: true, draft: true, is: "satisfied" },
  { asked: true, draft: false, is: "not-applicable" },
  { asked: false, draft: false, is: "satisfied" },
  { asked: false, draft: true, is: "not-applicable" },
])("asked $asked, is $draft: $is", ({ asked, draft, is }) => {
  expect(firstRule(policy(asked), { pullRequest: { draft } }).state).toBe(is);
});

test.each([true, false])("without a pull request nobody knows (asked %s)", (asked) => {
  expect(sentences(firstRule(policy(asked), {})).join("\n")).toContain("unknown: no pull request was read");
});
