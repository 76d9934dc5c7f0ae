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
  const [what] = told("areas: { auth: { paths: [a/**] } }");
  expect(what?.split("; ").length).toBe(6);
  expect(what).toMatch(/; and \d+ more$/);
});
