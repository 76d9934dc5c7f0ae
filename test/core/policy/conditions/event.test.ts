import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { event: [pull_request, merge_group] }, require: { secrets: none } }]";

test.each([
  { event: "pull_request", is: "satisfied" },
  { event: "merge_group", is: "satisfied" },
  { event: "push", is: "not-applicable" },
  { event: "local", is: "not-applicable" },
] as const)("$event: $is", ({ event, is }) => expect(firstRule(policy, { event }).state).toBe(is));

test("the reason has the event", () => {
  expect(sentences(firstRule(policy, {}))).toContain(
    "no: the event is local (asked: runs for pull_request or merge_group)",
  );
});
