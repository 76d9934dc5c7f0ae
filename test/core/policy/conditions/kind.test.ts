import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { kind: [workflow, lockfile] }, require: { secrets: none } }]";

test("the files of one of the kinds", () => {
  const files = [{ path: ".github/workflows/ci.yml" }, { path: "src/a.ts" }, { path: "yarn.lock" }];
  const result = firstRule(policy, { files });
  expect(result.files).toEqual([".github/workflows/ci.yml", "yarn.lock"]);
  expect(sentences(result)).toContain("yes: yarn.lock is lockfile");
});

test("a rename out of a kind is still of it", () => {
  const files = [{ path: "ci.txt", previousPath: ".github/workflows/ci.yml" }];
  expect(firstRule(policy, { files }).state).toBe("satisfied");
});
