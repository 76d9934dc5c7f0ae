import { describe, expect, test } from "vitest";
import type { Verdict } from "../../../core/change/authorship.ts";
import type { ChangedFile } from "../../../core/change/change.ts";
import type { LineMap } from "../../../core/change/line-map.ts";
import { CoverageReview, type FileCoverageChange } from "../../../core/coverage/coverage-review.ts";
import type { CoverageReport, FileCoverage } from "../../../core/coverage/report.ts";
import { reviewCoverage, type CoverageReviewInput } from "../../../core/coverage/review-coverage.ts";
import { absent, present } from "../../../core/evidence.ts";
import { countingAsAi } from "../../ai-judgement.ts";
import { authorshipOf, branch, changed, changeOf, file, head, hunk, mergeBase, report, sha } from "./samples.ts";
import { cpuTime } from "../../cpu-time.ts";

interface Case extends Partial<Pick<CoverageReviewInput, "lineMaps" | "ai" | "baseline">> {
  changes: ChangedFile[];
  /** Files of the head report, or the report. */
  head?: FileCoverage[] | CoverageReport;
  base?: FileCoverage[] | CoverageReport;
  verdict?: (path: string, line: number) => Verdict;
}

function review(of: Case): CoverageReview {
  const change = changeOf(of.changes);
  const evidence = (given: Case["head"], tree: string, reason: string) =>
    given === undefined ? absent(reason) : present(Array.isArray(given) ? report(given, { tree }) : given);
  const { review: found } = reviewCoverage({
    change,
    coverage: {
      head: evidence(of.head, head, "no report of the head was given"),
      base: evidence(of.base, mergeBase, "the baseline has expired"),
    },
    lineMaps: of.lineMaps ?? [],
    authorship: authorshipOf(change, of.verdict ?? (() => "undeclared")),
    ai: of.ai ?? countingAsAi(),
    ...(of.baseline === undefined ? {} : { baseline: of.baseline }),
  });
  expect(CoverageReview.safeParse(found).error).toBeUndefined();
  return found;
}

/** `lines 1/2, branches 0/0, functions 0/0` */
function patchOf(of: Case): string {
  const { patch } = review(of);
  if (patch.state === "absent") return patch.reason;
  const { lines, branches, functions } = patch.value;
  const show = ({ covered, total }: { covered: number; total: number }) => `${covered}/${total}`;
  return `lines ${show(lines)}, branches ${show(branches)}, functions ${show(functions)}`;
}

const only = (of: Case): FileCoverageChange => {
  const { files } = review(of);
  expect(files).toHaveLength(1);
  return files[0]!;
};

const fresh = (path: string, lines: number): ChangedFile =>
  changed(path, [`@@ -0,0 +1,${lines} @@`], { status: "added" });
const f = (name: string, line: number, endLine: number | null, hits: number) => ({ name, line, endLine, hits });
const region = (line: number, start: number, end: number, hits: number) => ({ line, start, end, hits });

describe("patch coverage of lines", () => {
  const edit = changed("a.ts", ["@@ -3,0 +4,2 @@", "@@ -9 +11 @@"]);
  test.each([
    {
      says: "added lines that the report lists",
      head: [file("a.ts", { 3: 0, 4: 1, 5: 0, 6: 0, 11: 2 })],
      is: "lines 2/3, branches 0/0, functions 0/0",
    },
    {
      says: "added lines that cannot run do not count",
      head: [file("a.ts", { 3: 1, 4: 1 })],
      is: "lines 1/1, branches 0/0, functions 0/0",
    },
    {
      says: "nothing that can run is 0 of 0, not 0 % and not 100 %",
      head: [file("a.ts", { 3: 1 })],
      is: "lines 0/0, branches 0/0, functions 0/0",
    },
    {
      says: "row 58: without a report it is absent with the reason",
      head: undefined,
      is: "no report of the head was given",
    },
    {
      says: "a report in which no path is a file of the tree is no report",
      head: report([], { unmatched: ["/x/a.ts"] }),
      is: "no path in the coverage report is a file of the tested tree: it names /x/a.ts",
    },
    {
      says: "row 58: a report of another commit is not taken for the head's",
      head: report([file("a.ts", { 4: 1 })], { tree: sha("stale run") }),
      is: `the tests ran at ${sha("stale run").slice(0, 10)}, and no line map joins that commit to the head`,
    },
  ])("$says", ({ head: given, is }) => {
    expect(patchOf({ changes: [edit], ...(given === undefined ? {} : { head: given }) })).toBe(is);
  });

  test.each([
    {
      says: "a changed line in the middle of a statement counts for the statement",
      added: "@@ -6 +6 @@",
      regions: [region(4, 5, 7, 0)],
      is: { covered: [], uncovered: [6] },
    },
    {
      says: "with the hits of that statement, not of the line where another begins",
      added: "@@ -6 +6 @@",
      regions: [region(4, 5, 7, 3)],
      is: { covered: [6], uncovered: [] },
    },
    {
      says: "several changed lines of one statement count once, at the first",
      added: "@@ -5,3 +5,3 @@",
      regions: [region(4, 5, 7, 0)],
      is: { covered: [], uncovered: [5] },
    },
    {
      says: "not when the statement begins on an added line: it is counted there",
      added: "@@ -4,4 +4,4 @@",
      regions: [region(4, 5, 7, 3)],
      is: { covered: [], uncovered: [4] },
    },
    {
      says: "two stretches of one statement count once",
      added: "@@ -5,5 +5,5 @@",
      regions: [region(4, 5, 5, 1), region(4, 9, 9, 1)],
      is: { covered: [5], uncovered: [] },
    },
    {
      says: "a line that no statement reaches does not count",
      added: "@@ -8 +8 @@",
      regions: [region(4, 5, 7, 0)],
      is: { covered: [], uncovered: [] },
    },
    {
      says: "a listed line inside counts for itself alone",
      added: "@@ -10 +10 @@",
      regions: [region(4, 5, 12, 3)],
      is: { covered: [10], uncovered: [] },
    },
  ])("continuation lines: $says", ({ added, regions, is }) => {
    const found = only({ changes: [changed("a.ts", [added])], head: [file("a.ts", { 4: 0, 10: 1 }, { regions })] });
    expect({ covered: found.coveredAddedLines, uncovered: found.uncoveredAddedLines }).toEqual(is);
    expect(found.patch.lines).toEqual({ covered: is.covered.length, total: is.covered.length + is.uncovered.length });
  });

  test("a pure rename adds no line", () => {
    const renamed = changed("b.ts", [], { status: "renamed", previousPath: "a.ts" });
    expect(patchOf({ changes: [renamed], head: [file("b.ts", { 1: 0 })], base: [file("a.ts", { 1: 0 })] })).toBe(
      "lines 0/0, branches 0/0, functions 0/0",
    );
  });
});

describe("patch coverage of branches", () => {
  const edit = changed("a.ts", ["@@ -3,0 +4,2 @@"]);
  test("arms of branch points on added lines; a dash is not taken", () => {
    const branches = [
      ...branch(3, [0, 0]),
      ...branch(4, [1, 0]),
      ...branch(4, [1, 1], "1"),
      ...branch(5, [null, null]),
    ];
    const found = only({ changes: [edit], head: [file("a.ts", { 3: 1, 4: 1, 5: 0 }, { branches })] });
    expect(found.patch.branches).toEqual({ covered: 3, total: 6 });
    expect(found.uncoveredAddedBranches).toEqual([
      { line: 4, taken: 1, total: 2 },
      { line: 5, taken: 0, total: 2 },
    ]);
  });
});

describe("functions", () => {
  const edit = changed("a.ts", ["@@ -3,0 +4,3 @@"]);
  const lines = { 1: 1, 5: 1, 9: 1 };
  test.each([
    { says: "declared on an added line: new", functions: [f("x", 4, 6, 0)], is: [["x", "new-uncalled"]] },
    { says: "new and called", functions: [f("x", 4, 6, 2)], is: [["x", "new-called"]] },
    {
      says: "an added line that can run within: changed",
      functions: [f("x", 1, 9, 0)],
      is: [["x", "changed-uncalled"]],
    },
    { says: "changed and called", functions: [f("x", 1, 9, 1)], is: [["x", "changed-called"]] },
    {
      says: "an added line that can run at its very end: changed",
      functions: [f("x", 1, 5, 0)],
      is: [["x", "changed-uncalled"]],
    },
    { says: "ends before the added line that can run", functions: [f("x", 1, 4, 0)], is: [] },
    { says: "untouched", functions: [f("x", 8, 9, 0)], is: [] },
    { says: "a report without ends shows no change within", functions: [f("x", 1, null, 0)], is: [] },
    {
      says: "names that the instrumenter made up lose their number",
      functions: [f("(anonymous_7)", 4, 6, 0)],
      is: [["(anonymous)", "new-uncalled"]],
    },
  ])("$says", ({ functions, is }) => {
    const found = only({ changes: [edit], head: [file("a.ts", lines, { functions })] });
    expect(found.functions.map(({ name, state }) => [name, state])).toEqual(is);
  });

  test("only the new ones count as added functions", () => {
    const functions = [f("old", 1, 9, 1), f("x", 4, 4, 0), f("y", 6, 6, 1)];
    expect(patchOf({ changes: [edit], head: [file("a.ts", lines, { functions })] })).toBe(
      "lines 1/1, branches 0/0, functions 1/2",
    );
  });

  test.each([
    { says: "a line of comment within changes nothing", head: [f("x", 1, 9, 0)], at: { 1: 1, 9: 1 }, base: [], is: [] },
    {
      says: "an edited declaration of a name that was there is changed, not new",
      head: [f("x", 4, 6, 0)],
      at: lines,
      base: [f("x", 4, 4, 1)],
      is: [["x", "changed-uncalled"]],
    },
    {
      says: "two of that name: no one knows which, so new",
      head: [f("x", 4, 6, 0), f("x", 8, 9, 1)],
      at: lines,
      base: [f("x", 4, 4, 1)],
      is: [["x", "new-uncalled"]],
    },
    {
      says: "names made up are never the same",
      head: [f("(anonymous_0)", 4, 6, 0)],
      at: lines,
      base: [f("(anonymous_0)", 3, 3, 1)],
      is: [["(anonymous)", "new-uncalled"]],
    },
    {
      says: "untouched, called before and not now: lost",
      head: [f("x", 9, 9, 0)],
      at: lines,
      base: [f("x", 6, 6, 1)],
      is: [["x", "lost"]],
    },
    {
      says: "a made-up name is found by its line",
      head: [f("(anonymous_4)", 9, 9, 0)],
      at: lines,
      base: [f("(anonymous_3)", 6, 6, 1)],
      is: [["(anonymous)", "lost"]],
    },
    {
      says: "two on one line are told by name",
      head: [f("x", 9, 9, 0), f("y", 9, 9, 0)],
      at: lines,
      base: [f("x", 6, 6, 0), f("y", 6, 6, 1)],
      is: [["y", "lost"]],
    },
    {
      says: "two on one line, neither of that name: no one knows which",
      head: [f("z", 9, 9, 0)],
      at: lines,
      base: [f("x", 6, 6, 1), f("y", 6, 6, 1)],
      is: [],
    },
    { says: "not called before either", head: [f("x", 9, 9, 0)], at: lines, base: [f("x", 6, 6, 0)], is: [] },
  ])("$says", ({ head: functions, at, base, is }) => {
    const found = only({
      changes: [edit],
      head: [file("a.ts", at, { functions })],
      base: [file("a.ts", { 1: 1 }, { functions: base })],
    });
    expect(found.functions.map(({ name, state }) => [name, state])).toEqual(is);
  });
});

describe("before and after", () => {
  const edit = changed("a.ts", ["@@ -2 +2,3 @@"]);

  test("untouched lines that were covered and are not are lost, at their place of now", () => {
    const found = only({
      changes: [edit],
      head: [file("a.ts", { 1: 1, 2: 0, 5: 0, 6: 0, 7: 3 })],
      base: [file("a.ts", { 1: 1, 2: 1, 3: 4, 4: 0, 5: 1, 6: 1 })],
    });
    expect(found.lostLines).toEqual([5]);
    expect(found.before).toMatchObject({ value: { lines: { covered: 5, total: 6 } } });
    expect(found.after).toMatchObject({ value: { lines: { covered: 2, total: 5 } } });
  });

  test("through a rename with an edit", () => {
    const moved = changed("new/b.ts", ["@@ -2 +2,3 @@"], { status: "renamed", previousPath: "a.ts" });
    const found = only({ changes: [moved], head: [file("new/b.ts", { 5: 0 })], base: [file("a.ts", { 3: 4 })] });
    expect(found).toMatchObject({
      path: "new/b.ts",
      previousPath: "a.ts",
      lostLines: [5],
      before: { state: "present" },
    });
  });

  test("a whole file that is deleted is shown with what it had, and loses no line", () => {
    const found = only({
      changes: [changed("a.ts", ["@@ -1,9 +0,0 @@"], { status: "deleted" })],
      head: [],
      base: [file("a.ts", { 1: 1, 2: 1 })],
    });
    expect(found).toMatchObject({
      before: { state: "present", value: { lines: { covered: 2, total: 2 } } },
      after: { state: "absent", reason: "the change deletes the file" },
      lostLines: [],
    });
  });

  test("a new file has no before, and a file of its name that made way is not its before", () => {
    const changes = [fresh("a.ts", 2), changed("b.ts", [], { status: "renamed", previousPath: "a.ts" })];
    const { files } = review({
      changes,
      head: [file("a.ts", { 1: 0 }), file("b.ts", { 1: 0 })],
      base: [file("a.ts", { 1: 1 })],
    });
    expect(files.map(({ path, before, lostLines }) => [path, before.state, lostLines])).toEqual([
      ["a.ts", "absent", []],
      ["b.ts", "present", [1]],
    ]);
  });

  test("untouched files are listed only when something about them differs", () => {
    const same = file("same.ts", { 1: 1 }, { branches: branch(1, [1, 0]) });
    const { files } = review({
      changes: [],
      head: [
        same,
        file("hits.ts", { 1: 7 }),
        file("lost.ts", { 1: 0, 2: 1 }),
        file("gained.ts", { 1: 1 }),
        file("appeared.ts", { 1: 1 }),
      ],
      base: [
        same,
        file("hits.ts", { 1: 1 }),
        file("lost.ts", { 1: 1, 2: 0 }),
        file("gained.ts", { 1: 0 }),
        file("vanished.ts", { 1: 1 }),
      ],
    });
    expect(files.map(({ path }) => path)).toEqual(["appeared.ts", "gained.ts", "lost.ts", "vanished.ts"]);
    expect(files.find(({ path }) => path === "vanished.ts")?.after).toEqual(
      absent("the report does not have the file"),
    );
    expect(files.find(({ path }) => path === "appeared.ts")?.before).toEqual(
      absent("the baseline does not have the file"),
    );
  });

  test("the whole project, as ratios", () => {
    const { project } = review({
      changes: [],
      head: [file("a.ts", { 1: 1, 2: 0, 3: 0, 4: 0 })],
      base: [file("a.ts", { 1: 1, 2: 1, 3: 0, 4: 0 })],
    });
    expect(project.delta).toEqual(present({ lines: -0.25, branches: null }));
  });

  const a = file("a.ts", { 1: 1, 2: 1 });
  const poor = file("poor.ts", { 1: 0, 2: 0 });
  const moved = changed("moved.ts", [], { status: "renamed", previousPath: "poor.ts" });
  test.each([
    {
      says: "a file that the head report leaves out",
      base: [a, poor],
      head: [a],
      is: absent("the head report no longer measures 1 file that the base's did: poor.ts"),
    },
    {
      says: "a file that is moved and then left out",
      changes: [moved],
      base: [a, poor],
      head: [a],
      is: absent("the head report no longer measures 1 file that the base's did: moved.ts"),
    },
    {
      says: "more of them",
      base: ["p", "q", "r", "s"].map((path) => file(path, { 1: 1 })),
      head: [a],
      is: absent("the head report no longer measures 4 files that the base's did: p, q, r …"),
    },
    {
      says: "a file that is moved and measured",
      changes: [moved],
      base: [a, poor],
      head: [a, { ...poor, path: "moved.ts" }],
      is: present({ lines: 0, branches: null }),
    },
    {
      says: "a file that the change deletes",
      changes: [changed("poor.ts", [], { status: "deleted" })],
      base: [a, poor],
      head: [a],
      is: present({ lines: 0.5, branches: null }),
    },
    {
      says: "a file that the change adds",
      changes: [fresh("poor.ts", 2)],
      base: [a],
      head: [a, poor],
      is: present({ lines: -0.5, branches: null }),
    },
    {
      says: "an old file that is measured for the first time",
      base: [a],
      head: [a, poor],
      is: present({ lines: 0, branches: null }),
    },
    {
      says: "a file of nothing that is left out",
      base: [a, file("types.ts", {})],
      head: [a],
      is: present({ lines: 0, branches: null }),
    },
  ])("the difference is over what both measure: $says", ({ changes = [], head: heads, base, is }) => {
    expect(review({ changes, head: heads, base }).project.delta).toEqual(is);
  });
});

describe("row 60: how far the baseline can be trusted", () => {
  const heads = [file("a.ts", { 1: 0, 2: 1 })];
  const bases = [file("a.ts", { 1: 1, 2: 1 })];
  const old = sha("an older commit");

  test("missing or expired: said so, and no delta is made up", () => {
    const found = review({ changes: [], head: heads });
    expect(found.baseline).toEqual({ quality: "missing", reason: "the baseline has expired" });
    expect(found.project).toMatchObject({
      before: absent("the baseline has expired"),
      after: { state: "present" },
      delta: absent("the baseline has expired"),
    });
    expect(found.files).toEqual([]);
  });

  test("measured at the merge base: exact", () => {
    expect(review({ changes: [], head: heads, base: bases })).toMatchObject({
      baseline: { quality: "exact", reason: "it was measured at the merge base" },
      files: [{ path: "a.ts", lostLines: [1] }],
    });
  });

  test("elsewhere, without a line map: diverged, and which lines were lost is unknown", () => {
    const found = review({ changes: [], head: heads, base: report(bases, { tree: old }) });
    expect(found.baseline).toEqual({
      quality: "diverged",
      reason: `it was measured at ${old.slice(0, 10)}, which is not the merge base, and no line map joins it to the head: lost lines are unknown`,
    });
    expect(found.files).toMatchObject([{ path: "a.ts", lostLines: [], before: { state: "present" } }]);
    expect(found.project.delta).toEqual(present({ lines: -0.5, branches: null }));
  });

  test.each([
    { says: "named by its role", from: "baseline", to: "head" },
    { says: "named by its commit", from: old, to: head },
  ])("elsewhere, with a line map $says: lines are found through it", ({ from, to }) => {
    const lineMaps: LineMap[] = [{ from, to, files: [{ from: "a.ts", to: "a.ts", hunks: [hunk("@@ -0,0 +1,3 @@")] }] }];
    const found = review({
      changes: [],
      head: [file("a.ts", { 4: 0 })],
      base: report([file("a.ts", { 1: 1 })], { tree: old }),
      lineMaps,
    });
    expect(found).toMatchObject({ baseline: { quality: "diverged" }, files: [{ lostLines: [4] }] });
  });

  test("told by the caller", () => {
    const baseline = { quality: "ancestor", reason: "3 commits before the merge base" } as const;
    const lineMaps: LineMap[] = [{ from: "baseline", to: "head", files: [] }];
    expect(
      review({ changes: [], head: heads, base: report(bases, { tree: old }), lineMaps, baseline }).baseline,
    ).toEqual(baseline);
  });

  test("another instrumenter: nothing is compared", () => {
    const found = review({
      changes: [changed("a.ts", ["@@ -2 +2 @@"])],
      head: heads,
      base: report(bases, { tree: mergeBase, format: "istanbul", instrumenter: "v8" }),
    });
    expect(found.baseline).toEqual({
      quality: "incomparable",
      reason: "the baseline was measured by v8 and the head by lcov, which number the same code in different ways",
    });
    expect(found.project.delta).toEqual(absent(found.baseline.reason));
    expect(found.files).toMatchObject([{ before: absent(found.baseline.reason), lostLines: [] }]);
    expect(found.patch).toMatchObject({ state: "present", value: { lines: { covered: 1, total: 1 } } });
  });
});

describe("the tested tree is not the head", () => {
  const tested = sha("merge of base and head");
  const lineMaps: LineMap[] = [
    {
      from: "tested",
      to: "head",
      files: [
        { from: "a.ts", to: "a.ts", hunks: [hunk("@@ -3,2 +2,0 @@")] },
        { from: "main-only.ts", to: null, hunks: [] },
      ],
    },
  ];
  test("lines are shown where they are at head, and what is not there is dropped", () => {
    const found = review({
      changes: [changed("a.ts", ["@@ -3,0 +4 @@"])],
      head: report(
        [file("a.ts", { 2: 1, 3: 0, 6: 0, 7: 1 }), file("main-only.ts", { 1: 0 }), file("same.ts", { 1: 1 })],
        { tree: tested },
      ),
      base: [file("a.ts", { 4: 1 }), file("same.ts", { 1: 1 })],
      lineMaps,
    });
    expect(found.files).toMatchObject([
      { path: "a.ts", uncoveredAddedLines: [4], coveredAddedLines: [], lostLines: [] },
    ]);
    expect(found.patch).toMatchObject({ value: { lines: { covered: 0, total: 1 } } });
  });
});

describe("who wrote the lines", () => {
  const verdict = (_: string, line: number): Verdict =>
    (["agent-authored", "agent-assisted", "suggestion", "automation", "human", "undeclared"] as const)[line - 1]!;
  const of = {
    changes: [fresh("a.ts", 6)],
    head: [
      file(
        "a.ts",
        { 1: 1, 2: 0, 3: 1, 4: 0, 5: 1, 6: 0 },
        { branches: branch(2, [1, 0]), functions: [f("x", 5, 5, 1)] },
      ),
    ],
    verdict,
  };
  const lines = (found: CoverageReview) =>
    Object.fromEntries(
      Object.entries(found.byGroup).map(([group, counts]) => [group, `${counts.lines.covered}/${counts.lines.total}`]),
    );

  test("by verdict, for lines, branches and functions; every verdict has a number", () => {
    const { byVerdict } = review(of);
    expect(
      Object.entries(byVerdict).map(([name, counts]) => `${name} ${counts.lines.covered}/${counts.lines.total}`),
    ).toEqual([
      "agent-authored 1/1",
      "agent-assisted 0/1",
      "suggestion 1/1",
      "automation 0/1",
      "human 1/1",
      "undeclared 0/1",
    ]);
    expect(byVerdict["agent-assisted"].branches).toEqual({ covered: 1, total: 2 });
    expect(byVerdict.human.functions).toEqual({ covered: 1, total: 1 });
  });

  test.each([
    {
      says: "as the policy does by default",
      countsAsAi: ["agent-authored", "agent-assisted"],
      is: { ai: "1/2", suggestion: "1/1", human: "1/1", undeclared: "0/1", automation: "0/1" },
    },
    {
      says: "with suggestions and silence counted as AI",
      countsAsAi: ["agent-authored", "agent-assisted", "suggestion", "undeclared"],
      is: { ai: "2/4", suggestion: "0/0", human: "1/1", undeclared: "0/0", automation: "0/1" },
    },
    {
      says: "what an agent wrote and the policy does not count is nobody else's",
      countsAsAi: ["suggestion"],
      is: { ai: "1/1", suggestion: "0/0", human: "1/1", undeclared: "0/1", automation: "0/1" },
    },
  ] as const)("summed $says", ({ countsAsAi, is }) =>
    expect(lines(review({ ...of, ai: countingAsAi(countsAsAi) }))).toEqual(is),
  );

  test("a line that provenance does not know is undeclared", () => {
    const { changes, head: files } = of;
    const change = changeOf(changes);
    const { review: found } = reviewCoverage({
      change,
      coverage: { head: present(report(files)), base: absent("x") },
      lineMaps: [],
      authorship: { files: new Map() },
      ai: countingAsAi([]),
    });
    expect(found.byVerdict.undeclared.lines).toEqual({ covered: 3, total: 6 });
  });
});

test("what no report measures is named, and so is what matches no file", () => {
  const changes = [
    fresh("src/new.ts", 5),
    fresh("README.md", 3),
    fresh("test/new.test.ts", 9),
    changed("src/a.ts", ["@@ -1 +1 @@"]),
  ];
  const found = review({
    changes,
    head: report([file("src/a.ts", { 1: 1 })], { unmatched: ["z.ts", "/x/q.ts"] }),
    base: report([], { tree: mergeBase, unmatched: ["z.ts", "b.ts"] }),
  });
  expect(found.unmeasured).toEqual(["src/new.ts"]);
  expect(found.unmatched).toEqual(["/x/q.ts", "b.ts", "z.ts"]);
  expect(review({ changes }).unmeasured).toEqual([]);
});

test("the same facts give the same review, and inputs are not changed", () => {
  const of: Case = {
    changes: [changed("a.ts", ["@@ -2 +2,3 @@"])],
    head: [file("a.ts", { 1: 1, 2: 0 })],
    base: [file("a.ts", { 1: 1 })],
  };
  const before = structuredClone({ changes: of.changes, head: of.head, base: of.base });
  expect(JSON.stringify(review(of))).toBe(JSON.stringify(review(of)));
  expect({ changes: of.changes, head: of.head, base: of.base }).toEqual(before);
});

test("ranges of a forged report that all overlap are walked once", () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => index + 1);
  const regions = lines.map((line) => region(line, line + 1, 100_000, 0));
  const heads = [file("a.ts", Object.fromEntries(lines.map((line) => [line, 0])), { regions })];
  const spent = cpuTime();
  const found = only({ changes: [changed("a.ts", ["@@ -0,0 +2,60000 @@"])], head: heads });
  expect(found.patch.lines.total).toBe(40_000);
  expect(spent()).toBeLessThan(10_000);
});
