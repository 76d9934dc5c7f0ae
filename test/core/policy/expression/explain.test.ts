import { expect, test } from "vitest";
import { compileExpression, environmentOf, explainExpression } from "../../../../core/policy/expression/index.ts";
import { judgeChange } from "../../../../core/policy/judge.ts";
import { buildPolicy, buildSubject, sampleVocabulary, type SubjectSketch } from "../../../subjects.ts";

function explain(source: string, sketch: SubjectSketch): string[] {
  const result = compileExpression(source);
  if (!result.ok) throw new Error(result.problems[0]?.what);
  const change = judgeChange(
    buildPolicy("rules: [{ id: r, require: { secrets: none } }]"),
    buildSubject(sketch),
    sampleVocabulary,
  );
  return explainExpression(result.compiled, environmentOf(change)).map((part) => `${part.source} is ${part.value}`);
}

test("the parts from the whole to its fields, each once, with what they came to", () => {
  expect(explain('change.size.files > 1 && coverage.patch.lines.ratio < 0.8 || change.event in ["local"]', {})).toEqual(
    [
      '((change.size.files > 1) && (coverage.patch.lines.ratio < 0.8)) || (change.event in ["local"]) is true',
      "(change.size.files > 1) && (coverage.patch.lines.ratio < 0.8) is false",
      "change.size.files > 1 is false",
      "change.size.files is 1",
      "coverage.patch.lines.ratio < 0.8 is unknown: no coverage report was given",
      "coverage.patch.lines.ratio is unknown: no coverage report was given",
      'change.event in ["local"] is true',
      'change.event is "local"',
    ],
  );
});

test("of a loop, what it goes over", () => {
  expect(explain("change.files.exists(f, f.ai)", {})).toEqual([
    "change.files.exists(f, f.ai) is false",
    "change.files is a list of 1",
  ]);
});

test("hostile texts are inert", () => {
  const told = explain('change.branch == "x"', { branch: "a\u202eb\n::error::" });
  expect(told.join("")).not.toMatch(/[\n\u202e]/);
});
