import type { Pattern } from "./pattern.ts";
import { cloneOfExisting } from "./rules/clone-of-existing.ts";
import { complexFunction } from "./rules/complex-function.ts";
import { broadCatch } from "./rules/broad-catch.ts";
import { llmArtifact } from "./rules/llm-artifact.ts";
import { lostCause } from "./rules/lost-cause.ts";
import { noTimeout } from "./rules/no-timeout.ts";
import { placeholderCode } from "./rules/placeholder-code.ts";
import { sentinelReturn } from "./rules/sentinel-return.ts";
import { floatingPromise } from "./rules/floating-promise.ts";
import { logAndContinue } from "./rules/log-and-continue.ts";
import { newSuppression } from "./rules/new-suppression.ts";
import { suppressionWithoutReason } from "./rules/suppression-without-reason.ts";
import { swallowedError } from "./rules/swallowed-error.ts";
import { typeEscape } from "./rules/type-escape.ts";
import { unreachableCode } from "./rules/unreachable-code.ts";
import { unusedAdded } from "./rules/unused-added.ts";
import { sqlConcatenation } from "./rules/sql-concatenation.ts";

/** Every pattern that is looked for in code. The rules' names in policies, the docs and the editor's plugin derive from it. */
export const patterns: readonly Pattern[] = [
  // Errors
  swallowedError,
  broadCatch,
  logAndContinue,
  sentinelReturn,
  lostCause,
  floatingPromise,
  noTimeout,
  // Dead and needless code
  unreachableCode,
  complexFunction,
  unusedAdded,
  cloneOfExisting,
  // Checks that are got round
  placeholderCode,
  llmArtifact,
  typeEscape,
  newSuppression,
  suppressionWithoutReason,
  // Injection
  sqlConcatenation,
];
