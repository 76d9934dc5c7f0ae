import { expect, test } from "vitest";
import {
  compileExpression,
  environmentOf,
  explainExpression,
  Fields,
  showResult,
  Unknown,
  type Value,
} from "../../../../core/policy/expression/index.ts";
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

test.each<{ value: Value; is: string }>([
  { value: new Unknown("nobody knows"), is: "unknown: nobody knows" },
  { value: new Fields({}), is: "a record" },
  { value: 'a "b"', is: '"a \\"b\\""' },
  { value: "n".repeat(90), is: `"${"n".repeat(79)}…"` },
  { value: 12, is: "12" },
  { value: 1 / 3, is: "0.3333" },
  { value: false, is: "false" },
  { value: [], is: "[]" },
  { value: [1, 2, 3, 4, 5], is: "[1, 2, 3, 4, 5]" },
  { value: [1, 2, 3, 4, 5, "x", 7], is: "[1, 2, 3, 4, 5, and 2 more]" },
  { value: [1, new Fields({})], is: "a list of 2" },
])("a value in a few words: $is", ({ value, is }) => expect(showResult(value)).toBe(is));

test("of a literal, a name and a list of literals nothing is told", () => {
  expect(explain("1 in [1, 2]", {})).toEqual(["1 in [1, 2] is true"]);
  expect(explain("change.size.files in [1, change.size.commits]", {})).toEqual([
    "change.size.files in [1, change.size.commits] is true",
    "change.size.files is 1",
    "[1, change.size.commits] is [1, 1]",
    "change.size.commits is 1",
  ]);
  expect(explain("has(change.author)", {})).toEqual(["has(change.author) is false"]);
});

test("a name by itself is told by what is asked of it, `has` by its whole, and literals by their comparison", () => {
  expect(explain("findings.size() > 0", {})).toEqual(["findings.size() > 0 is false", "findings.size() is 0"]);
  expect(explain("has(coverage.patch.lines)", {})).toEqual(["has(coverage.patch.lines) is false"]);
  expect(explain("1 == 2 || change.uncommitted", {})).toEqual([
    "(1 == 2) || change.uncommitted is false",
    "1 == 2 is false",
    "change.uncommitted is false",
  ]);
});

test("a record has no field but its own", () => {
  expect(new Fields({}).get("toString")).toEqual(new Unknown("there is no `toString`"));
});
