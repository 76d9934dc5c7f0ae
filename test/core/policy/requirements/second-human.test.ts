import { describe, expect, test } from "vitest";
import { approvalsOf } from "../../../../core/ownership/approvals.ts";
import { secondHuman } from "../../../../core/policy/requirements/second-human.ts";
import { buildOwnershipFacts, type OwnershipSketch } from "../../../ownership-facts.ts";
import { firstRule } from "../../../subjects.ts";

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
  ])("$says: $is", ({ sketch, yaml = policy("true"), is }) => {
    const approvals = approvalsOf(buildOwnershipFacts({ files, ...sketch }));
    expect(firstRule(yaml, { files: files.map((path) => ({ path })), approvals })).toMatchObject({ decision: is });
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
