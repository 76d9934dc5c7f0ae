import { join } from "node:path";
import { expect, test } from "vitest";
import { starterPresets } from "../../core/policy/index.ts";
import { projectRoot, runCommand } from "../command-line.ts";

/** What our own presets decide stands in `*.test.yml` beside this file; `preset-mutants.test.ts` shows that it says enough. */
test.each(starterPresets)("the cases of the preset %s come out as they say", { timeout: 60_000 }, async (name) => {
  const cases = join(projectRoot, `test/policies/${name}.test.yml`);
  const { stdout, code } = await runCommand(["policy", "test", cases, "--require-coverage"], { cwd: projectRoot });
  expect(stdout).toContain(` on policies/${name}.yml\n`);
  expect(stdout).toContain(" as expected, 0 not\n");
  expect(code).toBe(0);
});
