import { closest } from "../policy/index.ts";
import { trialCase, type WrittenCase } from "./written-case.ts";

/**
 * What of a written case can be played: the case, or the case without the keys that are wrong, where no step depends on
 * them, so that its other mistakes are told in the same run. Null where one may: half a change would bring false ones.
 */
export function playableCase(value: unknown): WrittenCase | null {
  const read = trialCase.safeParse(value);
  if (read.success) return read.data;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const wrong = read.error.issues.flatMap((issue) => {
    return issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [String(issue.path[0] ?? "")];
  });
  if (!wrong.every(isIdle)) return null;
  const right = Object.entries(value).filter(([key]) => !wrong.includes(key));
  return trialCase.safeParse({ name: "?", expect: { decision: "pass" }, ...Object.fromEntries(right) }).data ?? null;
}

const idleKeys: readonly string[] = [
  ...["name", "expect", "codeowners", "writers", "coverage", "findings", "secrets", "not_analysed", "checks"],
  ...["signatures", "statements", "gate_workflows", "unread"],
];

/** A key that no step depends on, or that was meant as one. One that nobody can guess may have been any other. */
function isIdle(key: string): boolean {
  const known = Object.keys(trialCase.shape);
  const meant = known.includes(key) ? key : closest(key, known);
  return meant !== null && idleKeys.includes(meant);
}
