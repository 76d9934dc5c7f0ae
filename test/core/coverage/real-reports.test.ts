import { expect, test } from "vitest";
import type { Change, ChangedFile } from "../../../core/change/change.ts";
import type { CoverageReview } from "../../../core/coverage/coverage-review.ts";
import { mergeReports } from "../../../core/coverage/merge-reports.ts";
import { readCoverage } from "../../../core/coverage/read-coverage.ts";
import type { CoverageReport } from "../../../core/coverage/report.ts";
import { reviewCoverage } from "../../../core/coverage/review-coverage.ts";
import { findCoverage } from "../../../core/coverage/rules.ts";
import { present } from "../../../core/evidence.ts";
import { countingAsAi } from "../../ai-judgement.ts";
import { authorshipOf, changed, changeOf, fixture, head, mergeBase } from "./samples.ts";

/**
 * A small shop before and after a change (`test/fixtures/coverage/suite`), its suite really run by vitest, and git's
 * own diff. Every number here was counted by hand in the sources.
 */
const change = readChange(new TextDecoder().decode(fixture("change.diff")));

function readChange(diff: string): Change {
  return changeOf(
    diff
      .split(/^diff --git /m)
      .slice(1)
      .map((part): ChangedFile => {
        const [, from = "", to = ""] = /^a\/(\S+) b\/(\S+)/.exec(part) ?? [];
        const hunks = part.match(/^@@ .*? @@/gm) ?? [];
        if (part.includes("\nnew file")) return changed(to, hunks, { status: "added" });
        if (part.includes("\ndeleted file")) return changed(from, hunks, { status: "deleted" });
        return from === to ? changed(to, hunks) : changed(to, hunks, { status: "renamed", previousPath: from });
      }),
  );
}

function read(version: "before" | "after", name: string): CoverageReport {
  const result = readCoverage(fixture(`${version}/${name}`), name);
  if (!result.ok) throw new Error(result.problem.what);
  const files = version === "before" ? ["cart", "legacy", "money", "stock"] : ["cart", "currency", "discount", "stock"];
  const merged = mergeReports([result.raw], {
    commit: version === "before" ? mergeBase : head,
    paths: files.map((file) => `src/${file}.ts`),
    repositoryRoot: "/home/dev/shop",
  });
  if (!merged.ok) throw new Error(merged.problem.what);
  expect(merged.report.unmatched).toEqual([]);
  return merged.report;
}

function review(name: string): CoverageReview {
  return reviewCoverage({
    change,
    coverage: { head: present(read("after", name)), base: present(read("before", name)) },
    lineMaps: [],
    authorship: authorshipOf(change, (path, line) =>
      path === "src/cart.ts" && line >= 24 && line <= 29 ? "agent-assisted" : "human",
    ),
    ai: countingAsAi(),
  }).review;
}

const counts = (lines: [number, number], branches: [number, number], functions: [number, number]) => {
  const [line, branch, declared] = [lines, branches, functions].map(([covered, total]) => ({ covered, total }));
  return { lines: line, branches: branch, functions: declared };
};

test("the diff is the one that the suite says", () => {
  expect(change.files.map(({ path, status }) => `${status} ${path}`)).toEqual([
    "modified spec/cart.spec.ts",
    "modified src/cart.ts",
    "renamed src/currency.ts",
    "added src/discount.ts",
    "deleted src/legacy.ts",
  ]);
});

test.each(["coverage-final.json", "lcov.info"])("what the tests reach, read from %s", (name) => {
  const found = review(name);
  expect(found.baseline.quality).toBe("exact");
  // cart: 17 and 32 ran, 25, 26 and 28 did not; currency: 3 ran; discount: 2 did not.
  expect(found.patch).toEqual(present(counts([3, 7], [2, 5], [1, 3])));
  expect(found.byGroup.ai).toEqual(counts([0, 3], [0, 2], [0, 1]));
  expect(found.byGroup.human).toEqual(counts([3, 4], [2, 3], [1, 2]));
  expect(found.unmeasured).toEqual([]);
});

test.each(["coverage-final.json", "lcov.info"])("each file before and after, read from %s", (name) => {
  const { files, project } = review(name);
  const lines = files.map(({ path, before, after, uncoveredAddedLines }) => {
    const of = (side: typeof before) =>
      side.state === "absent" ? side.reason : `${side.value.lines.covered}/${side.value.lines.total}`;
    return [path, of(before), of(after), uncoveredAddedLines];
  });
  expect(lines).toEqual([
    ["src/cart.ts", "5/5", "5/8", [25, 26, 28]],
    ["src/currency.ts", "3/3", "4/4", []],
    ["src/discount.ts", "the file is new", "0/1", [2]],
    ["src/legacy.ts", "3/3", "the change deletes the file", []],
    // Untouched: its lines are all reached as before, but one arm of a branch is not.
    ["src/stock.ts", "6/6", "6/6", []],
  ]);
  expect(project.before).toMatchObject({ value: { lines: { covered: 17, total: 17 } } });
  expect(project.after).toMatchObject({ value: { lines: { covered: 15, total: 19 } } });
  expect(
    files.flatMap(({ path, uncoveredAddedBranches }) =>
      uncoveredAddedBranches.map(({ line, taken, total }) => `${path}:${line} ${taken}/${total}`),
    ),
  ).toEqual(["src/cart.ts:25 0/2", "src/currency.ts:3 1/2"]);
});

test.each([
  { name: "coverage-final.json", knowsEnds: true },
  { name: "lcov.info", knowsEnds: false },
])("functions, read from $name", ({ name, knowsEnds }) => {
  const states = review(name).files.flatMap(({ functions }) =>
    functions.map(({ name: called, state }) => `${called} ${state}`),
  );
  expect(states).toEqual([
    // Changed within its body, which lcov without end lines cannot show.
    ...(knowsEnds ? ["receipt changed-called"] : []),
    "refund new-uncalled",
    "isLarge changed-called",
    ...(knowsEnds ? ["format changed-called"] : []),
    "discount new-uncalled",
  ]);
});

test("what is found", () => {
  expect(findCoverage(review("coverage-final.json"), change).map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
    [
      "uncovered-new-function: `refund` is new and no test enters it.",
      "branches-down-lines-up: Branch coverage of src/currency.ts falls from 2 of 2 to 3 of 4, while its line coverage goes from 3 of 3 to 4 of 4.",
      "uncovered-new-function: `discount` is new and no test enters it.",
      "branches-down-lines-up: Branch coverage of src/stock.ts falls from 5 of 6 to 4 of 6, while its line coverage goes from 6 of 6 to 6 of 6.",
    ],
  );
});

test("istanbul before and V8 after are not compared", () => {
  const result = readCoverage(fixture("after-v8/coverage-final.json"), "v8.json");
  if (!result.ok) throw new Error(result.problem.what);
  const merged = mergeReports([result.raw], { commit: head, paths: ["src/cart.ts"], repositoryRoot: null });
  if (!merged.ok) throw new Error(merged.problem.what);
  const { review: found } = reviewCoverage({
    change,
    coverage: { head: present(merged.report), base: present(read("before", "coverage-final.json")) },
    lineMaps: [],
    authorship: { files: new Map() },
    ai: countingAsAi([]),
  });
  expect(found.baseline.quality).toBe("incomparable");
  expect(found.project.delta.state).toBe("absent");
});
