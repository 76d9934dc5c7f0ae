import { expect, test } from "vitest";
import type { RuleResult } from "../../../core/policy/decision.ts";
import { compare, filesByUncovered, mostSevereFirst, sortedRules } from "../../../core/report/order.ts";
import { sampleFinding, sampleReview } from "../../builders.ts";

test("findings go by severity, and within one in the order given", () => {
  const given = (["notice", "error", "warning", "error"] as const).map((severity, index) =>
    sampleFinding({ severity, identity: `${index}` }),
  );
  expect(mostSevereFirst(given).map(({ severity, identity }) => `${severity} ${identity}`)).toEqual([
    "error 1",
    "error 3",
    "warning 2",
    "notice 0",
  ]);
});

test("rules that ask for something stand before those that hold, in the policy's order", () => {
  const states: RuleResult["state"][] = [
    "satisfied",
    "waiting",
    "not-applicable",
    "unsatisfied",
    "warned",
    "undecided",
  ];
  const sample = sampleReview();
  const first = sample.decision.rules[0]!;
  const rules = states.map((state) => ({ ...first, id: state, state }));
  const sorted = sortedRules({ ...sample, decision: { ...sample.decision, rules } });
  expect(sorted.open.map(({ id }) => id)).toEqual(["waiting", "unsatisfied", "warned", "undecided"]);
  expect(sorted.holding.map(({ id }) => id)).toEqual(["satisfied"]);
  expect(sorted.others.map(({ id }) => id)).toEqual(["not-applicable"]);
});

test("the files with most uncovered added lines come first, then by path", () => {
  const review = sampleReview();
  review.coverage.files.push({ ...review.coverage.files[2]!, path: "src/a.ts" });
  expect(filesByUncovered(review).map(({ path }) => path)).toEqual([
    "src/orders/limit.ts",
    "src/orders/receipt.ts",
    "src/a.ts",
    "src/payments/charge.ts",
    "src/session.ts",
  ]);
});

test("text is compared by code unit, the same on every machine", () => {
  expect(["b", "ä", "a", "B"].sort(compare)).toEqual(["B", "a", "b", "ä"]);
});
