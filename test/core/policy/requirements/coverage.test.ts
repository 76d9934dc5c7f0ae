import { describe, expect, test } from "vitest";
import type { FunctionChange } from "../../../../core/coverage/coverage-review.ts";
import { absent, present } from "../../../../core/evidence.ts";
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
      "yes: by the report, none of the added lines can run",
      "yes: by the report, none of the branches on added lines can run",
      "yes: by the report, none of the added lines that count as AI can run",
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

describe("what is not measured is never said not to run", () => {
  const unmeasured = {
    ...sketch,
    coverage: buildCoverage({ files: [{ path: "src/a.ts" }], unmeasured: ["src/b.ts"], delta: 0 }),
  };
  test.each([
    { says: "no limit on added lines is met", key: "{ patch_lines: 1, patch_branches: 1, ai_lines: 1 }", first: [] },
    {
      says: "a limit on the whole project is not met alone",
      key: "{ project_delta: 0 }",
      first: ["yes: project coverage changes by +0 percentage points, and at least +0 is required"],
    },
  ])("$says", ({ key, first }) => {
    const result = firstRule(policy(key), unmeasured);
    expect(result.state).toBe("unsatisfied");
    expect(result.reasons.flatMap((reason) => sentences(reason)).slice(-first.length - 1)).toEqual([
      ...first,
      "unknown: changed files that are in no coverage report: src/b.ts",
    ]);
    expect(sentences(result).join()).not.toContain("can run");
  });
});

describe("the fix points at what its own limit lacks", () => {
  const coverage = buildCoverage({
    files: [
      { path: "src/a.ts", covered: [1, 2], uncovered: [7], branches: [1, 4], open: [2, 2] },
      { path: "src/b.ts", covered: [1], uncovered: [3], branches: [1, 2], open: [1] },
    ],
  });
  test.each([
    {
      key: "patch_branches",
      fix: "Test 4 more of the branches on added lines, for instance in src/a.ts (2), src/b.ts (1).",
    },
    { key: "ai_lines", fix: "Test 1 more of the added lines that count as AI, for instance in src/b.ts (3)." },
    { key: "patch_lines", fix: "Test 2 more of the added lines, for instance in src/a.ts (7), src/b.ts (3)." },
  ])("$key", ({ key, fix }) =>
    expect(fixes(firstRule(policy(`{ ${key}: 100 }`), { ...sketch, coverage }))).toEqual([fix]),
  );
});

describe("a change that adds no line needs no report", () => {
  const none = noCoverage("no coverage report was given");
  test.each([
    { says: "a deletion", file: { status: "deleted", addedLines: 0 }, is: "satisfied" },
    { says: "a pure rename", file: { status: "renamed", addedLines: 0 }, is: "satisfied" },
    { says: "a file with one line more", file: { addedLines: 1 }, is: "unsatisfied" },
    {
      says: "source that git takes for binary",
      file: { kind: "binary", addedLines: 0 },
      unread: true,
      is: "unsatisfied",
    },
    { says: "another picture", file: { kind: "binary", addedLines: 0 }, is: "satisfied" },
    { says: "a binary file deleted", file: { kind: "binary", status: "deleted", addedLines: 0 }, is: "satisfied" },
  ] as const)("$says: $is", ({ file, is, ...row }) => {
    const notAnalysed = "unread" in row ? [{ path: "src/a.ts", reason: "it is binary" }] : [];
    const change: SubjectSketch = { files: [{ path: "src/a.ts", ...file }], coverage: none, notAnalysed };
    const result = firstRule(policy("{ patch_lines: 80, patch_branches: 80, ai_lines: 80 }"), change);
    expect(result.state).toBe(is);
    expect(sentences(result).includes("yes: nothing was added")).toBe(is === "satisfied");
    expect(firstRule(policy("{ patch_lines: 80, project_delta: 0 }"), change).state).toBe("unsatisfied");
  });
});

test.each([
  {
    reason: "no file matches `coverage/*.info`",
    fix: "See where the tests write the coverage report, and name that file.",
  },
  {
    reason: "no path in the coverage report is a file of the tested tree: it names /app/lib/zzz.js",
    fix: "Write the coverage report with paths relative to the repository.",
  },
])("a report that was given is not asked for again: $reason", ({ reason, fix }) => {
  const result = firstRule(policy("{ patch_lines: 1, project_delta: 0 }"), { ...sketch, coverage: noCoverage(reason) });
  expect(new Set(fixes(result))).toEqual(new Set([fix]));
});

test("files that the head report left out are asked for", () => {
  const { project, ...rest } = buildCoverage({ files: [], delta: 0 });
  const delta = absent("the head report no longer measures 1 file that the base's did: src/z.ts");
  const coverage = { ...rest, project: { ...project, after: present(counts), delta } };
  const result = firstRule(policy("{ project_delta: 0 }"), { ...sketch, coverage });
  expect(fixes(result)).toEqual([
    "Let the coverage tool measure every file that it measured before, also those that no test loads.",
  ]);
});

test("the fix for a missing report names the report that is missing", () => {
  const none = { ...sketch, coverage: noCoverage("no report") };
  expect(fixes(firstRule(policy("{ project_delta: 0 }"), none))).toEqual([
    "Run the tests with coverage and hand the report to `--coverage`.",
  ]);
  const headOnly = {
    ...none,
    coverage: {
      ...none.coverage,
      patch: present(counts),
      project: { ...none.coverage.project, after: present(counts) },
    },
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

describe("functions that no test enters", () => {
  const fn = (name: string, state: FunctionChange["state"]): FunctionChange => ({ name, line: 7, endLine: 9, state });
  const reported = (total: number, functions: FunctionChange[] = [], path = "src/a.ts"): SubjectSketch => {
    const { project, ...rest } = buildCoverage({ files: [{ path, covered: [1], functions }] });
    const after = present({ ...counts, functions: { covered: 0, total } });
    return { files: [{ path: "src/a.ts" }], coverage: { ...rest, project: { ...project, after } } };
  };
  test.each([
    { says: "none of them", most: 0, sketch: reported(3), is: "satisfied" },
    { says: "a new one", most: 0, sketch: reported(3, [fn("a", "new-uncalled")]), is: "unsatisfied" },
    { says: "a changed one", most: 0, sketch: reported(3, [fn("a", "changed-uncalled")]), is: "unsatisfied" },
    {
      says: "ones that tests enter",
      most: 0,
      sketch: reported(3, [fn("a", "new-called"), fn("b", "changed-called")]),
      is: "satisfied",
    },
    { says: "one that was not touched", most: 0, sketch: reported(3, [fn("a", "lost")]), is: "satisfied" },
    { says: "as many as may be", most: 1, sketch: reported(3, [fn("a", "new-uncalled")]), is: "satisfied" },
    {
      says: "one more",
      most: 1,
      sketch: reported(3, [fn("a", "new-uncalled"), fn("b", "new-uncalled")]),
      is: "unsatisfied",
    },
    {
      says: "one in a file of another rule",
      most: 0,
      sketch: reported(3, [fn("a", "new-uncalled")], "src/z.ts"),
      is: "satisfied",
    },
    { says: "a report without functions", most: 0, sketch: reported(0), is: "unsatisfied" },
    { says: "no report", most: 0, sketch: { ...sketch, coverage: noCoverage("none") }, is: "unsatisfied" },
    {
      says: "a change that adds nothing",
      most: 0,
      sketch: { files: [{ path: "src/a.ts", addedLines: 0 }] },
      is: "satisfied",
    },
  ])("$says: $is", ({ most, sketch: change, is }) =>
    expect(firstRule(policy(`{ untested_functions: ${most} }`), change).state).toBe(is),
  );

  test("each is named with its place, and missing evidence is told apart", () => {
    const open = firstRule(policy("{ untested_functions: 0 }"), reported(3, [fn("a\n::error::", "new-uncalled")]));
    expect(sentences(open).slice(-1)).toEqual(["no: a ::error:: at src/a.ts:7"]);
    expect(fixes(open)).toEqual(["Have a test enter a ::error:: at src/a.ts:7."]);
    expect(sentences(firstRule(policy("{ untested_functions: 0, no_report: warn }"), reported(0)))).toContain(
      "unknown: the coverage report names no function",
    );
  });
});

describe("limits for each area by itself", () => {
  const areas = "areas: { auth: { paths: [src/auth/**] }, pay: { paths: [src/pay/**] } }\n";
  const files = ["src/auth/a.ts", "src/pay/b.ts", "src/c.ts"].map((path) => ({ path }));
  const change = (covered: readonly [number, number, number]): SubjectSketch => ({
    files,
    coverage: buildCoverage({
      files: files.map(({ path }, index) => ({
        path,
        covered: lines(1, covered[index] ?? 0),
        uncovered: lines((covered[index] ?? 0) + 1, 10),
      })),
    }),
  });
  const perArea = `${areas}${policy("{ patch_lines: 50, per: area }")}`;
  test.each([
    { says: "all reach it", covered: [5, 5, 5] as const, is: "satisfied", together: "satisfied" },
    { says: "one area does not", covered: [10, 4, 10] as const, is: "unsatisfied", together: "satisfied" },
    { says: "the files in no area do not", covered: [10, 10, 4] as const, is: "unsatisfied", together: "satisfied" },
    { says: "none does", covered: [1, 1, 1] as const, is: "unsatisfied", together: "unsatisfied" },
  ])("$says: $is, and $together together", ({ covered, is, together }) => {
    expect(firstRule(perArea, change(covered)).state).toBe(is);
    expect(firstRule(`${areas}${policy("{ patch_lines: 50, per: change }")}`, change(covered)).state).toBe(together);
  });

  test("each area is named", () => {
    const told = sentences(firstRule(perArea, change([10, 4, 10]))).map((says) =>
      says.split(":").slice(0, 2).join(":"),
    );
    expect(told.slice(-3)).toEqual(["yes: auth", "no: pay", "yes: files in no area"]);
  });
});

describe("a report that names no branch says nothing of them", () => {
  const files = [{ path: "src/a.ts" }, { path: "src/b.py" }];
  const measured = (silentOn: { branches?: string[]; functions?: string[] }, branches: [number, number] = [0, 0]) => ({
    files,
    coverage: {
      ...buildCoverage({
        files: [
          { path: "src/a.ts", covered: [1, 2], branches },
          { path: "src/b.py", covered: [1] },
        ],
        silentOn,
      }),
    },
  });
  test.each([
    { says: "for none", key: "patch_branches: 90", silent: { branches: ["src/a.ts", "src/b.py"] }, is: "unsatisfied" },
    {
      says: "for none, where that is worth a warning",
      key: "patch_branches: 90, no_report: warn",
      silent: { branches: ["src/a.ts", "src/b.py"] },
      is: "warned",
    },
    { says: "for one language", key: "patch_branches: 90", silent: { branches: ["src/b.py"] }, is: "unsatisfied" },
    {
      says: "for a language that the rule is not about",
      key: "patch_branches: 90",
      when: "when: { paths: [src/a.ts] }, ",
      silent: { branches: ["src/b.py"] },
      is: "satisfied",
    },
    { says: "and nobody asks", key: "patch_lines: 90", silent: { branches: ["src/b.py"] }, is: "satisfied" },
    { says: "for every language", key: "patch_branches: 90", silent: {}, is: "satisfied" },
    {
      says: "functions of one language",
      key: "untested_functions: 0",
      silent: { functions: ["src/b.py"] },
      is: "unsatisfied",
    },
    { says: "functions of every language", key: "untested_functions: 0", silent: {}, is: "satisfied" },
  ])("$says: $is", ({ key, when = "", silent, is }) =>
    expect(firstRule(policy(`{ ${key} }`, when), measured(silent)).state).toBe(is),
  );

  test("what it names and is not reached decides first", () => {
    const reasons = sentences(
      firstRule(policy("{ patch_branches: 90 }"), measured({ branches: ["src/b.py"] }, [1, 4])),
    );
    expect(reasons).toContain("unknown: the coverage report names no branch for the language of src/b.py");
    expect(reasons.some((reason) => reason.startsWith("no: 1 of 4 branches on added lines"))).toBe(true);
  });

  test("nothing found among what it does not name is not nothing to find", () => {
    const reasons = sentences(firstRule(policy("{ patch_branches: 90 }"), measured({ branches: ["src/b.py"] })));
    expect(reasons.join()).not.toContain("none of the branches");
  });
});
