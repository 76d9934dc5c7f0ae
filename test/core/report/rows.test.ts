import { expect, test } from "vitest";
import { absent } from "../../../core/evidence.ts";
import { aiLines, aiTests, countBySeverity, newPaths, verdictRows } from "../../../core/report/rows.ts";
import { sampleFinding, sampleReview } from "../../builders.ts";

test("a verdict without a commit or a line has no row", () => {
  const review = sampleReview();
  review.provenance.totals.commits.suggestion = 0;
  review.provenance.totals.lines.suggestion = 0;
  expect(verdictRows(review).map(({ verdict }) => verdict)).toEqual([
    "agent-authored",
    "agent-assisted",
    "automation",
    "human",
    "undeclared",
  ]);
});

test("a verdict with commits that add nothing keeps its row", () => {
  const review = sampleReview();
  review.provenance.totals.lines.human = 0;
  expect(verdictRows(review).find(({ verdict }) => verdict === "human")).toMatchObject({ commits: 1, lines: 0 });
});

test("without a coverage report, what the tests reach is unknown and not 0", () => {
  const review = sampleReview();
  review.coverage.patch = absent("no coverage report was given");
  expect(verdictRows(review).map(({ tests }) => tests)).toEqual(Array(6).fill(null));
});

test.each([
  {
    says: "in measured files only",
    unmeasured: [],
    automation: { covered: 0, total: 0 },
    ai: { covered: 0, total: 0 },
  },
  { says: "in a file that no report measures", unmeasured: ["x.ts"], automation: null, ai: null },
])("0 of 0 is nothing to run, or unknown, for lines $says", ({ unmeasured, automation, ai }) => {
  const review = sampleReview({ countsAsAi: ["automation"] });
  const [first] = review.change.files;
  const writer = { ...first!.written[0]!.writer, verdict: "automation" as const };
  review.change.files = [{ ...first!, path: "x.ts", written: [{ start: 1, end: 2, writer }] }];
  review.coverage.unmeasured = unmeasured;
  review.coverage.byGroup.ai = review.coverage.byVerdict.automation;
  const tests = (verdict: string) => verdictRows(review).find((row) => row.verdict === verdict)?.tests;
  expect(tests("automation")).toEqual(automation);
  expect(tests("human")).toEqual({ covered: 0, total: 0 });
  expect(aiTests(review)).toEqual(ai);
});

test.each([
  { says: "the usual two", countsAsAi: ["agent-authored", "agent-assisted"] as const, covered: 96 + 169 },
  {
    says: "what a policy adds",
    countsAsAi: ["agent-assisted", "suggestion", "undeclared"] as const,
    covered: 169 + 4 + 9,
  },
  { says: "none", countsAsAi: [] as const, covered: 0 },
])("AI lines are those that the policy counts: $says", ({ countsAsAi, covered }) => {
  expect(aiLines(sampleReview({ countsAsAi: [...countsAsAi] }))).toEqual({ covered, total: 304 });
});

test("findings are counted by severity", () => {
  const findings = (["error", "notice", "error"] as const).map((severity) => sampleFinding({ severity }));
  expect(countBySeverity(findings)).toEqual({ error: 2, warning: 0, notice: 1 });
});

test("only added files are new; a renamed one had a before", () => {
  expect([...newPaths(sampleReview())]).toEqual([
    "src/orders/limit.ts",
    "src/orders/receipt.ts",
    "test/payments/charge.test.ts",
  ]);
});
