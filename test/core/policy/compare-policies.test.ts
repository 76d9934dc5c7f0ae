import { describe, expect, test } from "vitest";
import { comparePolicies } from "../../../core/policy/compare-policies.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy } from "../../subjects.ts";

const differences = (before: string, after: string) =>
  comparePolicies(buildPolicy(before), buildPolicy(after)).map(
    ({ effect, rule, says }) => `${effect}${rule === null ? "" : ` [${rule}]`}: ${says}`,
  );

const rule = (rest: string) => `rules: [{ id: x, ${rest} }]`;
const waiver = (rest: string) =>
  `${rule("require: { secrets: none, trailers: [T] }")}\nwaivers: [{ id: W-1, rule: x, reason: r, owner: o, ${rest} }]`;

describe("what another policy would do", () => {
  test.each([
    { says: "nothing", before: rule("require: { secrets: none }"), after: rule("require: { secrets: none }"), is: [] },
    {
      says: "a requirement less",
      before: rule("require: { secrets: none, owner_approval: {} }"),
      after: rule("require: { secrets: none }"),
      is: ["loosens [x]: stop requiring owner_approval in rule x"],
    },
    {
      says: "a requirement more",
      before: rule("require: { secrets: none }"),
      after: rule("require: { secrets: none, trailers: [T] }"),
      is: ["tightens [x]: also require trailers in rule x"],
    },
    {
      says: "another value",
      before: rule("require: { coverage: { patch_lines: 80 } }"),
      after: rule("require: { coverage: { patch_lines: 70 } }"),
      is: ["changes [x]: require another coverage in rule x"],
    },
    {
      says: "a rule less",
      before: rule("require: { secrets: none, trailers: [T] }"),
      after: "rules: []",
      is: ["loosens [x]: remove rule x, which asks for trailers, secrets"],
    },
    {
      says: "a rule more",
      before: "rules: []",
      after: rule("require: { secrets: none }"),
      is: ["tightens [x]: add rule x, which asks for secrets"],
    },
    {
      says: "another name",
      before: rule("require: { secrets: none }"),
      after: "rules: [{ id: z, require: { secrets: none } }]",
      is: ["changes [z]: rename rule x to z"],
    },
    {
      says: "a condition more, which narrows",
      before: rule("require: { secrets: none }"),
      after: rule("when: { ai: true }, require: { secrets: none }"),
      is: ["loosens [x]: apply rule x only under a condition `ai`"],
    },
    {
      says: "a condition less",
      before: rule("when: { ai: true }, require: { secrets: none }"),
      after: rule("require: { secrets: none }"),
      is: ["tightens [x]: apply rule x whatever `ai` says"],
    },
    {
      says: "another condition",
      before: rule("when: { paths: [a/**] }, require: { secrets: none }"),
      after: rule("when: { paths: [b/**] }, require: { secrets: none }"),
      is: ["changes [x]: apply rule x under another `paths`"],
    },
    {
      says: "a weaker mode",
      before: rule("require: { secrets: none }"),
      after: rule("mode: warn, require: { secrets: none }"),
      is: ["loosens [x]: set the mode to warn, which is enforce in rule x"],
    },
    {
      says: "a later day",
      before: rule('mode: warn, enforce_after: "2027-01-01", require: { secrets: none }'),
      after: rule('mode: warn, enforce_after: "2028-01-01", require: { secrets: none }'),
      is: ["loosens [x]: enforce rule x from 2028-01-01 on, not from 2027-01-01"],
    },
    {
      says: "no day any more",
      before: rule('mode: warn, enforce_after: "2027-01-01", require: { secrets: none }'),
      after: rule("mode: warn, require: { secrets: none }"),
      is: ["loosens [x]: no longer enforce rule x from 2027-01-01 on"],
    },
    {
      says: "the file's mode",
      before: "mode: enforce",
      after: "mode: observe",
      is: ["loosens: set the mode to observe, which is enforce, by default"],
    },
    {
      says: "an area",
      before: "areas: { a: { paths: [a/**, b/**], tier: 1 } }",
      after: "areas: { a: { paths: [a/**, c/**, '!a/x'], tier: 2, owners: { users: [ann] } } }",
      is: [
        "loosens: draw area a smaller (b/**)",
        "loosens: draw area a smaller (!a/x)",
        "loosens: set area a to tier 2, which is 1",
        "loosens: no longer take silence for AI in area a",
        "changes: name other owners of area a",
        "tightens: draw area a larger (c/**)",
      ],
    },
    {
      says: "areas come and go",
      before: "areas: { a: { paths: [a] } }",
      after: "areas: { b: { paths: [b] } }",
      is: ["loosens: remove area a", "tightens: add area b"],
    },
    {
      says: "what counts as AI",
      before: "provenance: { counts_as_ai: [agent-authored, agent-assisted] }",
      after:
        "provenance: { counts_as_ai: [agent-authored, suggestion], exclude: [docs/**], detected_without_trailer: allow, counts_as_code: { tests: false } }",
      is: [
        "loosens: no longer count agent-assisted as AI",
        "loosens: exclude docs/** from provenance",
        "loosens: allow what bears a tool's mark and no trailer",
        "loosens: no longer count tests as code",
        "tightens: count suggestion as AI",
      ],
    },
    {
      says: "a waiver",
      before: waiver('expires: "2026-12-01"'),
      after: waiver('expires: "2027-12-01"'),
      is: ["changes: change waiver W-1, which then ends on 2027-12-01"],
    },
    {
      says: "a waiver more",
      before: rule("require: { secrets: none, trailers: [T] }"),
      after: waiver('expires: "2027-12-01"'),
      is: ["loosens: add waiver W-1 for x, until 2027-12-01"],
    },
    {
      says: "a boundary",
      before: "forbid: { kinds: [workflow] }",
      after: "mode: enforce",
      is: ["loosens: lift a boundary of agents (`forbid`)"],
    },
    {
      says: "break-glass",
      before: "mode: enforce",
      after: "break_glass: { who: { users: [ann] }, max_age: 4h }",
      is: ["loosens: let people use break-glass"],
    },
    {
      says: "owners of the policy",
      before: "policy_owners: { users: [ann] }",
      after: "policy_owners: { users: [eve] }",
      is: ["changes: name other owners of the policy"],
    },
    {
      says: "what is accepted",
      before: "mode: enforce",
      after: "accept: [claimed]",
      is: ["loosens: let unverified facts loosen a verdict (claimed)"],
    },
  ])("$says", ({ before, after, is }) => expect(differences(before, after)).toEqual(is));

  test("a floor less, or another version of it", () => {
    const plain = buildPolicy("mode: enforce");
    const floor = { repo: "acme/policies", path: "p.yml", ref: sampleSha("a"), policy: plain };
    const says = (before: typeof plain, after: typeof plain) =>
      comparePolicies(before, after).map((one) => `${one.effect}: ${one.says}`);
    expect(says({ ...plain, floors: [floor] }, plain)).toEqual([
      "loosens: no longer extend the floor of acme/policies",
    ]);
    expect(says({ ...plain, floors: [floor] }, { ...plain, floors: [{ ...floor, ref: sampleSha("b") }] })).toEqual([
      "changes: extend another version of the floor of acme/policies",
    ]);
  });
});
