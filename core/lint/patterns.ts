import type { Pattern } from "./pattern.ts";
import { newSuppression } from "./rules/new-suppression.ts";
import { suppressionWithoutReason } from "./rules/suppression-without-reason.ts";
import { swallowedError } from "./rules/swallowed-error.ts";
import { unreachableCode } from "./rules/unreachable-code.ts";

/** Every pattern that is looked for in code. The rules' names in policies, the docs and the editor's plugin derive from it. */
export const patterns: readonly Pattern[] = [
  // Errors
  swallowedError,
  // Dead and needless code
  unreachableCode,
  // Checks that are got round
  newSuppression,
  suppressionWithoutReason,
];
