import { describe, expect, test } from "vitest";
import type { CoverageLimits } from "../../../core/policy/coverage-check.ts";
import { patchReasons } from "../../../core/policy/coverage-of-patch.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import {
  buildCoverage,
  buildPolicy,
  buildSubject,
  noCoverage,
  sampleVocabulary,
  type SubjectSketch,
} from "../../subjects.ts";

const limits: CoverageLimits = {
  ...{ patchLines: null, patchBranches: null, aiLines: null, projectDelta: null, untestedFunctions: null },
  ...{ byArea: false, noReport: "block" },
};

/** The scope of the whole change under a policy without rules. */
function scopeFor(sketch: SubjectSketch, change = (subject: ReturnType<typeof buildSubject>) => subject) {
  const judged = judgeChange(buildPolicy("rules: []"), change(buildSubject(sketch)), sampleVocabulary);
  return scopeOf(judged, judged.files, false);
}

const unknown = "unknown: the coverage of the change is not known: no report";

describe("what was added", () => {
  const coverage = noCoverage("no report");
  const added = { path: "src/a.ts", addedLines: 1 };
  const deleted = { path: "src/b.ts", status: "deleted", addedLines: 0 } as const;
  const binary = { path: "src/c.ts", kind: "binary", addedLines: 0 } as const;
  const unread = [{ path: "src/c.ts", reason: "it is binary" }];
  test.each<{ says: string; sketch: SubjectSketch; sameContent?: boolean; is: string }>([
    { says: "in one of several files", sketch: { files: [deleted, added] }, is: unknown },
    { says: "in none", sketch: { files: [deleted] }, is: "yes: nothing was added" },
    { says: "in one that nobody could look into", sketch: { files: [binary], notAnalysed: unread }, is: unknown },
    {
      says: "in one that nobody could look into and that only moved",
      sketch: { files: [binary], notAnalysed: unread },
      sameContent: true,
      is: "yes: nothing was added",
    },
    { says: "in a picture", sketch: { files: [binary] }, is: "yes: nothing was added" },
  ])("$says: $is", ({ sketch, sameContent = false, is }) => {
    const scope = scopeFor({ coverage, ...sketch }, (subject) => {
      const files = subject.files.map((each) => ({ ...each, file: { ...each.file, newBlob: each.file.oldBlob } }));
      return sameContent ? { ...subject, files } : subject;
    });
    expect(patchReasons({ ...limits, patchLines: 1 }, scope).map(({ state, says }) => `${state}: ${says}`)).toEqual([
      is,
    ]);
  });
});

test("a line of which nobody knows the writer is none of the AI's", () => {
  const scope = scopeFor({
    commits: [{ name: "c", verdict: "agent-assisted" }],
    files: [{ path: "src/a.ts", addedLines: 2 }],
    coverage: buildCoverage({ files: [{ path: "src/a.ts", covered: [1, 7], uncovered: [2, 8, 9] }] }),
  });
  expect(patchReasons({ ...limits, aiLines: 1 }, scope)).toEqual([
    {
      says: "1 of 2 added lines that count as AI are covered (50 %), and 100 % is required",
      state: "no",
      fix: "Test 1 more of the added lines that count as AI, for instance in src/a.ts (2).",
      reasons: [],
    },
  ]);
});

test("branches of which the report gives no place are asked for without one", () => {
  const coverage = buildCoverage({ files: [{ path: "src/a.ts", covered: [1], branches: [1, 4] }] });
  expect(patchReasons({ ...limits, patchBranches: 1 }, scopeFor({ coverage }))).toEqual([
    {
      says: "1 of 4 branches on added lines are covered (25 %), and 100 % is required",
      state: "no",
      fix: "Test 3 more of the branches on added lines.",
      reasons: [],
    },
  ]);
});

test("what it takes is counted: each file of the report, and each line that is measured", () => {
  const paths = ["src/a.ts", "src/b.ts"];
  const coverage = buildCoverage({
    files: [
      { path: "src/a.ts", covered: [1, 2], uncovered: [3] },
      { path: "src/b.ts", uncovered: [1] },
      { path: "src/z.ts", covered: [1] },
    ],
  });
  const scope = scopeFor({ files: paths.map((path) => ({ path })), coverage });
  const { work } = scope.change;
  const before = work.spent;
  patchReasons({ ...limits, patchLines: 1 }, scope);
  expect(work.spent - before).toBe(3 + 10 * (1 + 3) + 10 * (1 + 1));
});
