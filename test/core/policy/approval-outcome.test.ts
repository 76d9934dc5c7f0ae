import { describe, expect, test } from "vitest";
import type { AreaApproval } from "../../../core/ownership/index.ts";
import { approvalOutcome, outcomeState } from "../../../core/policy/approval-outcome.ts";
import type { Reason } from "../../../core/policy/decision.ts";
import { askFor } from "../../ownership-facts.ts";
import { noApprovals } from "../../subjects.ts";

function approval(area: string, state: AreaApproval["state"], rest: Partial<AreaApproval> = {}): AreaApproval {
  return { ...noApprovals.of(askFor({ area })), state, says: `${area} is ${state}`, ...rest };
}

const reason = (state: Reason["state"], says: string, fix: string | null = null, reasons: Reason[] = []): Reason => ({
  ...{ says, state, fix, reasons },
});

describe("what the approvals of a rule come to", () => {
  test.each<{ says: string; of: AreaApproval[]; state: string; reason: Reason }>([
    { says: "none is asked for", of: [], state: "satisfied", reason: reason("yes", "nobody is asked") },
    {
      says: "all are there, told by area",
      of: [approval("web", "satisfied", { fix: "Nothing." }), approval("auth", "n/a"), approval("pay", "waived")],
      state: "satisfied",
      reason: reason("yes", "approved: auth, pay, web", null, [
        reason("yes", "auth is n/a"),
        reason("yes", "pay is waived"),
        reason("yes", "web is satisfied", "Nothing."),
      ]),
    },
    {
      says: "one waits: its advice is told",
      of: [approval("web", "waiting", { fix: "Ask ann." }), approval("auth", "satisfied", { fix: "Nothing." })],
      state: "waiting",
      reason: reason("no", "approvals that are open: 1 of 2 (web)", "Ask ann.", [
        reason("yes", "auth is satisfied", "Nothing."),
        reason("no", "web is waiting", "Ask ann."),
      ]),
    },
    {
      says: "one is blocked: it weighs more than one that waits, and the first advice is told",
      of: [
        approval("b", "stale", { fix: "Ask bob." }),
        approval("c", "waiting", { fix: "Ask cat." }),
        approval("a", "blocked"),
      ],
      state: "unsatisfied",
      reason: reason("no", "approvals that are open: 3 of 3 (a, b, c)", "Ask bob.", [
        reason("no", "a is blocked"),
        reason("no", "b is stale", "Ask bob."),
        reason("no", "c is waiting", "Ask cat."),
      ]),
    },
    {
      says: "of one nobody can tell: it weighs most, and nobody has advice",
      of: [approval("a", "error"), approval("b", "blocked")],
      state: "undecided",
      reason: reason("unknown", "approvals that are open: 2 of 2 (a, b)", null, [
        reason("unknown", "a is error"),
        reason("no", "b is blocked"),
      ]),
    },
    {
      says: "the reviews that were looked at, each by whether it counts",
      of: [
        approval("auth", "waiting", {
          considered: [
            { user: "ann", review: "1", reason: "counts", says: "ann owns auth", files: [] },
            { user: "bob", review: "2", reason: "team-not-read", says: "bob's team was not read", files: [] },
            { user: "cat", review: "3", reason: "not-an-owner", says: "cat does not own auth", files: [] },
          ],
        }),
      ],
      state: "waiting",
      reason: reason("no", "approvals that are open: 1 of 1 (auth)", null, [
        reason("no", "auth is waiting", null, [
          reason("yes", "ann owns auth"),
          reason("unknown", "bob's team was not read"),
          reason("no", "cat does not own auth"),
        ]),
      ]),
    },
  ])("$says", ({ of, state, reason: why }) => {
    const approvals = of.toSorted((a, b) => a.area.localeCompare(b.area));
    expect(approvalOutcome(of, "nobody is asked")).toEqual({ state, reason: why, approvals });
  });

  test("two of one area are told in the order in which they were asked for", () => {
    const both = [approval("the change", "waiting", { need: 1 }), approval("the change", "waiting", { need: 2 })];
    expect(approvalOutcome(both, "").approvals?.map(({ need }) => need)).toEqual([1, 2]);
  });
});

describe("what one approval comes to", () => {
  test.each<{ state: AreaApproval["state"]; unsatisfiable?: AreaApproval["unsatisfiable"]; is: string }>([
    { state: "n/a", is: "satisfied" },
    { state: "satisfied", is: "satisfied" },
    { state: "waived", is: "satisfied" },
    { state: "overridden", is: "satisfied" },
    { state: "waiting", is: "waiting" },
    { state: "stale", is: "waiting" },
    { state: "blocked", is: "unsatisfied" },
    { state: "error", is: "undecided" },
    { state: "unsatisfiable", unsatisfiable: "no-eligible-owner", is: "waiting" },
    { state: "unsatisfiable", unsatisfiable: "configuration", is: "undecided" },
  ])("$state $unsatisfiable: $is", ({ state, unsatisfiable = null, is }) => {
    expect(outcomeState({ state, unsatisfiable })).toBe(is);
  });
});
