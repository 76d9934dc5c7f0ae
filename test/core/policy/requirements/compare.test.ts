import { describe, expect, test } from "vitest";
import { compareRequire, mayEase } from "../../../../core/policy/compare-parts.ts";
import type { Require } from "../../../../core/policy/policy.ts";
import { newWork } from "../../../../core/policy/work.ts";
import { buildPolicy } from "../../../subjects.ts";

function asked(require: string): Require {
  const areas = "areas: { auth: { paths: [src/auth/**] }, docs: { paths: [docs/**] } }";
  const [rule] = buildPolicy(`${areas}\nrules: [{ id: x, require: { ${require} } }]`).rules;
  if (rule === undefined) throw new Error("the policy has no rule");
  return rule.require;
}

const steps = (from: string, to: string) =>
  compareRequire(asked(from), asked(to), newWork(Infinity)).map(({ effect, what }) => `${effect}: ${what}`);

describe("how what another value asks for is told", () => {
  test.each([
    {
      from: "coverage: { patch_lines: 80, patch_branches: 70, ai_lines: 90, project_delta: -0.5, untested_functions: 0 }",
      to: "coverage: { patch_lines: 70, patch_branches: 60, ai_lines: 80, project_delta: -1, untested_functions: 2, no_report: warn }",
      is: [
        "loosens: patch_lines 70, which is 80, patch_branches 60, which is 70, ai_lines 80, which is 90, project_delta -1, which is -0.5, untested_functions 2, which is 0, no_report warn, which is block",
      ],
    },
    {
      from: "coverage: { patch_lines: 80 }",
      to: "coverage: { patch_lines: 80, per: area }",
      is: ["changes: per area"],
      back: ["loosens: per change"],
    },
    {
      from: "coverage: { patch_lines: 80 }",
      to: "coverage: { untested_functions: 1, per: area }",
      is: ["loosens: patch_lines none, which is 80, per area", "tightens: untested_functions 1, which is none"],
      back: ["tightens: patch_lines 80, which is none", "loosens: untested_functions none, which is 1, per change"],
    },
    {
      from: "coverage: { patch_lines: 80, untested_functions: 1 }",
      to: "coverage: { patch_lines: 80, per: area }",
      is: ["loosens: untested_functions none, which is 1, per area"],
      back: ["tightens: untested_functions 1, which is none", "loosens: per change"],
    },
    {
      from: "coverage: { untested_functions: 1 }",
      to: "coverage: { untested_functions: 1, per: area }",
      is: ["loosens: per area"],
      back: ["tightens: per change"],
    },
    { from: "coverage: { patch_lines: 100 }", to: "coverage: { patch_lines: 100, per: area }", is: [], back: [] },
    { from: "coverage: { ai_lines: 0 }", to: "coverage: { ai_lines: 0, per: area }", is: [], back: [] },
    { from: "coverage: { project_delta: 0 }", to: "coverage: { project_delta: 0, per: area }", is: [], back: [] },
    {
      from: "owner_approval: { count: 2, stale_when: push }",
      to: "owner_approval: { count: 1, stale_when: never }",
      is: ["loosens: count 1, which is 2, stale_when never, which is push"],
      back: ["tightens: count 2, which is 1, stale_when push, which is never"],
    },
    {
      from: "owner_approval: { per: area }",
      to: "owner_approval: { per: change }",
      is: ["loosens: per change, which is area"],
      back: ["changes: per area, which is change"],
    },
    {
      from: "owner_approval: { per: change }",
      to: "owner_approval: { per: change, count: 2 }",
      is: ["tightens: count 2, which is 1"],
    },
    { from: "owner_approval: {}", to: "owner_approval: { per: area }", is: [], back: [] },
    {
      from: "owner_approval: {}",
      to: "owner_approval: { area: [auth, docs] }",
      is: ["changes: owners of auth, docs"],
      back: ["changes: owners of what is touched"],
    },
    {
      from: "owner_approval: { area: auth }",
      to: "owner_approval: { area: docs }",
      is: ["loosens: without auth", "tightens: with docs"],
    },
    { from: "second_human: true", to: "second_human: { count: 2 }", is: ["tightens: count 2, which is 1"] },
    {
      from: "attestation: { signers: [a] }",
      to: "attestation: { signers: [a], predicate_type: x }",
      is: ["tightens: predicate_type x"],
      back: ["loosens: predicate_type any"],
    },
    {
      from: "attestation: { signers: [a], predicate_type: x }",
      to: "attestation: { signers: [a, b], predicate_type: z }",
      is: ["loosens: with b", "changes: z, which is x"],
    },
    { from: "attestation: { signers: [a] }", to: "attestation: { signers: [a] }", is: [] },
    {
      from: "checks: test",
      to: "checks: { name: test, app: ci }",
      is: ["loosens: without test", 'tightens: with { name: "test", app: "ci" }'],
    },
    {
      from: "size: { max_added_lines: 1, max_files: 2, max_commits: 3 }",
      to: "size: { max_added_lines: 4, max_files: 5, max_commits: 6 }",
      is: ["loosens: max_added_lines 4, which is 1, max_files 5, which is 2, max_commits 6, which is 3"],
    },
    { from: "signatures: verified", to: "signatures: verified", is: [] },
    { from: "secrets: none", to: "secrets: none", is: [] },
  ])("from $from to $to", ({ from, to, is, back }) => {
    expect(steps(from, to)).toEqual(is);
    if (back !== undefined) expect(steps(to, from)).toEqual(back);
  });
});

describe("whether a rule that asks it of more may be met where one that asks it of less is not", () => {
  test.each([
    { written: "owner_approval: { per: change }", is: true },
    { written: "owner_approval: {}", is: false },
    { written: "owner_approval: { per: change, area: auth }", is: false },
    { written: "owner_approval: { area: auth }", is: false },
    { written: "coverage: { patch_lines: 80 }", is: true },
    { written: "coverage: { patch_branches: 1 }", is: true },
    { written: "coverage: { ai_lines: 99 }", is: true },
    { written: "coverage: { patch_lines: 100 }", is: false },
    { written: "coverage: { patch_lines: 0 }", is: false },
    { written: "coverage: { project_delta: 0, untested_functions: 1 }", is: false },
    { written: "findings: { max_errors: 0 }", is: false },
    { written: "findings: { max_warnings: 1 }", is: true },
    { written: "findings: { max_errors: 0, escalate: { swallowed-error: { human: error } } }", is: true },
    { written: "findings: { max_errors: 0, escalate: { swallowed-error: error } }", is: false },
    { written: "secrets: none", is: false },
  ])("$written: $is", ({ written, is }) => expect(mayEase(asked(written))).toBe(is));
});
