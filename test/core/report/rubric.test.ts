import { describe, expect, test } from "vitest";
import { renderJson } from "../../../core/report/json.ts";
import type { Review } from "../../../core/report/review.ts";
import { rubric } from "../../../core/report/rubric.ts";
import { rubricTopics } from "../../../core/report/rubric-item.ts";
import { absent, present } from "../../../core/evidence.ts";
import { heldReview, sampleReview } from "../../builders.ts";

const ticks = (review: Review) =>
  Object.fromEntries(
    rubric(review)
      .filter(({ by }) => by === "gate")
      .map(({ says, ticked, evidence }) => [says, `${ticked}: ${evidence}`]),
  );

function withFiles(...paths: string[]): Review {
  const review = sampleReview();
  const [file] = review.change.files;
  return {
    ...review,
    change: { ...review.change, files: paths.map((path) => ({ ...file!, path, previousPath: null })) },
  };
}

describe("what the gate ticks by itself, with its evidence", () => {
  test("of the sample", () => {
    expect(ticks(sampleReview())).toEqual({
      "Tests run every added line that can run": "false: 74 of 113 added lines that can run (65 %)",
      "The change touches tests": "true: test/payments/charge.test.ts",
      "No manifest or lock file is touched": "false: package.json, package-lock.json",
      "No finding is left": "false: 1 error, 2 warnings, 2 notices",
    });
  });

  test("of a change that owners are asked about", () => {
    expect(ticks(heldReview())["The owners of what it touches have approved it"]).toBe("false: open: auth, the change");
  });

  test.each([
    {
      says: "all lines ran",
      patch: { covered: 3, total: 3 },
      unmeasured: [],
      is: "true: 3 of 3 added lines that can run (100 %)",
    },
    {
      says: "a file was not measured",
      patch: { covered: 3, total: 3 },
      unmeasured: ["a.ts"],
      is: "false: 3 of 3 added lines that can run (100 %)",
    },
    { says: "nothing can run", patch: { covered: 0, total: 0 }, unmeasured: [], is: "true: no added line can run" },
    { says: "nobody knows", patch: null, unmeasured: [], is: "false: the coverage is not known" },
  ])("tests: $says", ({ patch, unmeasured, is }) => {
    const review = sampleReview();
    const nothing = { covered: 0, total: 0 };
    review.coverage.patch =
      patch === null ? absent("no report") : present({ lines: patch, branches: nothing, functions: nothing });
    review.coverage.unmeasured = unmeasured;
    expect(ticks(review)["Tests run every added line that can run"]).toBe(is);
  });

  test("no dependency, no finding", () => {
    const clean = { ...withFiles("src/a.ts"), findings: [] };
    expect(ticks(clean)).toMatchObject({
      "The change touches tests": "false: no test is touched",
      "No manifest or lock file is touched": "true: none is",
      "No finding is left": "true: none",
    });
    expect(rubric(clean).some(({ says }) => says.startsWith("Each new package"))).toBe(false);
  });
});

test("a reviewer's part is never ticked, and every topic has a question", () => {
  for (const review of [sampleReview(), heldReview(), withFiles()]) {
    const items = rubric(review);
    expect(items.filter(({ by, ticked }) => by === "reviewer" && ticked)).toEqual([]);
    expect([...new Set(items.map(({ topic }) => topic))]).toEqual([...rubricTopics]);
    expect(items.some(({ by }) => by === "reviewer")).toBe(true);
  }
});

test("report.json holds it, made anew each time", () => {
  const json: unknown = JSON.parse(renderJson({ ...sampleReview(), rubric: [] }));
  expect(json).toMatchObject({ rubric: rubric(sampleReview()) });
});
