import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { labels: [hotfix, AI] }, require: { secrets: none } }]";

test.each([
  { says: "one of them", labels: ["hotfix"], is: "satisfied" },
  { says: "capitals make no difference", labels: ["ai"], is: "satisfied" },
  { says: "others", labels: ["docs"], is: "not-applicable" },
  { says: "none", labels: [], is: "not-applicable" },
])("$says", ({ labels, is }) => expect(firstRule(policy, { labels }).state).toBe(is));

test("without a pull request nobody knows", () => {
  expect(sentences(firstRule(policy, {}))).toContain(
    "unknown: no pull request was read (asked: has the label hotfix or AI)",
  );
});
