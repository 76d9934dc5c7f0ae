import { describe, expect, test } from "vitest";
import { changeEvents, type ChangeEvent } from "../../../core/policy/change-events.ts";
import { eventsOfPolicy, factsOfKeys, factsOfPolicy } from "../../../core/policy/policy-events.ts";
import { buildPolicy } from "../../subjects.ts";

/** Every policy is asked for these: a change comes into view, is another, or changes the policy, which needs an approval. */
const always: readonly ChangeEvent[] = [
  ...(["opened", "reopened", "merge_group", "synchronize", "edited", "base_push"] as const),
  ...(["assigned", "review", "membership"] as const),
];
const quiet = "provenance: { detected_without_trailer: allow }\n";
const rule = (rest: string) => `${quiet}rules: [{ id: r, ${rest} }]`;

describe("after which events the decision of a policy may be another", () => {
  test.each<{ says: string; policy: string; adds: readonly ChangeEvent[] }>([
    { says: "no rules at all", policy: quiet, adds: [] },
    {
      says: "who opened it stays",
      policy: rule("when: { author: ann }, require: { size: { max_files: 1 } }"),
      adds: [],
    },
    {
      says: "a rule about drafts",
      policy: rule("when: { draft: false }, require: { size: { max_files: 1 } }"),
      adds: ["ready_for_review", "converted_to_draft"],
    },
    { says: "a label that is asked for", policy: rule("require: { labels: [x] }"), adds: ["labeled", "unlabeled"] },
    { says: "a check", policy: rule("require: { checks: test }"), adds: ["check"] },
    {
      says: "what counts as AI",
      policy: rule("when: { ai: true }, require: { size: { max_files: 1 } }"),
      adds: ["labeled", "unlabeled", "record"],
    },
    {
      says: "coverage",
      policy: rule("require: { coverage: { patch_lines: 80 } }"),
      adds: ["labeled", "unlabeled", "report", "record"],
    },
    { says: "a statement", policy: rule("require: { attestation: { signers: [a] } }"), adds: ["record"] },
    {
      says: "an expression, by the fields that it mentions",
      policy: rule(`when: { if: "pull_request.draft && change.size.files > 1" }, require: { size: { max_files: 1 } }`),
      adds: ["ready_for_review", "converted_to_draft"],
    },
    {
      says: "a day from which a rule is enforced",
      policy: rule(`enforce_after: "2027-01-15", require: { size: { max_files: 1 } }`),
      adds: ["date"],
    },
    {
      says: "a waiver",
      policy: `${quiet}waivers: [{ id: W, finding: swallowed-error, reason: x, owner: ann, expires: "2027-01-15" }]`,
      adds: ["date"],
    },
    {
      says: "break-glass",
      policy: `${quiet}break_glass: { who: { users: [ann] }, max_age: 4h }`,
      adds: ["override", "date"],
    },
    {
      says: "marks of tools, which are looked at unless a policy says otherwise",
      policy: "mode: warn",
      adds: ["labeled", "unlabeled", "record"],
    },
    {
      says: "boundaries for agents",
      policy: `${quiet}forbid: { kinds: [workflow] }`,
      adds: ["labeled", "unlabeled", "record"],
    },
  ])("$says", ({ policy, adds }) => {
    const events: readonly string[] = [...always, ...adds];
    expect(eventsOfPolicy(buildPolicy(policy))).toEqual(
      Object.keys(changeEvents).filter((name) => events.includes(name)),
    );
  });

  test("a floor's rules are asked too", () => {
    const policy = buildPolicy(quiet);
    const floor = {
      repo: "acme/x",
      path: "p.yml",
      ref: "0".repeat(40),
      policy: buildPolicy(rule("require: { checks: test }")),
    };
    expect(factsOfPolicy({ ...policy, floors: [floor] })).toEqual([...factsOfPolicy(policy), "checks"].sort(byTable));
  });

  function byTable(a: string, b: string): number {
    const order = factsOfPolicy(buildPolicy(`${quiet}rules: [{ id: r, require: { checks: test } }]`)).map(String);
    return order.indexOf(a) - order.indexOf(b);
  }
});

test("every key of when and require says what it reads", () => {
  const keys = new Map(factsOfKeys().map(({ path, facts }) => [path, facts]));
  expect(keys.get("rules[].when.draft")).toEqual(["pullRequest.draft"]);
  expect(keys.get("rules[].require.attestation")).toEqual(["change.head", "statements"]);
  expect([...keys.values()].every((facts) => facts.length > 0)).toBe(true);
});
