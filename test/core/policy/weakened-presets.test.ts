import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { sampleSha } from "../../builders.ts";
import { sampleLintRules } from "../../subjects.ts";

function told(more: string): string[] {
  const text = `version: 1\nextends: [{ preset: recommended@1 }]\n${more}`;
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
  return loaded.warnings.filter(({ code }) => code === "CS116").map(({ what, fix }) => `${what}. ${fix}`);
}

const asksLess = (...says: readonly string[]): string[] => [
  `this policy asks less than recommended@1: it would ${says.join("; ")}. Take that back, or leave it where it is meant.`,
];
const saying = "sensitive-changes-say-who-wrote-them";

test.each([
  { says: "nothing of its own", more: "", is: [] },
  { says: "an area and a rule beside the preset's", more: "areas: { own: { paths: [x] } }", is: [] },
  {
    says: "an area that is drawn smaller",
    more: "areas: { pipeline: { paths: [.github/**] } }",
    is: asksLess("draw area pipeline smaller (without **/action.yml, .gitlab-ci.yml, **/Jenkinsfile)"),
  },
  {
    says: "an area of another tier",
    more: "areas: { auth: { tier: 3 } }",
    is: asksLess("set area auth to tier 3, which is 1", "no longer take silence for AI in area auth"),
  },
  {
    says: "a rule that asks for something else",
    more: `rules: [{ id: ${saying}, require: { secrets: none } }]`,
    is: asksLess(`stop requiring disclosure in rule ${saying}`),
  },
  { says: "a mode for all of it", more: "mode: observe", is: [] },
  { says: "an exception for all of it", more: "accept: [claimed]\nprovenance: { exclude: [docs/**, x/**] }", is: [] },
])("a policy over a preset, with $says", ({ more, is }) => expect(told(more)).toEqual(is));

describe("of many parts a few are told", () => {
  const only = (key: string) => `apply rule ${saying} only under a condition \`${key}\``;
  const first = [
    `stop requiring disclosure in rule ${saying}`,
    only("ai"),
    only("kind"),
    only("verdict"),
    only("tools"),
  ];
  const conditions = "ai: true, verdict: human, tools: codex, kind: docs";
  test.each([
    { says: "five, where there are no more", when: conditions, is: asksLess(...first) },
    {
      says: "five, and how many more there are",
      when: `${conditions}, draft: false, fork: false`,
      is: asksLess(...first, "and 2 more"),
    },
  ])("$says", ({ when, is }) =>
    expect(told(`rules: [{ id: ${saying}, when: { ${when} }, require: { secrets: none } }]`)).toEqual(is),
  );
});

const floor = { repo: "acme/policies", path: "floor.yml", ref: sampleSha("a") };

/** The warnings with their places, and what they tell of first. */
function placed(text: string): string[] {
  const floors = present([{ ...floor, text: "version: 1\nrules: [{ id: x, require: { secrets: none } }]" }]);
  const loaded = loadPolicy(`version: 1\n${text}`, { file: "p.yml", lintRules: sampleLintRules, floors });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
  return loaded.warnings
    .filter(({ code }) => code === "CS116")
    .map(({ path, line, what }) => `${line} ${path}: ${what.split(":")[0]}`);
}

const recommended = "extends: [{ preset: recommended@1 }]";
const ownRule = "{ id: sensitive-ai-needs-owner, require: { secrets: none } }";
test.each([
  {
    says: "at the rule and the area that take it",
    text: `${recommended}\nareas:\n  own: { paths: [x] }\n  auth: { tier: 3 }\nrules:\n  - { id: other, require: { secrets: none } }\n  - ${ownRule}`,
    is: [
      "5 areas.auth: this policy asks less than recommended@1",
      "8 rules[1]: this policy asks less than recommended@1",
    ],
  },
  {
    says: "at what is said of silence everywhere",
    text: `${recommended}\nprovenance:\n  sensitive_undeclared: human`,
    is: ["4 provenance.sensitive_undeclared: this policy asks less than recommended@1"],
  },
  {
    says: "at a preset that takes it from one before it, and not at the file",
    text: "extends:\n  - { preset: enforce@1 }\n  - { preset: observe@1 }",
    is: ["4 extends[1].preset: observe@1, which stands behind it, asks less than enforce@1"],
  },
  {
    says: "not at a stricter preset behind",
    text: "extends:\n  - { preset: observe@1 }\n  - { preset: enforce@1 }",
    is: [],
  },
  {
    says: "with the preset that has the rule, though another stands behind it",
    text: `extends:\n  - { preset: enforce@1 }\n  - { preset: observe@1 }\nrules:\n  - ${ownRule}`,
    is: [
      "4 extends[1].preset: observe@1, which stands behind it, asks less than enforce@1",
      "6 rules[0]: this policy asks less than enforce@1",
    ],
  },
  {
    says: "beside a floor",
    text: `extends:\n  - { repo: ${floor.repo}, path: ${floor.path}, ref: "${floor.ref}" }\n  - { preset: recommended@1 }\nareas:\n  auth: { tier: 3 }`,
    is: ["6 areas.auth: this policy asks less than recommended@1"],
  },
  {
    says: "with the preset that has the last word",
    text: `extends: [{ preset: recommended@1 }, { preset: recommended@1 }]\nareas: { auth: { tier: 2 } }`,
    is: ["3 areas.auth: this policy asks less than recommended@1"],
  },
])("it is told $says", ({ text, is }) => expect(placed(text)).toEqual(is));
