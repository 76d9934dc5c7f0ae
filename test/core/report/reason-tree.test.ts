import { describe, expect, test } from "vitest";
import type { Reason } from "../../../core/policy/decision.ts";
import { reasonTree } from "../../../core/report/reason-tree.ts";
import { sampleReview } from "../../builders.ts";

function reason(state: Reason["state"], fix: string | null, reasons: Reason[] = []): Reason {
  return { says: `${state} with ${reasons.length} inside`, state, fix, reasons };
}

function shown(given: Reason): Reason {
  const review = sampleReview();
  review.decision.nextSteps = ["some-rule: Write a test."];
  return reasonTree(review, { ...review.decision.rules[0]!, reasons: [given] })[0]!;
}

describe("what a reader needs of a rule's reasons", () => {
  test.each([
    {
      says: "what holds, without what it rests on",
      given: reason("yes", "Fix.", [reason("no", null)]),
      fix: null,
      inside: 0,
    },
    {
      says: "what does not hold, with what is inside",
      given: reason("no", null, [reason("no", null)]),
      fix: null,
      inside: 1,
    },
    {
      says: "what is unknown, with what is inside",
      given: reason("unknown", null, [reason("yes", null)]),
      fix: null,
      inside: 1,
    },
    { says: "a fix of its own", given: reason("no", "Ask somebody."), fix: "Ask somebody.", inside: 0 },
    { says: "no fix that is a next step already", given: reason("no", "Write a test."), fix: null, inside: 0 },
  ])("$says", ({ given, fix, inside }) => {
    expect(shown(given).fix).toBe(fix);
    expect(shown(given).reasons).toHaveLength(inside);
    expect(shown(given).says).toBe(given.says);
  });
});
