import { describe, expect, test } from "vitest";
import { present } from "../../../../core/evidence.ts";
import { buildCoverage, firstRule, fixes, noCoverage, sentences, type SubjectSketch } from "../../../subjects.ts";

const policy = (coverage: string, when = "") => `rules: [{ id: r, ${when}require: { coverage: ${coverage} } }]`;
const lines = (start: number, end: number) => Array.from({ length: end - start + 1 }, (_, index) => start + index);

/** 10 added lines in each of two files: 8 of 10 covered in the first, 2 of 10 in the second; an agent wrote the second. */
const sketch: SubjectSketch = {
  commits: [
    { name: "person", verdict: "human" },
    { name: "agent", verdict: "agent-assisted" },
  ],
  files: [
    { path: "src/a.ts", commits: ["person"] },
    { path: "src/b.ts", commits: ["agent"] },
  ],
  coverage: buildCoverage({
    files: [
      { path: "src/a.ts", covered: lines(1, 8), uncovered: [9, 10], branches: [3, 4] },
      { path: "src/b.ts", covered: [1, 2], uncovered: lines(3, 10), branches: [0, 2] },
    ],
    delta: -0.002,
  }),
};

describe("what the tests must have reached", () => {
  test.each([
    { says: "half of all lines", coverage: "{ patch_lines: 50 }", is: "satisfied" },
    { says: "one line more than half", coverage: "{ patch_lines: 50.1 }", is: "unsatisfied" },
    {
      says: "of the files of the rule only",
      coverage: "{ patch_lines: 80 }",
      when: "when: { ai: false }, ",
      is: "satisfied",
    },
    { says: "half of the branches", coverage: "{ patch_branches: 50 }", is: "satisfied" },
    { says: "more than half of the branches", coverage: "{ patch_branches: 51 }", is: "unsatisfied" },
    { says: "a fifth of the AI's lines", coverage: "{ ai_lines: 20 }", is: "satisfied" },
    { says: "more of the AI's lines, though the whole is better", coverage: "{ ai_lines: 21 }", is: "unsatisfied" },
    { says: "a fall by 0.2 points where 0.2 are allowed", coverage: "{ project_delta: -0.2 }", is: "satisfied" },
    { says: "a fall by 0.2 points where 0.1 are allowed", coverage: "{ project_delta: -0.1 }", is: "unsatisfied" },
    {
      says: "all of it together",
      coverage: "{ patch_lines: 50, patch_branches: 50, ai_lines: 20, project_delta: -0.2 }",
      is: "satisfied",
    },
    {
      says: "all but one",
      coverage: "{ patch_lines: 50, patch_branches: 50, ai_lines: 21, project_delta: -0.2 }",
      is: "unsatisfied",
    },
  ])("$says: $is", ({ coverage, when = "", is }) => expect(firstRule(policy(coverage, when), sketch).state).toBe(is));

  test("ratios are not rounded up, and the numbers of people do not stumble over binary fractions", () => {
    const of = (covered: number, total: number): SubjectSketch => ({
      files: [{ path: "a.ts" }],
      coverage: buildCoverage({
        files: [{ path: "a.ts", covered: lines(1, covered), uncovered: lines(covered + 1, total) }],
      }),
    });
    expect(firstRule(policy("{ patch_lines: 7 }"), of(7, 100)).state).toBe("satisfied");
    expect(firstRule(policy("{ patch_lines: 100 }"), of(999, 1_000)).state).toBe("unsatisfied");
    expect(sentences(firstRule(policy("{ patch_lines: 100 }"), of(1_999, 2_000)))).toContain(
      "no: 1999 of 2000 added lines are covered (99.9 %), and 100 % is required",
    );
    for (let percent = 0; percent <= 100; percent++) {
      expect(firstRule(policy(`{ patch_lines: ${percent} }`), of(percent, 100)).state).toBe("satisfied");
    }
  });

  test("no executable added line is nothing to test, not a failure", () => {
    const empty = { ...sketch, coverage: buildCoverage({ files: [{ path: "src/a.ts" }] }) };
    const result = firstRule(policy("{ patch_lines: 80, patch_branches: 80, ai_lines: 80 }"), empty);
    expect(result.state).toBe("satisfied");
    expect(sentences(result).slice(-3)).toEqual([
      "yes: none of the added lines is executable",
      "yes: none of the branches on added lines is executable",
      "yes: none of the added lines that count as AI is executable",
    ]);
  });

  test("silence counts as AI on tier 1", () => {
    const areas = "areas: { auth: { paths: [src/**], tier: 1 } }\n";
    const quiet: SubjectSketch = {
      files: [{ path: "src/a.ts" }],
      coverage: buildCoverage({ files: [{ path: "src/a.ts", uncovered: [1] }] }),
    };
    expect(firstRule(areas + policy("{ ai_lines: 1 }"), quiet).state).toBe("unsatisfied");
    expect(firstRule(policy("{ ai_lines: 1 }"), quiet).state).toBe("satisfied");
  });
});

describe("missing evidence is an outcome, and never passes", () => {
  const noReport = { ...sketch, coverage: noCoverage("no coverage report was given") };
  const unmeasured = { ...sketch, coverage: buildCoverage({ files: [], unmeasured: ["src/b.ts"] }) };
  const noBase = { ...sketch, coverage: buildCoverage({ files: [] }) };
  const nothingBefore = { ...sketch, coverage: buildCoverage({ files: [], delta: null }) };
  test.each([
    {
      says: "no report",
      change: noReport,
      key: "patch_lines: 1",
      of: "the coverage of the change is not known: no coverage report was given",
    },
    {
      says: "no report for AI's lines",
      change: noReport,
      key: "ai_lines: 1",
      of: "the coverage of the change is not known: no coverage report was given",
    },
    {
      says: "a file in no report",
      change: unmeasured,
      key: "patch_lines: 1",
      of: "changed files that are in no coverage report: src/b.ts",
    },
    {
      says: "no baseline",
      change: noBase,
      key: "project_delta: 0",
      of: "the change of project coverage is not known: no report of the base",
    },
    {
      says: "a side without lines",
      change: nothingBefore,
      key: "project_delta: 0",
      of: "the change of project coverage is not known: a side has no executable line ()",
    },
  ])("$says", ({ change, key, of }) => {
    const bySetting = (setting: string, mode: string) => {
      const result = firstRule(`mode: ${mode}\n${policy(`{ ${key}${setting} }`)}`, change);
      return `${result.state} ${result.decision} ${result.enforced}`;
    };
    expect(bySetting("", "enforce")).toBe("unsatisfied block block");
    expect(bySetting(", no_report: block", "enforce")).toBe("unsatisfied block block");
    expect(bySetting(", no_report: warn", "enforce")).toBe("warned warn warn");
    expect(bySetting("", "warn")).toBe("warned warn block");
    expect(bySetting("", "observe")).toBe("warned warn block");
    expect(sentences(firstRule(policy(`{ ${key} }`), change))).toContain(`unknown: ${of}`);
  });

  test("a file of another rule that no report measures does not matter here", () => {
    expect(firstRule(policy("{ patch_lines: 1 }", "when: { paths: [src/a.ts] }, "), unmeasured).state).toBe(
      "satisfied",
    );
  });

  test("a limit that is not reached weighs more than what is missing", () => {
    const both = { ...sketch, coverage: { ...sketch.coverage!, unmeasured: ["src/b.ts"] } };
    expect(firstRule(policy("{ patch_lines: 90, no_report: warn }"), both).state).toBe("unsatisfied");
  });
});

test("the fix says how much is left, and where", () => {
  expect(fixes(firstRule(policy("{ patch_lines: 80, project_delta: 0 }"), sketch))).toEqual([
    "Test 6 more of the added lines, for instance in src/b.ts (3, 4, 5, 6, 7 and 3 more), src/a.ts (9, 10).",
    "Cover more lines.",
  ]);
  const lost = { ...sketch, coverage: buildCoverage({ files: [{ path: "src/a.ts", lost: [3] }], delta: -0.5 }) };
  expect(fixes(firstRule(policy("{ project_delta: 0 }"), lost))).toEqual([
    "Cover more lines, first where tests no longer reach old ones: src/a.ts.",
  ]);
  expect(sentences(firstRule(policy("{ project_delta: 0 }"), sketch))).toContain(
    "no: project coverage changes by -0.2 percentage points, and at least +0 is required",
  );
});

test("the fix for a missing report names the report that is missing", () => {
  const none = { ...sketch, coverage: noCoverage("no report") };
  expect(fixes(firstRule(policy("{ project_delta: 0 }"), none))).toEqual([
    "Run the tests with coverage and hand the report to `--coverage`.",
  ]);
  const headOnly = {
    ...none,
    coverage: { ...none.coverage, project: { ...none.coverage.project, after: present(counts) } },
  };
  expect(fixes(firstRule(policy("{ project_delta: 0 }"), headOnly))).toEqual([
    "Hand the base branch's coverage report to `--base-coverage`.",
  ]);
});

const counts = {
  lines: { covered: 1, total: 1 },
  branches: { covered: 0, total: 0 },
  functions: { covered: 0, total: 0 },
};
