import { expect, test } from "vitest";
import { countTests } from "../../scripts/count-tests.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test.each([
  {
    says: "sums over files",
    files: [file("passed", "passed", "passed"), file("failed", "passed", "failed")],
    passed: 3,
    failed: 1,
  },
  { says: "a skipped test is a failure", files: [file("passed", "passed", "skipped")], passed: 1, failed: 1 },
  { says: "so are pending and todo", files: [file("passed", "pending", "todo")], passed: 0, failed: 2 },
  {
    says: "a file that did not load is a failure",
    files: [file("passed", "passed"), file("failed")],
    passed: 1,
    failed: 1,
  },
  { says: "a failing hook beside passing tests is a failure", files: [file("failed", "passed")], passed: 1, failed: 1 },
  { says: "no test at all is a failure", files: [], passed: 0, failed: 1 },
])("$says", ({ files, passed, failed }) => {
  expect(countTests(JSON.stringify({ testResults: files }))).toEqual({ passed, failed });
});

test("results of another shape are an error, not zero", () => {
  expect(() => countTests("{}")).toThrow();
});
