import type { DecisionState } from "../../policy/decision.ts";
import type { Style } from "../terminal/screen.ts";

/** The colour of a decision on a terminal. */
export const decisionStyles: Readonly<Record<DecisionState, Style>> = {
  pass: "good",
  warn: "caution",
  "needs-approval": "caution",
  block: "bad",
  undecided: "bad",
};
