import { readFileSync } from "node:fs";
import * as z from "zod";

const Results = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * How many tests passed and failed, from what vitest's JSON reporter wrote.
 * A test that was skipped or left as a todo counts as failed: CI skips nothing. So does a file that failed without a
 * failing test (it did not load), and a run without any test.
 */
export function countTests(json: string): { passed: number; failed: number } {
  const files = Results.parse(JSON.parse(json)).testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === "passed").length;
  const filesThatFailedOtherwise = files.filter(
    (file) => file.status !== "passed" && file.assertionResults.every((test) => test.status === "passed"),
  );
  const failed = tests.length - passed + filesThatFailedOtherwise.length;
  return { passed, failed: tests.length === 0 ? Math.max(failed, 1) : failed };
}

if (import.meta.main) {
  const { passed, failed } = countTests(readFileSync(process.argv[2] ?? "", "utf8"));
  process.stdout.write(`${passed} ${failed}\n`);
}
