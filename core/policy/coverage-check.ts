import { deltaReasons } from "./coverage-delta.ts";
import { patchReasons, unmeasured } from "./coverage-of-patch.ts";
import type { Reason } from "./decision.ts";
import type { Scope } from "./judged.ts";
import type { Outcome } from "./requirement.ts";
import { untestedFunctions } from "./untested-functions.ts";

/** Ratios from 0 to 1; `projectDelta` from -1 to 1. Null where nothing is asked. */
export interface CoverageLimits {
  patchLines: number | null;
  patchBranches: number | null;
  aiLines: number | null;
  projectDelta: number | null;
  /** At most this many functions that are new or changed and that no test enters. */
  untestedFunctions: number | null;
  /** Whether the limits on what was added hold for each touched area by itself. */
  byArea: boolean;
  /** What missing evidence comes to. */
  noReport: "block" | "warn";
}

/**
 * Compares what the tests ran with the limits. A limit that is not reached decides first; where one cannot be compared
 * because evidence is missing, `noReport` decides. No executable added line reaches every limit.
 */
export function checkCoverage(limits: CoverageLimits, scope: Scope): Outcome {
  const parts = limits.byArea ? byArea(scope) : [{ name: "", scope }];
  const reasons = [
    ...parts.flatMap((part) => addedReasons(limits, part.scope).map((reason) => within(part.name, reason))),
    ...deltaReasons(limits, scope),
    ...unmeasured(scope),
  ];
  const failed = reasons.filter(({ state }) => state === "no");
  const missing = reasons.filter(({ state }) => state === "unknown");
  if (failed.length > 0) return outcome("unsatisfied", "no", "the tests do not reach enough", reasons);
  if (missing.length === 0) return outcome("satisfied", "yes", "the tests reach enough", reasons);
  const state = limits.noReport === "warn" ? "warned" : "unsatisfied";
  return outcome(state, "unknown", "what the tests reach is not known", reasons);
}

function outcome(state: Outcome["state"], answer: Reason["state"], says: string, reasons: Reason[]): Outcome {
  return { state, reason: { says, state: answer, fix: null, reasons } };
}

/** The scope once for each area that its files touch, and once for those in none. */
function byArea(scope: Scope): { name: string; scope: Scope }[] {
  const areas = [...new Set(scope.files.flatMap((file) => file.areas))].sort();
  const inside = areas.map((name) => ({ name, files: scope.files.filter((file) => file.areas.includes(name)) }));
  const outside = { name: "files in no area", files: scope.files.filter((file) => file.areas.length === 0) };
  const parts = outside.files.length > 0 || areas.length === 0 ? [...inside, outside] : inside;
  return parts.map(({ name, files }) => ({ name, scope: { ...scope, files } }));
}

function within(name: string, reason: Reason): Reason {
  return name === "" ? reason : { ...reason, says: `${name}: ${reason.says}` };
}

function addedReasons(limits: CoverageLimits, scope: Scope): Reason[] {
  return [...patchReasons(limits, scope), ...untestedFunctions(limits.untestedFunctions, scope)];
}
