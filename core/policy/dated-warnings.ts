import type { Policy, PolicyRule } from "./policy.ts";
import { hasCome } from "./dates.ts";
import type { FoundProblem, KeyPath } from "./problem.ts";
import { datedWaivers, type DatedWaiver } from "./waivers.ts";

/** A warning before its place is looked up. */
export type Warning = Omit<FoundProblem, "offset">;

/**
 * What is to be said of days in a policy. Without an instant only what is so on every day.
 * @param asOf ISO 8601 in UTC
 */
export function datedWarnings(
  policy: Policy,
  rules: readonly { rule: PolicyRule; index: number }[],
  asOf: string | null,
): Warning[] {
  const waivers = asOf === null ? [] : datedWaivers(policy, asOf);
  return [
    ...rules.flatMap(({ rule, index }) => enforceAfterWarnings(rule, ["rules", index, "enforce_after"], asOf)),
    ...waivers.flatMap((dated, index) => endOf(dated, ["waivers", index, "expires"])),
  ];
}

function enforceAfterWarnings({ mode, enforceAfter }: PolicyRule, path: KeyPath, asOf: string | null): Warning[] {
  if (enforceAfter === null) return [];
  if (mode === "enforce") {
    const what = "the rule is enforced already, so the day changes nothing";
    return [{ code: "CS108", path, what, fix: "Write `mode: warn` beside it, or remove it." }];
  }
  if (asOf === null || !hasCome(enforceAfter, asOf)) return [];
  const what = `the day has come: the rule is enforced since ${enforceAfter}`;
  return [{ code: "CS108", path, what, fix: "Write `mode: enforce` instead of both keys." }];
}

function endOf({ waiver: { id, expires }, state }: DatedWaiver, path: KeyPath): Warning[] {
  if (state === "active") return [];
  if (state === "ending") {
    return [
      {
        code: "CS109",
        path,
        what: `the waiver ${id} ends with ${expires}`,
        fix: "Mend what it exempts, or decide anew.",
      },
    ];
  }
  const what = `the waiver ${id} has ended on ${expires} and exempts nothing`;
  return [{ code: "CS109", path, what, fix: "Remove it, or decide anew and write another day." }];
}
