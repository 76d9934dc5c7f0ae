import { expect, test } from "vitest";
import { decisionStates } from "../../core/policy/decision.ts";
import { exitCode, exitCodes, failOnValues } from "../../gate/exit-code.ts";

/** Under `never` a decision never fails a run; what was not decided is never a pass else. */
const table = [
  { state: "pass", never: 0, block: 0, "needs-approval": 0 },
  { state: "warn", never: 0, block: 0, "needs-approval": 0 },
  { state: "needs-approval", never: 0, block: 0, "needs-approval": 1 },
  { state: "block", never: 0, block: 1, "needs-approval": 1 },
  { state: "undecided", never: 0, block: 2, "needs-approval": 2 },
] as const;

test.each(
  table.flatMap(({ state, ...codes }) => failOnValues.map((failOn) => ({ state, failOn, code: codes[failOn] }))),
)("$state with --fail-on $failOn ends with $code", ({ state, failOn, code }) =>
  expect(exitCode(state, failOn)).toBe(code),
);

test("every decision has its row", () => {
  expect(table.map(({ state }) => state)).toEqual(decisionStates);
});

test("the codes are those that scripts rely on", () => {
  expect(exitCodes).toEqual({ pass: 0, fail: 1, undecided: 2, usage: 3, fault: 4 });
});
