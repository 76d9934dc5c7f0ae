import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { verdict: [suggestion, undeclared] }, require: { secrets: none } }]";

test.each([
  { says: "its only one", verdicts: ["suggestion" as const], is: "satisfied" },
  { says: "one of several", verdicts: ["human" as const, "undeclared" as const], is: "satisfied" },
  { says: "another", verdicts: ["agent-authored" as const], is: "not-applicable" },
])("$says", ({ verdicts, is }) => {
  expect(firstRule(policy, { files: [{ path: "a.ts", verdicts }] }).state).toBe(is);
});

test("a file that no commit touched may be anything", () => {
  expect(sentences(firstRule(policy, { commits: [] }))).toContain(
    "unknown: no commit is known to have touched src/a.ts",
  );
});
