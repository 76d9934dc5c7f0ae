import { expect, test } from "vitest";
import { starterCases } from "../../../../core/policy/starter/starter-cases.ts";
import { writtenPolicy } from "./written-policy.ts";

const head = [
  "# yaml-language-server: $schema=./cases.json",
  "# What this policy should decide: `countersign policy test` runs it, and `--mutate` shows what no case would notice.",
  "# docs/policy-tests.md of Countersign has every key.",
  "policy: countersign.yml",
];
const byCommit = (commit: string) =>
  `    change: { author: dev1, files: [{ path: .github/example }], commits: [${commit}] }`;

test.each([
  { says: "a policy without rules has no cases", rules: "[]", are: ["cases:", ""] },
  {
    says: "a rule that owners approve has them named for every case",
    rules: "[{ id: sensitive-ai-needs-owner, require: { owner_approval: {} } }]",
    are: [
      'given: { codeowners: "* @ann @bob" }',
      "cases:",
      "  - name: an agent's change to the pipeline waits for an owner",
      byCommit("{ verdict: agent-assisted }"),
      "    expect: { rules: { sensitive-ai-needs-owner: { state: waiting, decision: needs-approval } } }",
      "",
      "  - name: an owner approves it",
      "    like: an agent's change to the pipeline waits for an owner",
      "    reviews: [{ user: ann, state: approved }]",
      "    expect: { rules: { sensitive-ai-needs-owner: { state: satisfied } } }",
      "",
      "  - name: a later push to the file makes the approval stale",
      "    like: an owner approves it",
      "    push: { files: [{ path: .github/example }] }",
      "    expect: { rules: { sensitive-ai-needs-owner: { state: stale, stale: [ann] } } }",
      "",
      "  - name: files with an owner of their own wait for that owner",
      "    like: an owner approves it",
      "    change: { files: [{ path: .github/example }, { path: src/action.yml }] }",
      '    codeowners: "* @bob\\n.github/ @ann"',
      "    expect: { rules: { sensitive-ai-needs-owner: { state: waiting, decision: needs-approval, by: [ann] } } }",
    ],
  },
  {
    says: "of a rule that scans, what no case can notice is accepted with its reason",
    rules: "[{ id: critical-changes-are-scanned, require: { secrets: none } }]",
    are: [
      "cases:",
      "  - name: a risky pattern in the pipeline is told",
      byCommit("{ verdict: agent-assisted }"),
      "    findings: [{ rule: agent-signed-off, path: .github/example, line: 1 }]",
      "    expect: { rules: { critical-changes-are-scanned: { state: unsatisfied } } }",
      "",
      "accepted_mutants:",
      '  - mutant: "rules.critical-changes-are-scanned.require.secrets: left out"',
      "    reason: a credential is a finding of severity error already; the key says so to whoever reads the policy",
    ],
  },
])("$says", ({ rules, are }) =>
  expect(starterCases(writtenPolicy(`rules: ${rules}`), "./cases.json")).toBe([...head, ...are, ""].join("\n")),
);

test("a policy that writes no rules at all has no cases", () =>
  expect(starterCases(writtenPolicy(), "./cases.json")).toBe([...head, "cases:", "", ""].join("\n")));
