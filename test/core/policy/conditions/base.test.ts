import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const base = (base: string) => `rules: [{ id: r, when: { base: ${base} }, require: { secrets: none } }]`;

test.each([
  { says: "its name", patterns: "main", base: "main", is: "satisfied" },
  { says: "another name", patterns: "main", base: "next", is: "not-applicable" },
  { says: "another case", patterns: "main", base: "Main", is: "not-applicable" },
  { says: "one of several", patterns: "[main, next]", base: "next", is: "satisfied" },
  { says: "a pattern", patterns: "release/*", base: "release/1", is: "satisfied" },
  { says: "a star stays within a slash", patterns: "release/*", base: "release/1/hot", is: "not-applicable" },
  { says: "one that is excluded", patterns: "['**', '!wip/**']", base: "wip/x", is: "not-applicable" },
  { says: "exclusions alone mean every other", patterns: "'!wip/**'", base: "main", is: "satisfied" },
  { says: "a base without a name", patterns: "main", base: null, is: "satisfied" },
])("$says", ({ patterns, base: name, is }) => expect(firstRule(base(patterns), { base: name }).state).toBe(is));

test("a base without a name may be any", () => {
  expect(sentences(firstRule(base("main"), { base: null }))).toContain(
    "unknown: the base branch has no name (asked: goes into main)",
  );
});
