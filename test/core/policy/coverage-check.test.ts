import { describe, expect, test } from "vitest";
import { absent } from "../../../core/evidence.ts";
import { checkCoverage, type CoverageLimits } from "../../../core/policy/coverage-check.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import type { Outcome } from "../../../core/policy/requirement.ts";
import { buildCoverage, buildPolicy, buildSubject, noCoverage, sampleVocabulary } from "../../subjects.ts";

const areas = "areas: { auth: { paths: [src/auth/**] }, pay: { paths: [src/pay/**] } }";
const limits: CoverageLimits = {
  ...{ patchLines: 0.5, patchBranches: null, aiLines: null, projectDelta: null, untestedFunctions: null },
  ...{ byArea: false, noReport: "block" },
};

/** What the limits come to for a change of these files, one of two added lines covered in each. */
function check(asked: Partial<CoverageLimits>, paths: readonly string[], coverage = halfOf(paths)): Outcome {
  const subject = buildSubject({ files: paths.map((path) => ({ path })), coverage });
  const change = judgeChange(buildPolicy(areas), subject, sampleVocabulary);
  return checkCoverage({ ...limits, ...asked }, scopeOf(change, change.files, false));
}

function halfOf(paths: readonly string[]) {
  return buildCoverage({ files: paths.map((path) => ({ path, covered: [1], uncovered: [2] })) });
}

const half = "1 of 2 added lines are covered (50 %), and 50 % is required";
const more = "1 of 2 added lines are covered (50 %), and 51 % is required";
const fix = "Test 1 more of the added lines, for instance in src/a.ts (2).";
const noReport = "the coverage of the change is not known: no report";
const giveOne = "Run the tests with coverage and hand the report to `--coverage`.";

describe("what the limits come to together", () => {
  test.each<{ says: string; asked: Partial<CoverageLimits>; coverage?: Parameters<typeof check>[2]; is: Outcome }>([
    {
      says: "reached",
      asked: {},
      is: {
        state: "satisfied",
        reason: {
          ...{ says: "the tests reach enough", state: "yes", fix: null },
          reasons: [{ says: half, state: "yes", fix: null, reasons: [] }],
        },
      },
    },
    {
      says: "not reached",
      asked: { patchLines: 0.51 },
      is: {
        state: "unsatisfied",
        reason: {
          ...{ says: "the tests do not reach enough", state: "no", fix: null },
          reasons: [{ says: more, state: "no", fix, reasons: [] }],
        },
      },
    },
    {
      says: "not known, which blocks",
      asked: {},
      coverage: noCoverage("no report"),
      is: {
        state: "unsatisfied",
        reason: {
          ...{ says: "what the tests reach is not known", state: "unknown", fix: null },
          reasons: [{ says: noReport, state: "unknown", fix: giveOne, reasons: [] }],
        },
      },
    },
    {
      says: "not known, which only warns",
      asked: { noReport: "warn" },
      coverage: noCoverage("no report"),
      is: {
        state: "warned",
        reason: {
          ...{ says: "what the tests reach is not known", state: "unknown", fix: null },
          reasons: [{ says: noReport, state: "unknown", fix: giveOne, reasons: [] }],
        },
      },
    },
    {
      says: "a file that no report measures",
      asked: {},
      coverage: { ...halfOf([]), unmeasured: ["src/a.ts"] },
      is: {
        state: "unsatisfied",
        reason: {
          ...{ says: "what the tests reach is not known", state: "unknown", fix: null },
          reasons: [
            {
              says: "changed files that are in no coverage report: src/a.ts",
              state: "unknown",
              fix: "Include these files in the coverage report, or leave them out of the rule's `paths`.",
              reasons: [],
            },
          ],
        },
      },
    },
    {
      says: "a report that names no branch",
      asked: { patchLines: null, patchBranches: 0.5 },
      coverage: buildCoverage({ files: [{ path: "src/a.ts", covered: [1] }], silentOn: { branches: ["src/a.ts"] } }),
      is: {
        state: "unsatisfied",
        reason: {
          ...{ says: "what the tests reach is not known", state: "unknown", fix: null },
          reasons: [
            {
              says: "the coverage report names no branch for the language of src/a.ts",
              state: "unknown",
              fix: "Have the coverage tool measure branches too.",
              reasons: [],
            },
          ],
        },
      },
    },
  ])("$says", ({ asked, coverage, is }) => {
    expect(check(asked, ["src/a.ts"], coverage)).toEqual(is);
  });
});

describe("by area", () => {
  test.each([
    {
      says: "each by its name, and the files in none at the end",
      paths: ["src/pay/a.ts", "src/c.ts", "src/auth/b.ts"],
      is: [`auth: ${half}`, `pay: ${half}`, `files in no area: ${half}`],
    },
    {
      says: "no word of files in none where there are none",
      paths: ["src/pay/a.ts", "src/auth/b.ts"],
      is: [`auth: ${half}`, `pay: ${half}`],
    },
    { says: "where no area is touched", paths: ["src/c.ts"], is: [`files in no area: ${half}`] },
    { says: "of an empty change", paths: [], is: ["files in no area: nothing was added"] },
  ])("$says", ({ paths, is }) => {
    expect(check({ byArea: true }, paths).reason.reasons.map(({ says }) => says)).toEqual(is);
  });

  test("what is not known of the whole project is told once, of no area", () => {
    const { project, ...rest } = halfOf(["src/pay/a.ts"]);
    const coverage = { ...rest, project: { ...project, delta: absent("no report of the base") } };
    const { reason } = check({ byArea: true, projectDelta: 0 }, ["src/pay/a.ts"], coverage);
    expect(reason.reasons.map(({ says }) => says)).toEqual([
      `pay: ${half}`,
      "the change of project coverage is not known: no report of the base",
    ]);
  });
});
