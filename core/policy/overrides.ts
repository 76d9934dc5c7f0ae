import { inertText } from "../untrusted/index.ts";
import { instantOf } from "./dates.ts";
import type { OverrideUse } from "./decision.ts";
import type { BreakGlass } from "./policy.ts";
import type { Subject } from "./subject.ts";

/** A use of break-glass that counts, with the platform's id of it. */
export interface CountingOverride extends OverrideUse {
  id: string;
}

/**
 * The use of break-glass that is in force, or null. It counts when the policy names who gave it, when it is no older than
 * the policy says, and when what the change holds now is what it held then: an override speaks of what somebody saw.
 * Of several the one counts that ends last. What was not read never counts.
 */
export function overrideInForce(breakGlass: BreakGlass | null, subject: Subject): CountingOverride | null {
  if (breakGlass === null || subject.overrides.state === "absent") return null;
  const counting = subject.overrides.value.flatMap((given) => {
    const age = instantOf(subject.asOf) - instantOf(given.at);
    const inTime = age <= breakGlass.maxAgeMs && age >= -mostSkewMs;
    if (!inTime || !isMeant(breakGlass, given, subject)) return [];
    const until = new Date(instantOf(given.at) + breakGlass.maxAgeMs).toISOString();
    return [{ id: given.id, by: shown(given.by, 100), reason: shown(given.reason, 500), until }];
  });
  return counting.sort((a, b) => compare(b.until, a.until) || compare(a.id, b.id))[0] ?? null;
}

/** The platform's clock and the reader's differ a little; an override from further ahead was made up. */
const mostSkewMs = 5 * 60 * 1000;

type Given = Extract<Subject["overrides"], { state: "present" }>["value"][number];

function isMeant({ who }: BreakGlass, { by, commit, at }: Given, { approvals }: Subject): boolean {
  return approvals.isAmong(by, who) === "yes" && approvals.sameContentAt({ commit, at }, () => true) === "yes";
}

function shown(text: string, maxGraphemes: number): string {
  return inertText(text, { maxGraphemes });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
