import { describe, expect, test } from "vitest";
import type { DecisionState } from "../../../core/policy/decision.ts";
import { longestTitle, publish } from "../../../core/report/publication.ts";
import { sampleFinding, sampleReview } from "../../builders.ts";

describe("a conclusion never lets a required check pass by looking undecided", () => {
  test.each<{ state: DecisionState; conclusion: string; title: string }>([
    {
      state: "pass",
      conclusion: "success",
      title: "Pass (enforced: blocked): Because. 1 error, 2 warnings, 2 notices",
    },
    {
      state: "warn",
      conclusion: "success",
      title: "Pass with warnings (enforced: blocked): Because. 1 error, 2 warnings, 2 notices",
    },
    { state: "needs-approval", conclusion: "action_required", title: "Needs approval (enforced: blocked): Because." },
    { state: "block", conclusion: "failure", title: "Blocked: Because." },
    { state: "undecided", conclusion: "failure", title: "Undecided (enforced: blocked): Because." },
  ])("$state is $conclusion", ({ state, conclusion, title }) => {
    const review = sampleReview();
    Object.assign(review.decision, { state, summary: ["Because."] });
    expect(publish(review)).toMatchObject({ conclusion, title });
  });
});

test("a title without a reason is the decision alone", () => {
  const review = sampleReview();
  review.decision.summary = [];
  expect(publish(review).title).toBe("Blocked");
});

test("fault 66: whatever was found, the page fits a check run", () => {
  const findings = Array.from({ length: 501 }, (_, index) =>
    sampleFinding({ message: "漢".repeat(500), rule: `rule-${index}`, severity: "warning" }),
  );
  const review = sampleReview({ findings });
  review.decision.summary = ["🇫🇷".repeat(300)];
  const { title, summary, annotations } = publish(review);
  expect(title.length).toBeLessThanOrEqual(longestTitle);
  expect(title).toMatch(/^Blocked: (?:🇫🇷)+…$/);
  expect(summary.length).toBeLessThanOrEqual(65_535);
  expect(annotations.filter(({ level }) => level === "warning").length).toBeGreaterThanOrEqual(501);
});

test("publishing the same review twice gives the same bytes", () => {
  expect(JSON.stringify(publish(sampleReview()))).toBe(JSON.stringify(publish(sampleReview())));
});
