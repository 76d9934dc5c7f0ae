import { expect, test } from "vitest";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

function told(more: string): string[] {
  const text = `version: 1\nextends: [{ preset: recommended@1 }]\n${more}`;
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
  return loaded.warnings.filter(({ code }) => code === "CS116").map(({ what }) => what);
}

const asksLess = (says: string): unknown[] => [
  expect.stringContaining(`asks less than recommended@1: it would ${says}`),
];

test.each([
  { says: "nothing of its own", more: "", is: [] },
  { says: "an area and a rule beside the preset's", more: "areas: { own: { paths: [x] } }", is: [] },
  { says: "an area that is drawn smaller", more: "areas: { auth: { paths: [a/**] } }", is: asksLess("draw area auth") },
  { says: "an area of another tier", more: "areas: { auth: { tier: 3 } }", is: asksLess("set area auth to tier 3") },
  {
    says: "a rule that asks for something else",
    more: "rules: [{ id: sensitive-changes-say-who-wrote-them, require: { secrets: none } }]",
    is: [expect.stringContaining("in rule sensitive-changes-say-who-wrote-them")],
  },
  { says: "a mode for all of it", more: "mode: observe", is: [] },
  { says: "an exception for all of it", more: "accept: [claimed]\nprovenance: { exclude: [docs/**, x/**] }", is: [] },
])("a policy over a preset, with $says", ({ more, is }) => expect(told(more)).toEqual(is));

test("of many parts a few are told", () => {
  const id = "sensitive-changes-say-who-wrote-them";
  const when = "ai: true, verdict: human, tools: codex, kind: docs, draft: false, fork: false";
  const [what] = told(`rules: [{ id: ${id}, when: { ${when} }, require: { secrets: none } }]`);
  expect(what?.split("; ").length).toBe(6);
  expect(what).toMatch(/; and 2 more$/);
});

/** The warnings with their places, and what they tell of first. */
function placed(text: string): string[] {
  const loaded = loadPolicy(`version: 1\n${text}`, { file: "p.yml", lintRules: sampleLintRules });
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
    says: "with the preset that has the last word",
    text: `extends: [{ preset: recommended@1 }, { preset: recommended@1 }]\nareas: { auth: { tier: 2 } }`,
    is: ["3 areas.auth: this policy asks less than recommended@1"],
  },
])("it is told $says", ({ text, is }) => expect(placed(text)).toEqual(is));
