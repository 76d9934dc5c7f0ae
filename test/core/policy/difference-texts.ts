import type { Step } from "../../../core/policy/direction.ts";
import type { PolicyDifference } from "../../../core/policy/policy-difference.ts";

/** Each difference as a line: `loosens: remove area a`. */
export function differenceTexts(found: readonly PolicyDifference[]): string[] {
  return found.map(({ effect, says }) => `${effect}: ${says}`);
}

/** Each step as a line: `loosens: patch_lines 70, which is 80`. */
export function stepTexts(steps: readonly Step[]): string[] {
  return steps.map(({ effect, what }) => `${effect}: ${what}`);
}
