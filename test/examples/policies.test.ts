import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot, runCommand } from "../command-line.ts";

/** The examples are tested as a user tests a policy: every case as expected, every rule exercised, every mutant killed. */
const files = globSync("examples/policies/*/countersign.test.yml", { cwd: projectRoot }).sort();

interface Report {
  policies: {
    files: { cases: { name: string; passed: boolean }[] }[];
    rules: { id: string; exercised: boolean }[];
    mutation: {
      tried: number;
      killed: number;
      survivors: { name: string }[];
      accepted: { name: string }[];
      idle: string[];
    };
  }[];
}

test("there are three of them", () => {
  expect(files.map((file) => dirname(file).split("/").at(-1))).toEqual(["fintech", "library", "platform"]);
});

describe.each(files)("%s", (file) => {
  test("holds, exercises every rule, and notices every mutant", { timeout: 60_000 }, async () => {
    const args = ["policy", "test", join(projectRoot, file), "--mutate", "--require-coverage", "--json"];
    const { code, stdout } = await runCommand(args, { cwd: projectRoot });
    const { policies } = JSON.parse(stdout) as Report;
    const [policy] = policies;
    expect(policies).toHaveLength(1);
    const cases = policy?.files.flatMap((one) => one.cases) ?? [];
    expect(cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(12);
    expect(policy?.rules.filter(({ exercised }) => !exercised)).toEqual([]);
    expect(policy?.mutation).toMatchObject({ survivors: [], idle: [] });
    expect(policy?.mutation.killed).toBe((policy?.mutation.tried ?? 0) - (policy?.mutation.accepted.length ?? 0));
    expect(policy?.mutation.tried).toBeGreaterThan(20);
    expect(code).toBe(0);
  });
});
