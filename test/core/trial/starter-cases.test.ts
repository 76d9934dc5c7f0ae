import { describe, expect, test } from "vitest";
import { starterFiles, starterPresets } from "../../../core/policy/index.ts";
import { isExercised } from "../../../core/trial/rule-coverage.ts";
import { failsIn, summariseTrials } from "../../../core/trial/trial-report.ts";
import { tryCases } from "./try-cases.ts";

/**
 * The cases that `policy init` writes, under the policy that it writes: they come out, they exercise every rule, and some of
 * them fails whichever part of the policy is changed. What they say stands in test/core/policy/starter.
 */

const repositories = [
  { says: "no files", paths: [] },
  {
    says: "a file of every area",
    paths: [
      ...["auth/a", "billing/a", "crypto/a", "retention/a", "main.tf", "incidents/a"],
      ...["migrations/a", ".devcontainer/a"],
    ],
  },
  {
    says: "the files of a monorepo",
    paths: [
      ...["services/login/auth/session.ts", "services/pay/billing/invoice.ts", "libs/crypto/aes.ts"],
      ...["services/pay/db/migrations/001.sql", "deploy/main.tf", ".github/workflows/ci.yml"],
    ],
  },
];

describe.each(starterPresets)("the preset %s", (preset) => {
  test.each(repositories)("has cases that tell every mutant in a repository with $says", { timeout: 60_000 }, (row) => {
    const { files } = starterFiles(preset, row.paths, { policy: "", cases: "" });
    const textOf = (path: string) => files.find((file) => file.path === `.github/${path}`)?.text ?? "";
    const trial = tryCases(textOf("countersign/countersign.test.yml"), textOf("countersign.yml"));
    if (Array.isArray(trial)) throw new Error(trial.join("\n"));
    expect(trial.results.filter(({ differences }) => differences.length > 0)).toEqual([]);
    const summary = summariseTrials([trial], { mutate: true });
    expect(summary).toMatchObject([{ mutation: { survivors: [], idle: [] } }]);
    expect(summary.flatMap(({ rules }) => rules).filter((rule) => !isExercised(rule))).toEqual([]);
    expect(failsIn(summary, { requireCoverage: true })).toBe(false);
  });
});
