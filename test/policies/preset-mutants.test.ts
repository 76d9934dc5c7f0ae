import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot, runCommand } from "../command-line.ts";

/**
 * Nobody can weaken one of our own presets unnoticed: each mutant of it fails some case, but for those that the files accept
 * with a reason. It is the presets that are changed here, so a run that changes the code leaves this file out.
 */
interface Report {
  policies: {
    policy: string;
    files: { cases: { name: string; passed: boolean }[] }[];
    mutation: { tried: number; survivors: { name: string }[]; accepted: unknown[]; idle: string[] };
  }[];
}

test.each([
  { name: "observe", mutants: 60 },
  { name: "warn", mutants: 130 },
  { name: "enforce", mutants: 140 },
  { name: "recommended", mutants: 100 },
])("every mutant of the preset $name is noticed", { timeout: 180_000 }, async ({ name, mutants }) => {
  const cases = join(projectRoot, `test/policies/${name}.test.yml`);
  const args = ["policy", "test", cases, "--mutate", "--json"];
  const { stdout, stderr, code } = await runCommand(args, { cwd: projectRoot });
  expect(stderr).toBe("");
  const [report] = (JSON.parse(stdout) as Report).policies;
  expect(report?.policy).toBe(`policies/${name}.yml`);
  expect(report?.files.flatMap((file) => file.cases).filter(({ passed }) => !passed)).toEqual([]);
  expect(report?.mutation).toMatchObject({ survivors: [], idle: [] });
  expect(report?.mutation.tried).toBeGreaterThan(mutants);
  expect(report?.mutation.accepted.length).toBeLessThanOrEqual(1);
  expect(code).toBe(0);
});
