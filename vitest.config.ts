import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/temporary-folder.ts"],
    // Many tests start git or the built bundle; on two busy cores that takes a while.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // By default one core is left idle: of two, that is half.
    maxWorkers: "100%",
    reporters: ["default"],
    coverage: { provider: "istanbul", include: ["core/**", "adapters/**", "gate/**", "action/**", "app/**", "cli/**"] },
  },
});
