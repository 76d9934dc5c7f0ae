import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot, runCommand } from "../command-line.ts";

/**
 * What our own presets decide stands in `*.test.yml` beside this file. Nobody can weaken one of them unnoticed: each mutant
 * fails some case, but for those that the files accept with a reason.
 */
interface Report {
  policies: {
    policy: string;
    files: { cases: { name: string; passed: boolean }[] }[];
    rules: { exercised: boolean }[];
    mutation: { tried: number; killed: number; survivors: { name: string }[]; accepted: unknown[]; idle: string[] };
  }[];
}

test.each(["enforce", "recommended"])("every mutant of %s.yml is noticed", { timeout: 120_000 }, async (name) => {
  const cases = join(projectRoot, `test/policies/${name}.test.yml`);
  const { stdout, stderr, code } = await runCommand(
    ["policy", "test", cases, "--mutate", "--require-coverage", "--json"],
    {
      cwd: projectRoot,
    },
  );
  expect(stderr).toBe("");
  const [report] = (JSON.parse(stdout) as Report).policies;
  expect(report?.policy).toBe(`policies/${name}.yml`);
  expect(report?.files.flatMap((file) => file.cases).filter(({ passed }) => !passed)).toEqual([]);
  expect(report?.mutation).toMatchObject({ survivors: [], idle: [] });
  expect(report?.mutation.tried).toBeGreaterThan(100);
  expect(report?.mutation.accepted.length).toBeLessThanOrEqual(1);
  expect(code).toBe(0);
});
