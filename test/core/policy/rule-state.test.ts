import { describe, expect, test } from "vitest";
import type { AreaApproval } from "../../../core/ownership/index.ts";
import type { DecisionState } from "../../../core/policy/decision.ts";
import type { Outcome } from "../../../core/policy/requirement.ts";
import { ruleState } from "../../../core/policy/rule-state.ts";
import { noApprovals } from "../../subjects.ts";

type Sketch = readonly [AreaApproval["state"], AreaApproval["unsatisfiable"]?];

function outcome(state: Outcome["state"], ...areas: readonly Sketch[]): Outcome {
  const request = { belongs: () => true, owners: "codeowners", fallback: null, defaultOwners: null, count: 1 } as const;
  const approvals = areas.map(([area, unsatisfiable = null], index) => ({
    ...noApprovals.of({ ...request, area: `a${index}`, exclude: ["author"], staleWhen: "push" }),
    state: area,
    unsatisfiable,
  }));
  const reason = { says: "", state: "no" as const, fix: null, reasons: [] };
  return areas.length === 0 ? { state, reason } : { state, reason, approvals };
}

describe("the state of a rule that is not met", () => {
  test.each<{ says: string; enforced: DecisionState; decision: DecisionState; outcomes: Outcome[]; is: string }>([
    {
      says: "evidence is missing",
      enforced: "undecided",
      decision: "undecided",
      outcomes: [outcome("undecided")],
      is: "undecided",
    },
    {
      says: "a person must act",
      enforced: "needs-approval",
      decision: "needs-approval",
      outcomes: [outcome("waiting")],
      is: "waiting",
    },
    { says: "it blocks", enforced: "block", decision: "block", outcomes: [outcome("unsatisfied")], is: "unsatisfied" },
    { says: "it would block", enforced: "block", decision: "warn", outcomes: [outcome("unsatisfied")], is: "warned" },
    {
      says: "one area waits",
      enforced: "needs-approval",
      decision: "needs-approval",
      outcomes: [outcome("waiting", ["satisfied"], ["waiting"])],
      is: "waiting",
    },
    {
      says: "stale weighs more than waiting",
      enforced: "needs-approval",
      decision: "needs-approval",
      outcomes: [outcome("waiting", ["stale"], ["waiting"])],
      is: "stale",
    },
    {
      says: "also where the one that waits stands first",
      enforced: "needs-approval",
      decision: "needs-approval",
      outcomes: [outcome("waiting", ["waiting"], ["stale"], ["waiting"])],
      is: "stale",
    },
    {
      says: "nobody eligible weighs more than stale",
      enforced: "needs-approval",
      decision: "needs-approval",
      outcomes: [outcome("waiting", ["unsatisfiable", "no-eligible-owner"], ["stale"])],
      is: "unsatisfiable",
    },
    {
      says: "changes are requested",
      enforced: "block",
      decision: "block",
      outcomes: [outcome("unsatisfied", ["waiting"], ["blocked"])],
      is: "blocked",
    },
    {
      says: "the same where it only warns",
      enforced: "block",
      decision: "warn",
      outcomes: [outcome("unsatisfied", ["blocked"])],
      is: "blocked",
    },
    {
      says: "the configuration is broken",
      enforced: "undecided",
      decision: "undecided",
      outcomes: [outcome("undecided", ["blocked"], ["unsatisfiable", "configuration"])],
      is: "unsatisfiable",
    },
    {
      says: "an area could not be judged",
      enforced: "undecided",
      decision: "undecided",
      outcomes: [outcome("undecided", ["error"])],
      is: "undecided",
    },
    {
      says: "something else weighs more than the approval",
      enforced: "block",
      decision: "block",
      outcomes: [outcome("waiting", ["stale"]), outcome("unsatisfied")],
      is: "unsatisfied",
    },
    {
      says: "the approval weighs more than something else",
      enforced: "needs-approval",
      decision: "needs-approval",
      outcomes: [outcome("waiting", ["stale"]), outcome("warned")],
      is: "stale",
    },
    {
      says: "whether it applies is not known",
      enforced: "undecided",
      decision: "undecided",
      outcomes: [outcome("waiting", ["stale"])],
      is: "undecided",
    },
  ])("$says: $is", ({ enforced, decision, outcomes, is }) => {
    expect(ruleState(enforced, decision, outcomes)).toBe(is);
  });
});
