import type { Reason } from "./decision.ts";
import type { Outcome } from "./requirement.ts";

/** How many reasons of one kind are told one by one. */
const mostReasons = 10;

/** A requirement that is met. */
export function satisfied(says: string, reasons: Reason[] = []): Outcome {
  return { state: "satisfied", reason: { says, state: "yes", fix: null, reasons } };
}

/** A requirement that is not met, and what would meet it. */
export function missed(says: string, fix: string, reasons: Reason[] = []): Outcome {
  return { state: "unsatisfied", reason: { says, state: "no", fix, reasons } };
}

/** The first of many, and how many more there are. */
export function few(reasons: readonly Reason[]): Reason[] {
  const left = reasons.length - mostReasons;
  if (left <= 0) return [...reasons];
  const state = reasons.some((reason) => reason.state === "no") ? "no" : "unknown";
  return [...reasons.slice(0, mostReasons), { says: `and ${left} more`, state, fix: null, reasons: [] }];
}
