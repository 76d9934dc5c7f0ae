import { describe, expect, test } from "vitest";
import type { FileCoverageChange, FunctionChange } from "../../../core/coverage/coverage-review.ts";
import { coverageRules, findCoverage } from "../../../core/coverage/rules.ts";
import { noCounts } from "../../../core/coverage/counts.ts";
import { reviewCoverage } from "../../../core/coverage/review-coverage.ts";
import { absent, present } from "../../../core/evidence.ts";
import { RawFinding } from "../../../core/findings/finding.ts";
import { countingAsAi } from "../../ai-judgement.ts";
import { changed, changeOf } from "./samples.ts";

const { review: nothing } = reviewCoverage({
  change: changeOf([]),
  coverage: { head: absent("x"), base: absent("x") },
  lineMaps: [],
  authorship: { files: new Map() },
  ai: countingAsAi([]),
});

function find(
  files: Partial<FileCoverageChange>[],
  hunks: readonly string[] = [],
  unmeasured: string[] = [],
): RawFinding[] {
  const whole = files.map((file) => ({
    path: "src/pay.ts",
    previousPath: null,
    before: absent("x"),
    after: absent("x"),
    patch: noCounts(),
    coveredAddedLines: [],
    uncoveredAddedLines: [],
    lostLines: [],
    uncoveredAddedBranches: [],
    functions: [],
    ...file,
  }));
  const found = findCoverage({ ...nothing, files: whole, unmeasured }, changeOf([changed("src/pay.ts", hunks)]));
  for (const finding of found) {
    expect(RawFinding.safeParse(finding).error).toBeUndefined();
    expect(coverageRules.map(({ id }) => id)).toContain(finding.rule);
  }
  return found;
}

const f = (name: string, line: number, endLine: number | null, state: FunctionChange["state"]) => ({
  name,
  line,
  endLine,
  state,
});

describe("functions that no test enters", () => {
  test.each([
    {
      says: "new",
      functions: [f("refund", 4, 9, "new-uncalled")],
      is: ["uncovered-new-function 4: `refund` is new and no test enters it."],
    },
    {
      says: "changed: the place is the first added line, whose writer weighs it",
      functions: [f("refund", 2, 9, "changed-uncalled")],
      is: ["uncovered-changed-function 4: `refund` changed and no test enters it."],
    },
    {
      says: "without a name",
      functions: [f("(anonymous)", 4, 9, "new-uncalled")],
      is: ["uncovered-new-function 4: The function that begins on line 4 is new and no test enters it."],
    },
    {
      says: "called ones are fine",
      functions: [f("refund", 4, 9, "new-called"), f("pay", 4, 9, "changed-called"), f("old", 1, 2, "lost")],
      is: [],
    },
    {
      says: "callbacks inside are not named again",
      functions: [
        f("refund", 4, 9, "new-uncalled"),
        f("(anonymous)", 5, 5, "new-uncalled"),
        f("(anonymous)", 6, 8, "new-uncalled"),
        f("next", 10, 11, "new-uncalled"),
      ],
      is: [
        "uncovered-new-function 4: `refund` is new and no test enters it.",
        "uncovered-new-function 10: `next` is new and no test enters it.",
      ],
    },
    {
      says: "a name is made inert",
      functions: [f("a\u001b[31m\nb", 4, 9, "new-uncalled")],
      is: ["uncovered-new-function 4: `a[31m b` is new and no test enters it."],
    },
  ])("$says", ({ functions, is }) => {
    const found = find([{ functions }], ["@@ -3,0 +4,20 @@"]);
    expect(
      found.map(({ rule, place, message }) => `${rule} ${place.kind === "lines" ? place.start : ""}: ${message}`),
    ).toEqual(is);
  });

  test("its identity holds no line, so that the finding stays the same when code above it moves", () => {
    const found = find(
      [{ functions: [f("refund", 4, 9, "new-uncalled"), f("(anonymous)", 10, 12, "new-uncalled")] }],
      ["@@ -3,0 +4,9 @@"],
    );
    expect(found.map(({ identity }) => identity)).toEqual(["refund", "function"]);
  });
});

describe("branches fall while lines do not", () => {
  const counts = (lines: [number, number], branches: [number, number]) =>
    present({
      lines: { covered: lines[0], total: lines[1] },
      branches: { covered: branches[0], total: branches[1] },
      functions: { covered: 0, total: 0 },
    });
  test.each([
    { says: "lines rise", before: counts([8, 10], [4, 4]), after: counts([9, 10], [4, 6]), found: true },
    { says: "lines stay", before: counts([8, 10], [4, 4]), after: counts([8, 10], [3, 4]), found: true },
    {
      says: "a third is a third, however it is written",
      before: counts([1, 3], [4, 4]),
      after: counts([2, 6], [3, 4]),
      found: true,
    },
    {
      says: "both fall: that shows by itself",
      before: counts([8, 10], [4, 4]),
      after: counts([7, 10], [3, 4]),
      found: false,
    },
    { says: "both rise", before: counts([8, 10], [2, 4]), after: counts([9, 10], [3, 4]), found: false },
    { says: "branches stay", before: counts([8, 10], [2, 4]), after: counts([9, 10], [3, 6]), found: false },
    { says: "no branches before", before: counts([8, 10], [0, 0]), after: counts([9, 10], [0, 2]), found: false },
    { says: "no before", before: absent("x"), after: counts([9, 10], [0, 2]), found: false },
  ])("$says", ({ before, after, found }) => {
    expect(find([{ before, after }]).map(({ rule }) => rule)).toEqual(found ? ["branches-down-lines-up"] : []);
  });

  test("the message says from what to what", () => {
    const [finding] = find([{ before: counts([8, 10], [4, 4]), after: counts([9, 10], [4, 6]) }]);
    expect(finding?.message).toBe(
      "Branch coverage of src/pay.ts falls from 4 of 4 to 4 of 6, while its line coverage goes from 8 of 10 to 9 of 10.",
    );
  });
});

test.each([
  { lostLines: [7], is: "A line that this change does not touch was reached by tests before and is not now: 7." },
  {
    lostLines: [7, 9, 10, 11],
    is: "4 lines that this change does not touch were reached by tests before and are not now: 7, 9-11.",
  },
  {
    lostLines: [1, 3, 5, 7, 9, 11, 13, 15, 17, 18],
    is: "10 lines that this change does not touch were reached by tests before and are not now: 1, 3, 5, 7, 9, 11, 13, 15 ….",
  },
])("lost lines $lostLines", ({ lostLines, is }) => {
  expect(find([{ lostLines }])).toMatchObject([{ rule: "coverage-lost", place: { start: lostLines[0] }, message: is }]);
});

test("a file that no report knows", () => {
  expect(find([], [], ["src/new\n.ts"])).toMatchObject([
    {
      rule: "unmeasured-file",
      place: { kind: "file", path: "src/new\n.ts" },
      message: expect.stringContaining('"src/new\\n.ts" has added lines'),
    },
  ]);
});
