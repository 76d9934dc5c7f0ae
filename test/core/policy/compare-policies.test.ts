import { describe, expect, test } from "vitest";
import { stepsOfBoundaries } from "../../../core/policy/boundary-steps.ts";
import { comparePolicies } from "../../../core/policy/compare-policies.ts";
import { comparisonLimit } from "../../../core/policy/direction.ts";
import { newWork } from "../../../core/policy/work.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy } from "../../subjects.ts";
import { differenceTexts } from "./difference-texts.ts";

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
      is: ["loosens [x]: require less of coverage in rule x (patch_lines 70, which is 80)"],
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
      is: [
        "loosens [x]: apply rule x to less by `paths` (without a/**)",
        "tightens [x]: apply rule x to more by `paths` (with b/**)",
      ],
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
        "loosens: draw area a smaller (without b/**)",
        "loosens: draw area a smaller (with !a/x)",
        "loosens: set area a to tier 2, which is 1",
        "loosens: no longer take silence for AI in area a",
        "changes: name other owners of area a",
        "tightens: draw area a larger (with c/**)",
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
      is: ["loosens: change waiver W-1, which then ends on 2027-12-01"],
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
      is: ["loosens: lift a boundary of agents (`forbid`, without that of workflow)"],
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
      says: "owners of files without one",
      before: "default_owners: { users: [ann] }",
      after: "default_owners: { users: [eve] }",
      is: ["changes: name other owners of files without one"],
    },
    {
      says: "what bears a tool's mark",
      before: "provenance: { detected_without_trailer: warn }",
      after: "provenance: { detected_without_trailer: block }",
      is: ["tightens: block what bears a tool's mark and no trailer"],
    },
    {
      says: "a long path that is excluded",
      before: "mode: enforce",
      after: `provenance: { exclude: ["${"a".repeat(141)}"] }`,
      is: [`loosens: exclude ${"a".repeat(139)}… from provenance`],
    },
    {
      says: "what is accepted",
      before: "mode: enforce",
      after: "accept: [claimed]",
      is: ["loosens: let unverified facts loosen a verdict (claimed)"],
    },
    {
      says: "a waiver that ends sooner and exempts fewer files",
      before: waiver('paths: [src/**], expires: "2027-12-01"'),
      after: waiver('paths: [src/a/**], expires: "2026-12-01"'),
      is: ["tightens: change waiver W-1, which then ends on 2026-12-01"],
    },
    {
      says: "a waiver that ends sooner and exempts other files",
      before: waiver('paths: [src/**], expires: "2027-12-01"'),
      after: waiver('paths: [lib/**], expires: "2026-12-01"'),
      is: ["loosens: change waiver W-1, which then ends on 2026-12-01"],
    },
    {
      says: "a waiver with another reason",
      before: waiver('expires: "2027-12-01"'),
      after: waiver('expires: "2027-12-01"').replace("reason: r", "reason: s"),
      is: ["changes: change waiver W-1, which then ends on 2027-12-01"],
    },
    {
      says: "no waiver any more, of a rule that asks for a share",
      before: `${rule("require: { coverage: { patch_lines: 80 } }")}\nwaivers: [{ id: W-1, rule: x, reason: r, owner: o, expires: "2027-12-01" }]`,
      after: rule("require: { coverage: { patch_lines: 80 } }"),
      is: ["changes: remove waiver W-1"],
    },
    {
      says: "break-glass for more people, and for longer",
      before: "break_glass: { who: { users: [ann] }, max_age: 4h }",
      after: "break_glass: { who: { users: [ann, eve] }, max_age: 4h }",
      is: ["loosens: change who may use break-glass, or for how long"],
    },
    {
      says: "break-glass for a shorter time",
      before: "break_glass: { who: { users: [ann] }, max_age: 4h }",
      after: "break_glass: { who: { users: [ann] }, max_age: 2h }",
      is: ["tightens: change who may use break-glass, or for how long"],
    },
    {
      says: "an owner more",
      before: "policy_owners: { users: [ann] }\nareas: { a: { paths: [a/**], owners: { users: [ann] } } }",
      after: "policy_owners: { users: [ann, eve] }\nareas: { a: { paths: [a/**], owners: { users: [ann, eve] } } }",
      is: ["loosens: name other owners of area a", "loosens: name other owners of the policy"],
    },
    {
      says: "an owner less, for whom others may stand in",
      before: "areas: { a: { paths: [a/**], owners: { users: [ann, eve] } } }",
      after: "areas: { a: { paths: [a/**], owners: { users: [ann] } } }",
      is: ["changes: name other owners of area a"],
    },
    {
      says: "an area with a wider pattern",
      before: "areas: { a: { paths: [src/auth/**, lib/a.ts] } }",
      after: "areas: { a: { paths: [src/**, lib/*.ts] } }",
      is: ["tightens: draw area a larger (with src/**, lib/*.ts)"],
    },
    {
      says: "an area of everything",
      before: "areas: { a: { paths: ['**'] } }",
      after: "areas: { a: { paths: [src/**] } }",
      is: ["loosens: draw area a smaller (without **)"],
    },
    {
      says: "an area with a wider exclusion",
      before: "areas: { a: { paths: ['**', '!docs/a/**'] } }",
      after: "areas: { a: { paths: ['**', '!docs/**'] } }",
      is: ["loosens: draw area a smaller (with !docs/**)"],
    },
    {
      says: "an area whose owners approve in place of those in CODEOWNERS",
      before: rule("require: { owner_approval: {} }"),
      after: `${rule("require: { owner_approval: {} }")}\nareas: { a: { paths: [a/**], owners: { users: [ann] } } }`,
      is: ["changes: add area a"],
    },
    {
      says: "an area of a tier that a rule no longer names",
      before: `${rule("when: { tier: 3 }, require: { secrets: none }")}\nareas: { a: { paths: [a/**], tier: 3 } }`,
      after: `${rule("when: { tier: 3 }, require: { secrets: none }")}\nareas: { a: { paths: [a/**], tier: 2 } }`,
      is: ["loosens: set area a to tier 2, which is 3"],
    },
    {
      says: "silence, area by area",
      before: "areas: { a: { paths: [a] }, b: { paths: [b], tier: 1 } }",
      after: "provenance: { sensitive_undeclared: human }\nareas: { a: { paths: [a] }, b: { paths: [b], tier: 1 } }",
      is: ["loosens: no longer take silence for AI in area b"],
    },
    {
      says: "more that counts as AI, where a rule asks of what does not",
      before: rule("when: { ai: false }, require: { secrets: none }"),
      after: `provenance: { counts_as_ai: [agent-authored, agent-assisted, suggestion] }\n${rule("when: { ai: false }, require: { secrets: none }")}`,
      is: ["changes: count suggestion as AI"],
    },
    ...[
      { asks: "of what counts as AI", of: "when: { ai: true }, require: { secrets: none }", effect: "tightens" },
      { asks: "by an expression", of: "when: { if: 'file.ai' }, require: { secrets: none }", effect: "changes" },
      { asks: "for a share", of: "require: { coverage: { patch_lines: 80 } }", effect: "changes" },
    ].map(({ asks, of, effect }) => ({
      says: `more that counts as AI, where a rule asks ${asks}`,
      before: rule(of),
      after: `provenance: { counts_as_ai: [agent-authored, agent-assisted, suggestion] }\n${rule(of)}`,
      is: [`${effect}: count suggestion as AI`],
    })),
    {
      says: "a rule with a boundary, within which every file counts as code, where a rule asks of what is not AI",
      before: rule("when: { ai: false }, require: { secrets: none }"),
      after: `rules: [{ id: x, when: { ai: false }, require: { secrets: none } }, { id: z, forbid: { kinds: [generated] } }]`,
      is: ["changes [z]: add rule z, which asks for forbid"],
    },
    {
      says: "a narrower exclusion from provenance",
      before: "provenance: { exclude: [docs/**] }",
      after: "provenance: { exclude: [docs/*.md] }",
      is: ["tightens: no longer exclude docs/** from provenance"],
    },
    {
      says: "another spelling of one agent",
      before: "forbid: { agents: [claude-code] }",
      after: 'forbid: { agents: ["Claude Code"] }',
      is: [],
    },
    {
      says: "a wider boundary",
      before: "forbid: { kinds: [workflow], branches: main }",
      after: "forbid: [{ kinds: [workflow, migration] }]",
      is: ["tightens: draw a boundary for agents (`forbid`, with that of workflow, migration)"],
    },
    {
      says: "another label that says AI",
      before: "mode: enforce",
      after: "labels: { ai: gate }",
      is: ["changes: take another label for one that says AI (`labels.ai`)"],
    },
    {
      says: "a day in place of being enforced",
      before: rule("require: { secrets: none }"),
      after: rule('mode: warn, enforce_after: "2027-01-01", require: { secrets: none }'),
      is: [
        "loosens [x]: set the mode to warn, which is enforce in rule x",
        "loosens [x]: enforce rule x only from 2027-01-01 on",
      ],
    },
    {
      says: "a condition less of a rule that asks for a share",
      before: rule("when: { paths: [a/**] }, require: { coverage: { patch_lines: 80 } }"),
      after: rule("require: { coverage: { patch_lines: 80 } }"),
      is: ["changes [x]: apply rule x whatever `paths` says"],
    },
    {
      says: "a condition less that could fail",
      before: rule("when: { if: 'change.size.files > 1' }, require: { secrets: none }"),
      after: rule("require: { secrets: none }"),
      is: ["changes [x]: apply rule x whatever `if` says"],
    },
  ])("$says", ({ before, after, is }) => expect(differences(before, after)).toEqual(is));

  const floor = (repo: string, commit: string, path = "p.yml") => {
    return { repo, path, ref: sampleSha(commit), policy: buildPolicy("mode: enforce") };
  };
  test.each([
    { says: "the same", before: [floor("acme/a", "1")], after: [floor("acme/a", "1")], is: [] },
    {
      says: "one less, and another version of the other",
      before: [floor("acme/a", "1"), floor("acme/b", "1")],
      after: [floor("acme/b", "2")],
      is: ["loosens: no longer extend the floor of acme/a", "changes: extend another version of the floor of acme/b"],
    },
    {
      says: "one more beside one that stays",
      before: [floor("acme/a", "1")],
      after: [floor("acme/a", "1"), floor("acme/b", "1")],
      is: ["tightens: extend the floor of acme/b"],
    },
    {
      says: "another file of one repository",
      before: [floor("acme/a", "1")],
      after: [floor("acme/a", "1", "q.yml")],
      is: ["loosens: no longer extend the floor of acme/a", "tightens: extend the floor of acme/a"],
    },
  ])("of floors, $says", ({ before, after, is }) => {
    const plain = buildPolicy("mode: enforce");
    expect(differenceTexts(comparePolicies({ ...plain, floors: before }, { ...plain, floors: after }))).toEqual(is);
  });
});

describe("policies too different to compare in full", () => {
  const boundaries = (mark: string) => {
    const list = (n: number) => Array.from({ length: 31 }, (_, k) => `"${"*a".repeat(50)}${mark}${n}x${k}"`).join(", ");
    return buildPolicy(`forbid: [${Array.from({ length: 31 }, (_, n) => `{ paths: [${list(n)}] }`).join(", ")}]`);
  };
  const tooDifferent = "be too different to compare in full, so parts of it are compared by the letter";

  test("are said to be, before all else, and nothing is said to tighten", () => {
    const [first, ...others] = comparePolicies(boundaries("x"), boundaries("y"));
    expect(first).toEqual({ effect: "changes", rule: null, area: null, says: tooDifferent });
    expect(others.filter(({ effect }) => effect === "loosens")).toHaveLength(31);
    expect(others.filter(({ effect }) => effect === "changes")).toHaveLength(31);
    expect(others).toHaveLength(62);
  });

  test("take no more steps than the limit and one comparison", () => {
    const work = newWork(Infinity);
    stepsOfBoundaries(boundaries("x").forbid, boundaries("y").forbid, work);
    expect(work.spent).toBeGreaterThan(comparisonLimit);
    expect(work.spent).toBeLessThan(1.1 * comparisonLimit);
  });

  test("and usual ones are not among them", () => {
    const usual = (ending: string) => {
      const list = (n: number) => Array.from({ length: 12 }, (_, k) => `"src/part${n}/sub${k}/**${ending}"`);
      const all = Array.from({ length: 12 }, (_, n) => `{ paths: [${list(n).join(", ")}] }`);
      return buildPolicy(`forbid: [${all.join(", ")}]`);
    };
    const told = comparePolicies(usual("/*.ts"), usual("")).map(({ effect, says }) => `${effect}: ${says}`);
    expect(told).toHaveLength(12);
    expect(told.every((says) => says.startsWith("tightens: draw a boundary"))).toBe(true);
  });
});
