import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatProblem, loadPolicy } from "../../../../core/policy/index.ts";
import { starterFiles } from "../../../../core/policy/starter/starter-files.ts";
import { starterPresets } from "../../../../core/policy/starter/starter-policy.ts";
import { allLintRules, allToolNames } from "../../../../core/rules.ts";

/** What a repository starts with: which files, and all that they say. */

const schemas = { policy: "the schema of policies", cases: "the schema of cases" };
const every = [
  ...["auth/a", "billing/a", "crypto/a", "retention/a", "main.tf", "incidents/a", "migrations/a"],
  ...[".devcontainer/a"],
];

test.each([
  { preset: "enforce", says: "a file of one area", paths: ["src/auth/session.ts"] },
  { preset: "observe", says: "no file", paths: [] },
] as const)("where there is $says, $preset starts with these pages word for word", ({ preset, paths }) => {
  const folder = join(import.meta.dirname, "../../../fixtures/policy/starter", preset);
  const kept = globSync(["*.md", ".github/**/*.{md,yml}"], { cwd: folder }).sort();
  const pages = starterFiles(preset, paths, schemas).files.filter(({ path }) => !path.endsWith(".schema.json"));
  expect(pages.map(({ path }) => path).sort()).toEqual(kept);
  for (const { path, text } of pages) expect(text, path).toBe(readFileSync(join(folder, path), "utf8"));
});

test("each file says what it is for, and under which names it may be there already", () =>
  expect(starterFiles("warn", [], schemas).files.map(({ path, says, standIns }) => [path, says, ...standIns])).toEqual([
    [".github/countersign.yml", "the policy that decides"],
    [".github/countersign/policy.schema.json", "its schema, for editors"],
    [".github/countersign/countersign.test.yml", "cases that test it"],
    [".github/countersign/policy-test.schema.json", "the schema of cases, for editors"],
    ["AI_POLICY.md", "the policy in words, for people"],
    [
      ".github/pull_request_template.md",
      "the form of a pull request",
      ".github/pull_request_template.md",
      ".github/pull_request_template.txt",
      ".github/pull_request_template",
      "pull_request_template.md",
      "pull_request_template.txt",
      "pull_request_template",
      "docs/pull_request_template.md",
      "docs/pull_request_template.txt",
      "docs/pull_request_template",
    ],
    [".github/REVIEW_RUBRIC.md", "what a reviewer looks at"],
  ]));

describe.each(starterPresets)("the preset %s", (preset) => {
  test.each([
    { says: "no file", paths: [], areas: ["pipeline"] },
    { says: "a workflow", paths: [".github/workflows/ci.yml"], areas: ["pipeline"] },
    {
      says: "files of two areas",
      paths: ["src/auth/a.ts", "db/migrations/1.sql"],
      areas: ["auth", "migrations", "pipeline"],
    },
  ])("with $says has the pipeline for its own files", ({ paths, areas }) =>
    expect(starterFiles(preset, paths, schemas).policy.areas).toEqual(areas),
  );

  test.each([
    { says: "no file", paths: [] },
    { says: "files of some areas", paths: ["src/auth/a.ts", "db/migrations/1.sql"] },
    { says: "files of every area", paths: every },
  ])("with $says loads without a problem or a warning, and names schemas that are written", ({ paths }) => {
    const { policy, files } = starterFiles(preset, paths, schemas);
    const textOf = (path: string) => files.find((file) => file.path === `.github/${path}`)?.text ?? "";
    expect(textOf("countersign.yml")).toBe(policy.text);
    const loaded = loadPolicy(policy.text, { file: "p.yml", lintRules: allLintRules, tools: allToolNames });
    expect((loaded.ok ? loaded.warnings : loaded.problems).map(formatProblem)).toEqual([]);
    expect(policy.text.split("\n", 1)).toEqual(["# yaml-language-server: $schema=./countersign/policy.schema.json"]);
    expect(textOf("countersign/policy.schema.json")).toBe(schemas.policy);
    const cases = textOf("countersign/countersign.test.yml");
    expect(cases.split("\n", 1)).toEqual(["# yaml-language-server: $schema=./policy-test.schema.json"]);
    expect(textOf("countersign/policy-test.schema.json")).toBe(schemas.cases);
  });

  test("names its cases by sentences, and its lines fit a page", () => {
    const { files } = starterFiles(preset, every, schemas);
    const lines = (files.find(({ path }) => path.endsWith(".test.yml"))?.text ?? "").split("\n");
    expect(lines.filter((line) => line.length > 125)).toEqual([]);
    const names = lines.filter((line) => line.startsWith("  - name: ")).map((line) => line.slice(10));
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => name.split(" ").length < 4)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
