import { describe, expect, test } from "vitest";
import { approvalsOf } from "../../../../core/ownership/approvals.ts";
import { secondHuman } from "../../../../core/policy/requirements/second-human.ts";
import { buildOwnershipFacts, type OwnershipSketch } from "../../../ownership-facts.ts";
import { firstRule, fixes } from "../../../subjects.ts";

const policy = (asked: string, when = "") => `rules: [{ id: r, ${when}require: { second_human: ${asked} } }]`;
const files = ["src/a.ts", "docs/b.md"];

describe("another person has looked at it", () => {
  const since = { trees: { old: ["src/a.ts", { path: "docs/b.md", blob: "old" }] } };
  test.each<{ says: string; sketch: OwnershipSketch; yaml?: string; is: string }>([
    { says: "nobody has", sketch: {}, is: "needs-approval" },
    { says: "somebody who can push", sketch: { reviews: [{ user: "bob" }] }, is: "pass" },
    { says: "the author", sketch: { reviews: [{ user: "dev" }] }, is: "needs-approval" },
    {
      says: "whoever wrote a commit",
      sketch: { commits: [{ name: "a", author: "bob" }], reviews: [{ user: "bob" }] },
      is: "needs-approval",
    },
    {
      says: "whoever asked the agent for it",
      sketch: { agentRequesters: ["bob"], reviews: [{ user: "bob" }] },
      is: "needs-approval",
    },
    {
      says: "somebody who cannot push",
      sketch: { readers: ["eve"], reviews: [{ user: "eve" }] },
      is: "needs-approval",
    },
    { says: "a bot", sketch: { reviews: [{ user: "bob", userType: "Bot" }] }, is: "needs-approval" },
    { says: "one of two", sketch: { reviews: [{ user: "bob" }] }, yaml: policy("{ count: 2 }"), is: "needs-approval" },
    {
      says: "two of two",
      sketch: { reviews: [{ user: "bob" }, { user: "ann" }] },
      yaml: policy("{ count: 2 }"),
      is: "pass",
    },
    {
      says: "somebody asks for changes",
      sketch: { reviews: [{ user: "bob" }, { user: "ann", state: "changes_requested" }] },
      is: "block",
    },
    {
      says: "a push came since",
      sketch: { ...since, reviews: [{ user: "bob", commit: "old" }] },
      is: "needs-approval",
    },
    {
      says: "a push came since, to files that the rule is not about",
      sketch: { ...since, reviews: [{ user: "bob", commit: "old" }] },
      yaml: policy("true", 'when: { paths: ["src/**"] }, '),
      is: "pass",
    },
    { says: "reviews were not read", sketch: { reviews: null }, is: "needs-approval" },
    {
      says: "an outsider of whom nobody knows whether they can push",
      sketch: { reviews: [{ user: "eve" }] },
      is: "needs-approval",
    },
    {
      says: "an outsider, where everybody who can push is known",
      sketch: { everyWriter: true, reviews: [{ user: "eve" }] },
      is: "needs-approval",
    },
    {
      says: "reviews were read, and people were not",
      sketch: { writers: null, accounts: {}, reviews: [{ user: "bob" }] },
      is: "needs-approval",
    },
    {
      says: "an outsider of whom nobody knows it asks for changes",
      sketch: { reviews: [{ user: "bob" }, { user: "eve", state: "changes_requested" }] },
      is: "needs-approval",
    },
  ])("$says: $is", ({ sketch, yaml = policy("true"), is }) => {
    const approvals = approvalsOf(buildOwnershipFacts({ files, ...sketch }));
    expect(firstRule(yaml, { files: files.map((path) => ({ path })), approvals })).toMatchObject({ decision: is });
  });

  const alone = { writers: ["dev"], reviews: [{ user: "dev" }] };
  test.each([
    {
      says: "everybody who can push was read: nobody can, and what to do",
      sketch: { ...alone, everyWriter: true },
      state: "unsatisfiable",
      fix: "Give another person the right to push; or use break-glass.",
    },
    {
      says: "who else can push was not read: it waits, and says so",
      sketch: alone,
      state: "waiting",
      fix: "Ask somebody else who can push to approve the change.",
    },
  ])("the author alone can push: $says", ({ sketch, state, fix }) => {
    const approvals = approvalsOf(buildOwnershipFacts({ files, ...sketch }));
    const rule = firstRule(policy("true"), { files: files.map((path) => ({ path })), approvals });
    expect(rule).toMatchObject({ state, decision: "needs-approval" });
    expect(fixes(rule)).toContain(fix);
  });

  test("nothing is changed, so nothing is asked", () => {
    expect(firstRule(policy("true"), { files: [] })).toMatchObject({ decision: "pass", approvals: [] });
  });
});

test.each([
  { written: true, ok: true },
  { written: { count: 1 }, ok: true },
  { written: false, ok: false },
  { written: { count: 0 }, ok: false },
  { written: {}, ok: false },
])("$written may be written: $ok", ({ written, ok }) => {
  expect(secondHuman.schema.safeParse(written).success).toBe(ok);
});
