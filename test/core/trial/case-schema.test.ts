import { Ajv } from "ajv";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadCases } from "../../../core/trial/case-file.ts";
import { formatCaseProblem } from "../../../core/trial/case-problem.ts";
import { caseJsonSchema, caseKeys } from "../../../core/trial/case-schema.ts";
import { runTrial } from "../../../core/trial/run-trial.ts";
import { documentWith, listedKeys } from "../../key-documents.ts";
import { engine } from "../../../gate/engine.ts";

/** docs/policy-tests.md has every key, and each of its examples can be pasted into a file of cases that is then played. */

const validate = new Ajv({ strict: true, allErrors: true, strictRequired: false, strictTypes: false }).compile(
  caseJsonSchema(),
);
const root = join(import.meta.dirname, "../../..");
const keys = listedKeys("docs/policy-tests.md");
const policy = {
  path: "countersign.yml",
  text: 'version: 1\nareas: { auth: { paths: ["src/auth/**"] } }\nrules: [{ id: sensitive-ai-needs-owner, require: { owner_approval: { area: auth } } }]\n',
};
const beside: Readonly<Record<string, readonly string[]>> = {
  "": ["cases: [{ name: a, expect: { decision: pass } }]"],
  "floors[]": ["repo: acme/policies", "path: a.yml", "ref: 9f2c", "file: a.yml"],
  "accepted_mutants[]": ["mutant: a", "reason: b"],
  "cases[]": [
    "name: another",
    "expect: { decision: pass }",
    "change: { labels: [ai-assisted], files: [{ path: src/auth/session.ts, additions: 40 }, { path: src/a.ts, additions: 10 }] }",
  ],
  "cases[].change": ["files: [{ path: src/auth/session.ts, additions: 40 }]"],
  "cases[].change.files[]": ["path: src/auth/session.ts"],
  "cases[].findings[]": ["rule: uncovered-new-function"],
  "cases[].checks.<name>": ["conclusion: success"],
  "cases[].statements[]": ["predicate_type: a", "signer: b"],
  "cases[].reviews[]": ["user: ann", "state: approved"],
  "cases[].overrides[]": ["by: ann", "reason: down"],
  "cases[].events[].join": ["team: identity", "user: ann"],
  "cases[].events[].leave": ["team: identity", "user: ann"],
};
/** What one key alone needs. */
const besideOf: Readonly<Record<string, readonly string[]>> = {
  "cases[].change.files[] cases[].change.files[].target": ["kind: symlink"],
  "cases[].change cases[].change.files[].commit": ["commits: [{}, {}]"],
  ...Object.fromEntries(
    ["cases[].events", "cases[].events[].dismiss"].map((path) => [
      `cases[] ${path}`,
      ["reviews: [{ user: ann, state: approved }]"],
    ]),
  ),
  ...Object.fromEntries(
    ["join", "join.team", "join.user"].map((key) => [
      `cases[] cases[].events[].${key}`,
      ["teams: { identity: [bob] }"],
    ]),
  ),
  ...Object.fromEntries(
    ["leave", "leave.team", "leave.user"].map((key) => [
      `cases[] cases[].events[].${key}`,
      ["teams: { identity: [ann, bob] }"],
    ]),
  ),
};
const neighbours = {
  before: { "cases[]": ["  - { name: AI edit of auth waits, expect: { decision: pass } }"] },
  names: {
    "cases[].coverage.files": "src/auth/session.ts",
    "cases[].checks": "build",
    "cases[].expect.rules": "sensitive-ai-needs-owner",
  },
  beside: (parent: string, path: string) => [...(beside[parent] ?? []), ...(besideOf[`${parent} ${path}`] ?? [])],
};

describe("the page", () => {
  test("has every key, and what was told before by its name", () => {
    const page = readFileSync(join(root, "docs/policy-tests.md"), "utf8");
    expect(caseKeys().filter(({ path }) => !page.includes(`\n- \`${path}\`: `))).toEqual([]);
    expect(caseKeys().map(({ path }) => path)).toEqual(
      expect.arrayContaining(["cases[].coverage.files", "cases[].events[].leave", "accepted_mutants[].mutant"]),
    );
    expect(keys.length).toBeGreaterThan(80);
  });

  test.each(keys)("an example of $path loads and is played: $example", (key) => {
    const text = documentWith(key, neighbours);
    const loaded = loadCases(text, { file: "a.test.yml" });
    expect(loaded.ok ? [] : loaded.problems.map(formatCaseProblem), text).toEqual([]);
    if (!loaded.ok) return;
    const outcome = runTrial(loaded.cases, { policy, codeowners: null, floors: [] }, engine);
    expect(outcome.ok ? [] : outcome.problems.map(formatCaseProblem), text).toEqual([]);
  });
});

describe("the JSON Schema", () => {
  test.each(globSync(["examples/policies/*/*.test.yml", "test/policies/*.test.yml"], { cwd: root }))(
    "takes %s",
    (path) => {
      expect(validate(parse(readFileSync(join(root, path), "utf8"))), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  test.each([
    "cases: []",
    "cases: [{ name: a }]",
    "cases: [{ name: a, expect: { decision: passed } }]",
    "cases: [{ name: a, expect: { decision: pass }, revews: [] }]",
    "cases: [{ name: a, expect: { decision: pass }, coverage: { src/a.ts: { lines: 1/2 } } }]",
    "{ accepted_mutants: [{ name: a, reason: b }], cases: [{ name: a, expect: { decision: pass } }] }",
  ])("refuses %s", (text) => expect(validate(parse(text))).toBe(false));
});
