import { describe, expect, test } from "vitest";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { requestToPolicyOwners } from "../../../core/policy/approval-requests.ts";
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
