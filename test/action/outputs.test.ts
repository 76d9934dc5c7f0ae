import { expect, test } from "vitest";
import { fitAnnotations, outputsOf, outputNames } from "../../action/outputs.ts";
import { verdicts } from "../../core/change/authorship.ts";
import type { Annotation, Review } from "../../core/report/index.ts";

const note = (level: Annotation["level"], title: string): Annotation => ({
  level,
  title,
  path: null,
  startLine: null,
  endLine: null,
  message: "m",
});
const many = (level: Annotation["level"], count: number): Annotation[] =>
  Array.from({ length: count }, (_, index) => note(level, `${level} ${index}`));

test.each([
  { says: "none", list: [], taken: { errors: 0, warnings: 0 }, shown: 0, note: null },
  {
    says: "ten of each",
    list: [...many("error", 10), ...many("warning", 10), ...many("notice", 10)],
    taken: { errors: 0, warnings: 0 },
    shown: 30,
    note: null,
  },
  {
    says: "eleven errors",
    list: many("error", 11),
    taken: { errors: 0, warnings: 0 },
    shown: 10,
    note: "10 of 11 shown",
  },
  {
    says: "ten errors beside the step's own",
    list: many("error", 10),
    taken: { errors: 1, warnings: 0 },
    shown: 9,
    note: "9 of 10 shown",
  },
  {
    says: "37 warnings beside two of the upload",
    list: many("warning", 37),
    taken: { errors: 0, warnings: 2 },
    shown: 8,
    note: "8 of 37 shown",
  },
])("row 66, annotations of a step: $says", ({ list, taken, shown, note: words }) => {
  const fitted = fitAnnotations(list, taken);
  expect(fitted.shown).toHaveLength(shown);
  if (words === null) expect(fitted.note).toBeNull();
  else expect(fitted.note).toContain(words);
});

test("the first of each level are kept, in their order", () => {
  const list = [...many("error", 12), ...many("notice", 1)];
  expect(fitAnnotations(list, { errors: 1, warnings: 0 }).shown.map(({ title }) => title)).toEqual([
    ...list.slice(0, 9).map(({ title }) => title),
    "notice 0",
  ]);
});

const paths = {
  folder: "/r",
  json: "/r/report.json",
  summary: "/r/summary.md",
  sarif: "/r/report.sarif",
  facts: "/r/facts.json",
  record: "/r/record.json",
};

test.each([
  { says: "all lines ran", patch: { covered: 3, total: 3 }, percent: "100" },
  { says: "nearly all ran, which is not all", patch: { covered: 99_999, total: 100_000 }, percent: "99.99" },
  { says: "none ran", patch: { covered: 0, total: 7 }, percent: "0" },
  { says: "two of three ran", patch: { covered: 2, total: 3 }, percent: "66.66" },
  { says: "no line can run: nothing is known, which is not 0", patch: { covered: 0, total: 0 }, percent: "" },
  { says: "there is no report: nothing is known, which is not 0", patch: null, percent: "" },
])("patch-coverage when $says", ({ patch, percent }) => {
  const outputs = outputsOf(review(patch), paths);
  expect(outputs["patch-coverage"]).toBe(percent);
  expect(Object.keys(outputs)).toEqual([...outputNames]);
});

test("lines by AI are those that the policy counts", () => {
  expect(outputsOf(review(null), paths)).toMatchObject({
    decision: "warn",
    "ai-lines": "7",
    "added-lines": "20",
    findings: "0",
    "report-sarif": "/r/report.sarif",
    "report-record": "/r/record.json",
  });
});

/** A review with what the outputs read. */
function review(lines: { covered: number; total: number } | null): Review {
  const none = { covered: 0, total: 0 };
  const part: unknown = {
    change: {
      id: "github.com/o/r#1",
      addedLines: 20,
      files: [
        {
          written: [
            { start: 1, end: 3, writer: { verdict: "agent-authored" } },
            { start: 4, end: 7, writer: { verdict: "agent-assisted" } },
            { start: 8, end: 20, writer: { verdict: "undeclared" } },
          ],
        },
      ],
    },
    decision: { state: "warn", evaluationId: "e" },
    findings: [],
    countsAsAi: ["agent-authored", "agent-assisted"],
    provenance: { totals: { lines: Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) } },
    coverage: {
      patch:
        lines === null
          ? { state: "absent", reason: "no report" }
          : { state: "present", value: { lines, branches: none, functions: none } },
    },
  };
  return part as Review;
}
