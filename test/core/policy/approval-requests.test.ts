import { describe, expect, test } from "vitest";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { requestToPolicyOwners } from "../../../core/policy/approval-requests.ts";
import { policyApproval as approvalOfPolicy } from "../../../core/policy/built-in-rules.ts";
import { judgeChange } from "../../../core/policy/judge.ts";
import { buildOwnershipFacts, users, type OwnershipSketch } from "../../ownership-facts.ts";
import { buildPolicy, buildSubject, sampleVocabulary } from "../../subjects.ts";

const path = ".github/countersign.yml";

/** What becomes of a change to the policy under a policy. */
function policyApproval(yaml: string, sketch: OwnershipSketch) {
  const subject = buildSubject({ files: [{ path }, { path: "src/a.ts" }] });
  const change = judgeChange(buildPolicy(`rules: []\n${yaml}`), subject, sampleVocabulary);
  const files = change.files.filter((file) => file.subject.file.path === path);
  return approvalsOf(buildOwnershipFacts({ files: [path], ...sketch })).of(requestToPolicyOwners(change, files));
}

describe("a change to the policy needs its owners", () => {
  const named = "policy_owners: { users: [ann] }\n";
  test.each<{ says: string; yaml: string; sketch: OwnershipSketch; is: string }>([
    { says: "who are named", yaml: named, sketch: { reviews: [{ user: "ann" }] }, is: "satisfied" },
    { says: "and nobody else", yaml: named, sketch: { reviews: [{ user: "bob" }] }, is: "waiting" },
    {
      says: "and nobody in their place",
      yaml: named,
      sketch: { author: "ann", reviews: [{ user: "bob" }] },
      is: "unsatisfiable",
    },
    {
      says: "but default owners",
      yaml: `${named}default_owners: { users: [bob] }`,
      sketch: { author: "ann", reviews: [{ user: "bob" }] },
      is: "satisfied",
    },
    {
      says: "else the code owners",
      yaml: "",
      sketch: { codeowners: "* @ann", reviews: [{ user: "bob" }] },
      is: "waiting",
    },
    {
      says: "who have approved",
      yaml: "",
      sketch: { codeowners: "* @ann", reviews: [{ user: "ann" }] },
      is: "satisfied",
    },
    {
      says: "else the default owners",
      yaml: "default_owners: { users: [ann] }",
      sketch: { reviews: [{ user: "bob" }] },
      is: "waiting",
    },
    { says: "else anybody who can push", yaml: "", sketch: { reviews: [{ user: "bob" }] }, is: "satisfied" },
    { says: "but not the author", yaml: "", sketch: { reviews: [{ user: "dev" }] }, is: "waiting" },
    {
      says: "but not the author, who alone can push",
      yaml: "",
      sketch: { writers: ["dev"], everyWriter: true, reviews: [{ user: "dev" }] },
      is: "unsatisfiable",
    },
    {
      says: "of whom not everybody was read",
      yaml: "",
      sketch: { writers: ["dev"], reviews: [{ user: "dev" }] },
      is: "waiting",
    },
    {
      says: "and not where nobody knows whether they can",
      yaml: "",
      sketch: { reviews: [{ user: "eve" }] },
      is: "waiting",
    },
    { says: "who are named in another case", yaml: named, sketch: { reviews: [{ user: "ANN" }] }, is: "satisfied" },
    {
      says: "code owners in another case",
      yaml: "",
      sketch: { codeowners: "* @ANN", reviews: [{ user: "ann" }] },
      is: "satisfied",
    },
    { says: "other files do not matter", yaml: named, sketch: { files: ["src/a.ts"] }, is: "n/a" },
  ])("$says", ({ yaml, sketch, is }) => {
    expect(policyApproval(yaml, sketch).state).toBe(is);
  });
});

test("the owners of the policy do not include whoever is named for areas", () => {
  const yaml = "areas: { a: { paths: ['**'], owners: { users: [bob] } } }\npolicy_owners: { users: [ann] }";
  expect(policyApproval(yaml, { reviews: [{ user: "bob" }] })).toMatchObject({
    state: "waiting",
    candidates: users("ann"),
  });
});

describe("CODEOWNERS that cannot be read can be mended", () => {
  const broken = "/.github/ @a@b";
  const bob = [{ user: "bob" }];
  const by = (yaml: string, sketch: OwnershipSketch, paths = [".github/CODEOWNERS"]) => {
    const real = approvalsOf(buildOwnershipFacts({ files: paths, codeowners: broken, reviews: bob, ...sketch }));
    const subject = { ...buildSubject({ files: paths.map((each) => ({ path: each })) }), approvals: real };
    const change = judgeChange(buildPolicy(`rules: []\n${yaml}`), subject, sampleVocabulary);
    return approvalOfPolicy(change, change.files);
  };
  const mends = "nobody can tell who owns CODEOWNERS by the base's, so";
  test.each<{ says: string; yaml?: string; sketch?: OwnershipSketch; paths?: string[]; is: string; told?: string }>([
    { says: "by anybody who can push", is: "satisfied", told: `${mends} anybody who can push may approve its repair` },
    { says: "not by the author", sketch: { author: "bob" }, is: "waiting" },
    {
      says: "by the default owners",
      yaml: "default_owners: { users: [bob] }",
      is: "satisfied",
      told: `${mends} the default owners may approve its repair`,
    },
    { says: "by them alone", yaml: "default_owners: { users: [ann] }", is: "waiting" },
    {
      says: "by anybody where the default owners are broken too",
      yaml: "default_owners: { teams: [acme/gone] }",
      sketch: { teams: { "acme/gone": "missing" } },
      is: "satisfied",
    },
    {
      says: "where a team is missing",
      sketch: { codeowners: "* @acme/gone", teams: { "acme/gone": "missing" } },
      is: "satisfied",
    },
    {
      says: "only by the policy's owners where they are named",
      yaml: "policy_owners: { users: [ann] }",
      is: "waiting",
    },
    { says: "not together with the policy", paths: [".github/CODEOWNERS", path], is: "unsatisfiable" },
    { says: "not under another name", paths: [".github/codeowners"], is: "unsatisfiable" },
  ])("$says", ({ yaml = "", sketch = {}, paths, is, told = "" }) => {
    const approval = by(yaml, sketch, paths);
    expect(approval.state).toBe(is);
    expect(approval.says).toContain(told);
  });
});
