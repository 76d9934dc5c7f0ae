import type { DecisionState } from "../core/policy/index.ts";

/** From which decision on a run fails. */
export const failOnValues = ["never", "block", "needs-approval"] as const;
export type FailOn = (typeof failOnValues)[number];

/** 3: the person can mend it (flags, policy, history). 4: our own fault. Neither depends on `--fail-on`. */
export const exitCodes = { pass: 0, fail: 1, undecided: 2, usage: 3, fault: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** 0 for pass and warn, 1 for a block, 2 for undecided; `never` lets all end with 0, `needs-approval` fails that too. */
export function exitCode(state: DecisionState, failOn: FailOn): ExitCode {
  if (failOn === "never") return exitCodes.pass;
  switch (state) {
    case "pass":
    case "warn":
      return exitCodes.pass;
    case "needs-approval":
      return failOn === "needs-approval" ? exitCodes.fail : exitCodes.pass;
    case "block":
      return exitCodes.fail;
    case "undecided":
      return exitCodes.undecided;
  }
}
