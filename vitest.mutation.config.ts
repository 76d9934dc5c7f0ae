import { defineConfig } from "vitest/config";

/** The tests that mutants of the policy and of the approvals must not survive; `npm run mutation` runs them. docs/mutation.md */
export default defineConfig({
  test: {
    include: ["test/core/ownership/**/*.test.ts", "test/core/policy/**/*.test.ts", "test/policies/**/*.test.ts"],
    testTimeout: 60_000,
    // These measure time or count steps, and instrumented code takes more of both.
    testNamePattern: "^(?!.*(more lines than can be compared|in time|within .* seconds|linear))",
  },
});
