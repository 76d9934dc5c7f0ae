import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { branch: ['copilot/**', 'claude/**'] }, require: { secrets: none } }]";

test.each([
  { says: "one that matches", branch: "copilot/fix-1", state: "yes" },
  { says: "one that does not", branch: "feature", state: "no" },
])("$says", ({ branch, state }) => {
  const said = `${state}: the head branch is ${branch} (asked: comes from copilot/** or claude/**)`;
  expect(sentences(firstRule(policy, { branch }))).toContain(said);
});

test("no branch is no answer", () => {
  expect(sentences(firstRule(policy, {}))).toContain("unknown: no branch (asked: comes from copilot/** or claude/**)");
});

test("a hostile name is inert", () => {
  expect(sentences(firstRule(policy, { branch: "copilot/\u202ex\n::error::" })).join("")).not.toMatch(/[\n\u202e]/);
});
