import { describe, expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = (paths: string) => `rules: [{ id: r, when: { paths: ${paths} }, require: { secrets: none } }]`;

describe("which files match the patterns", () => {
  test.each([
    { says: "one that does", paths: "[src/**]", path: "src/a.ts", is: "satisfied" },
    { says: "one that does not", paths: "[src/**]", path: "lib/a.ts", is: "not-applicable" },
    { says: "one that is excluded", paths: "['**', '!**/*.md']", path: "docs/a.md", is: "not-applicable" },
    { says: "one that only looks excluded", paths: "['**', '!**/*.md']", path: "docs/a.MD", is: "satisfied" },
  ])("$says", ({ paths, path, is }) => expect(firstRule(policy(paths), { files: [{ path }] }).state).toBe(is));
});

test("the reason shows the patterns, and a hostile name is inert", () => {
  const result = firstRule(policy("[src/**]"), { files: [{ path: "src/\u202ex\n::error::.ts" }] });
  expect(sentences(result)).toContain("yes: 1 of 1 files: matches src/**");
  expect(sentences(result).join("")).not.toMatch(/[\n\u202e]/);
});
