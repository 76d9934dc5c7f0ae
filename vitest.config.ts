import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** The core keeps nothing between two calls, so its test files share one process, which loads each module once. */
const core = ["test/core/**/*.test.ts"];

/** Fixtures of lint rules may be tests themselves: weakened ones. */
const fixtures = ["test/fixtures/**"];

export default defineConfig({
  test: {
    globalSetup: ["test/temporary-folder.ts"],
    // Many tests start git or the built bundle; on two busy cores that takes a while.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // By default one core is left idle: of two, that is half. And who waits for git, a browser or a disk needs none.
    maxWorkers: availableParallelism() + 1,
    reporters: ["default"],
    coverage: { provider: "istanbul", include: ["core/**", "adapters/**", "gate/**", "action/**", "app/**", "cli/**"] },
    projects: [
      { extends: true, test: { name: "core", include: core, exclude: fixtures, isolate: false } },
      { extends: true, test: { name: "doors", include: ["test/**/*.test.ts"], exclude: [...core, ...fixtures] } },
    ],
  },
});
