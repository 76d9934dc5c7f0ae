import { describe, expect, test } from "vitest";
import { compareRequire } from "../../../core/policy/compare-parts.ts";
import { comparePolicies } from "../../../core/policy/compare-policies.ts";
import type { ConditionKey, RequirementKey } from "../../../core/policy/policy.ts";
import { newWork } from "../../../core/policy/work.ts";
import { buildPolicy } from "../../subjects.ts";

/** From each value to the other; the way back of what loosens tightens, and the other way round, unless it is named. */
interface Row {
  from: string;
  to: string;
  is: string;
  back?: string;
}

const areas = "areas: { auth: { paths: [src/auth/**] }, docs: { paths: [docs/**] } }";
const told = (before: string, after: string) =>
  comparePolicies(
    buildPolicy(`${areas}\nrules: [{ id: x, ${before} }]`),
    buildPolicy(`${areas}\nrules: [{ id: x, ${after} }]`),
  )
    .map(({ effect }) => effect)
    .join(" ");
const turned = (is: string) =>
  is.replace(/loosens|tightens/g, (effect) => (effect === "loosens" ? "tightens" : "loosens"));
const reversed = (is: string) => (is.includes(" ") ? is : turned(is));

const conditions: Readonly<Record<ConditionKey, readonly Row[]>> = {
  ai: [{ from: "true", to: "false", is: "changes" }],
  area: [
    { from: "auth", to: "[auth, docs]", is: "tightens" },
    { from: "[auth, docs]", to: "[docs, auth]", is: "" },
    { from: "auth", to: "docs", is: "loosens tightens" },
  ],
  tier: [{ from: "1", to: "[1, 2]", is: "tightens" }],
  paths: [
    { from: '["src/**"]', to: '["**"]', is: "tightens" },
    { from: '["src/**"]', to: '["src/*/a.ts", "src/b.ts"]', is: "loosens" },
    { from: '["**"]', to: '["**", "!docs/**"]', is: "loosens" },
    { from: '["**", "!docs/**"]', to: '["**", "!docs/a.md"]', is: "tightens" },
  ],
  kind: [{ from: "docs", to: "[docs, test]", is: "tightens" }],
  verdict: [{ from: "human", to: "[human, undeclared]", is: "tightens" }],
  acceptance: [{ from: "as-is", to: "[as-is, edited]", is: "tightens" }],
  tools: [
    { from: "claude-code", to: "[Claude-Code, codex]", is: "tightens" },
    { from: "claude-code", to: "CLAUDE-CODE", is: "" },
  ],
  models: [{ from: '"claude-5"', to: '"Claude *"', is: "tightens" }],
  size: [
    { from: "{ added_lines_over: 400 }", to: "{ added_lines_over: 500 }", is: "loosens" },
    { from: "{ files_over: 4 }", to: "{ files_over: 4, commits_over: 2 }", is: "loosens" },
  ],
  base: [
    { from: "main", to: "[main, release/*]", is: "tightens" },
    { from: '"!main"', to: '["!main", "!next"]', is: "loosens" },
    { from: '"!main"', to: '["**", "!main"]', is: "" },
  ],
  branch: [{ from: '"agent/*"', to: '"agent/**"', is: "tightens" }],
  author: [
    { from: "ann", to: "[ann, eve]", is: "tightens" },
    { from: "[Ann]", to: "ann", is: "" },
    { from: "ann", to: "{ type: user }", is: "changes" },
    { from: "{ type: bot }", to: "{ type: user }", is: "changes" },
  ],
  association: [{ from: "MEMBER", to: "[MEMBER, OWNER]", is: "tightens" }],
  labels: [{ from: "hotfix", to: "[Hotfix, other]", is: "tightens" }],
  event: [{ from: "pull_request", to: "[pull_request, push]", is: "tightens" }],
  draft: [{ from: "true", to: "false", is: "changes" }],
  fork: [{ from: "true", to: "false", is: "changes" }],
  if: [{ from: "'change.size.files > 1'", to: "'change.size.files > 2'", is: "changes" }],
};

const requirements: Readonly<Record<RequirementKey, readonly Row[]>> = {
  trailers: [
    { from: "[A]", to: "[a, B]", is: "tightens" },
    { from: "[A, B]", to: "[B, C]", is: "loosens tightens" },
  ],
  disclosure: [{ from: "required", to: "[required, labelled]", is: "tightens" }],
  acceptance: [{ from: "[edited, rewritten]", to: "edited", is: "tightens" }],
  tools: [{ from: "claude-code", to: "[Claude-Code, codex]", is: "loosens" }],
  models: [
    { from: '"claude-5"', to: '"claude-*"', is: "loosens" },
    { from: '"gpt-*"', to: '"gpt-5"', is: "tightens" },
  ],
  coverage: [
    { from: "{ patch_lines: 80 }", to: "{ patch_lines: 70 }", is: "loosens" },
    { from: "{ patch_lines: 80 }", to: "{ patch_lines: 80, patch_branches: 10 }", is: "tightens" },
    { from: "{ patch_lines: 80, ai_lines: 70 }", to: "{ patch_lines: 70, ai_lines: 80 }", is: "loosens tightens" },
    { from: "{ project_delta: -1 }", to: "{ project_delta: -2 }", is: "loosens" },
    { from: "{ untested_functions: 1 }", to: "{ untested_functions: 2 }", is: "loosens" },
    { from: "{ patch_lines: 80 }", to: "{ patch_lines: 80, no_report: warn }", is: "loosens" },
    { from: "{ patch_lines: 80, per: area }", to: "{ patch_lines: 80 }", is: "loosens", back: "changes" },
    { from: "{ untested_functions: 2 }", to: "{ untested_functions: 2, per: area }", is: "loosens" },
    { from: "{ untested_functions: 0 }", to: "{ untested_functions: 0, per: area }", is: "" },
  ],
  findings: [
    { from: "{ max_errors: 0 }", to: "{ max_errors: 1 }", is: "loosens" },
    { from: "{ max_errors: 0 }", to: "{ max_errors: 0, max_notices: 9 }", is: "tightens" },
    { from: "{ rules: { swallowed-error: 0 } }", to: "{ rules: { swallowed-error: 2 } }", is: "loosens" },
    { from: "{ max_errors: 0 }", to: "{ max_errors: 0, escalate: { swallowed-error: error } }", is: "tightens" },
    {
      from: "{ max_warnings: 0 }",
      to: "{ max_warnings: 0, escalate: { swallowed-error: { ai: error } } }",
      is: "changes",
      back: "loosens",
    },
    {
      from: "{ max_errors: 0, escalate: { swallowed-error: { ai: warning } } }",
      to: "{ max_errors: 0, escalate: { swallowed-error: { ai: error } } }",
      is: "tightens",
    },
  ],
  secrets: [{ from: "none", to: "none", is: "" }],
  checks: [
    { from: "test", to: "[test, lint]", is: "tightens" },
    { from: "test", to: "{ name: test, app: ci }", is: "loosens tightens" },
  ],
  signatures: [{ from: "verified", to: "verified", is: "" }],
  attestation: [
    { from: "{ signers: [a] }", to: "{ signers: [a, b] }", is: "loosens" },
    { from: "{ signers: [a] }", to: "{ signers: [a], predicate_type: x }", is: "tightens" },
    { from: "{ signers: [a], predicate_type: z }", to: "{ signers: [a], predicate_type: x }", is: "changes" },
  ],
  labels: [{ from: "hotfix", to: "[Hotfix, seen]", is: "tightens" }],
  size: [
    { from: "{ max_files: 3 }", to: "{ max_files: 4 }", is: "loosens" },
    { from: "{ max_files: 3 }", to: "{ max_files: 3, max_commits: 2, max_added_lines: 9 }", is: "tightens" },
  ],
  forbid: [
    { from: "{ kinds: [docs] }", to: "{ kinds: [docs, test] }", is: "tightens" },
    { from: "{ kinds: [docs], agents: [codex] }", to: "{ kinds: [docs] }", is: "tightens" },
    { from: "{ paths: [src/a/**] }", to: "{ paths: [src/**] }", is: "tightens" },
    { from: "{ paths: [src/**], branches: main }", to: "{ paths: [src/**] }", is: "tightens" },
    { from: "{ kinds: [docs] }", to: "{ paths: [src/**] }", is: "loosens tightens" },
  ],
  owner_approval: [
    { from: "{ count: 2 }", to: "{ count: 1 }", is: "loosens" },
    { from: "{ exclude: [author] }", to: "{ exclude: [author, committers] }", is: "tightens" },
    { from: "{ stale_when: push }", to: "{ stale_when: owned_diff_changes }", is: "loosens" },
    { from: "{ stale_when: owned_diff_changes }", to: "{ stale_when: never }", is: "loosens" },
    { from: "{ per: area }", to: "{ per: change }", is: "loosens", back: "changes" },
    { from: "{ area: auth }", to: "{ area: [auth, docs] }", is: "tightens" },
    { from: "{ area: auth }", to: "{}", is: "changes" },
  ],
  second_human: [{ from: "true", to: "{ count: 2 }", is: "tightens" }],
};

describe("what another value does", () => {
  const rows = (parts: Readonly<Record<string, readonly Row[]>>, write: (key: string, value: string) => string) =>
    Object.entries(parts).flatMap(([key, list]) =>
      list.map((row) => ({ ...row, key, before: write(key, row.from), after: write(key, row.to) })),
    );
  test.each(rows(conditions, (key, value) => `when: { ${key}: ${value} }, require: { secrets: none }`))(
    "when.$key from $from to $to: $is",
    ({ before, after, is, back }) =>
      expect([told(before, after), told(after, before)]).toEqual([is, back ?? reversed(is)]),
  );
  test.each(rows(requirements, (key, value) => `require: { ${key}: ${value} }`))(
    "require.$key from $from to $to: $is",
    ({ before, after, is, back }) =>
      expect([told(before, after), told(after, before)]).toEqual([is, back ?? reversed(is)]),
  );
});

test("of a key that is gone or fresh, nothing is said to be different", () => {
  const [before, after] = ["labels: ok", "secrets: none"].map(
    (asked) => buildPolicy(`rules: [{ id: x, require: { ${asked} } }]`).rules[0]?.require,
  );
  if (before === undefined || after === undefined) throw new Error("a policy has no rule");
  expect(compareRequire(before, after, newWork(Infinity))).toEqual([
    { key: "secrets", how: "fresh", effect: "tightens", what: "" },
    { key: "labels", how: "gone", effect: "loosens", what: "" },
  ]);
});
