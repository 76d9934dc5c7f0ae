import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import { loadPolicy, readYaml } from "../../../core/policy/index.ts";
import { policyWarnings } from "../../../core/policy/policy-warnings.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, sampleLintRules } from "../../subjects.ts";

/** Every warning with its sentences: load-policy.test.ts and dead-rules.test.ts. Here: where each begins and ends. */

const floors = present([{ repo: "acme/policies", path: "p.yml", ref: sampleSha("floor"), text: "version: 1" }]);

/** The warnings of a policy, `line:column code place`. */
function told(text: string, given: Partial<Parameters<typeof loadPolicy>[1]> = {}): string[] {
  const loaded = loadPolicy(`version: 1\n${text}`, { file: "p.yml", lintRules: sampleLintRules, ...given });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ what }) => what).join("; "));
  return loaded.warnings.map(({ line, column, code, path }) => `${line}:${column} ${code} ${path}`);
}

const ask = "require: { secrets: none }";
const rules = (...rest: readonly string[]) =>
  `rules: [${rest.map((one, index) => `{ id: r${index}, ${one} }`).join(", ")}]`;

describe("where a warning stands", () => {
  test.each([
    {
      says: "an area at its key",
      text: `areas: { gone: { paths: [x] } }\n${rules(ask)}`,
      is: ["2:10 CS103 areas.gone"],
    },
    {
      says: "an area's paths at their list",
      text: `areas: { gone: { paths: ["a/b", "!a/*"] } }\n${rules(`when: { area: gone }, ${ask}`)}`,
      is: ["2:25 CS112 areas.gone.paths"],
    },
    {
      says: "a boundary's paths at their list",
      text: `forbid: { paths: ["a", "!a"] }`,
      is: ["2:18 CS112 forbid.paths"],
    },
    { says: "a rule at its beginning", text: rules(ask, `mode: warn, ${ask}`), is: ["2:49 CS114 rules[1]"] },
  ])("$says", ({ text, is }) => expect(told(text)).toEqual(is));

  test("nothing is told of what stands in no file: areas and rules of a preset", () => {
    const policy = buildPolicy(`areas: { gone: { paths: [x] } }\n${rules("require: { trailers: [AI-Promt] }")}`);
    for (const text of ["version: 1", "rules: [{ id: other }]", "rules: [{ title: none }]"]) {
      expect(policyWarnings(policy, readYaml(text).root!)).toEqual([]);
    }
  });
});

describe("an area that no rule uses", () => {
  const areas = "areas: { docs: { paths: [docs/**] }, web: { paths: [web/**] } }";
  const [docs, web] = ["2:10 CS103 areas.docs", "2:38 CS103 areas.web"];
  test.each([
    { says: "each is told", rest: [ask], is: [docs, web] },
    {
      says: "none, where one of two rules asks about every area",
      rest: [ask, "require: { owner_approval: {} }"],
      is: [],
    },
    { says: "none that a rule is about", rest: [`when: { area: [docs, web] }, ${ask}`], is: [] },
    { says: "none that a rule asks approval for", rest: ["require: { owner_approval: { area: docs } }"], is: [web] },
    {
      says: "each, where approval is asked for the change as a whole",
      rest: ["require: { owner_approval: { per: change } }"],
      is: [docs, web],
    },
    { says: "none, beside an expression about areas", rest: [`when: { if: '"x" in file.areas' }, ${ask}`], is: [] },
    { says: "each, beside an expression about others", rest: [`when: { if: "file.ai" }, ${ask}`], is: [docs, web] },
  ])("$says", ({ rest, is }) => expect(told(`${areas}\n${rules(...rest)}`)).toEqual(is));
});

describe("percentages that look like ratios", () => {
  test.each([
    { asked: "patch_lines: 1", is: ["2:55 CS104 rules[0].require.coverage.patch_lines"] },
    { asked: "patch_lines: 1.5", is: [] },
    { asked: "patch_lines: 0", is: [] },
    { asked: "patch_branches: 0.8", is: ["2:58 CS104 rules[0].require.coverage.patch_branches"] },
    { asked: "ai_lines: 0.8", is: ["2:52 CS104 rules[0].require.coverage.ai_lines"] },
  ])("$asked: $is", ({ asked, is }) => {
    expect(told(rules(`require: { coverage: { ${asked} } }`))).toEqual(is);
  });
});

test("a pattern of branches looks like one of files, and is none", () => {
  expect(told(rules(`when: { base: ["release-*"] }, ${ask}`))).toEqual([]);
});

test("a list of branches that takes all out again says so in its own words", () => {
  const text = `version: 1\n${rules(`when: { base: ["a", "!a"] }, ${ask}`)}`;
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  expect(loaded.ok && loaded.warnings.map(({ what, fix }) => `${what}. ${fix}`)).toEqual([
    "every branch is excluded again: none is left. Remove the exclusions.",
  ]);
});

test.each([
  { says: "nothing at all", text: "mode: warn", given: {}, is: ["1:1 CS106 "] },
  { says: "a boundary", text: "forbid: { kinds: [workflow] }", given: {}, is: [] },
  { says: "a rule", text: rules(ask), given: {}, is: [] },
  { says: "another repository's policy", text: "mode: warn", given: { floors }, is: [] },
])("a policy with $says is empty: $is", ({ text, given, is }) => expect(told(text, given)).toEqual(is));
