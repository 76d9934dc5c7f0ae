import type { Pattern } from "./pattern.ts";
import { cloneOfExisting } from "./rules/clone-of-existing.ts";
import { commentedOutCode } from "./rules/commented-out-code.ts";
import { complexFunction } from "./rules/complex-function.ts";
import { broadCatch } from "./rules/broad-catch.ts";
import { llmArtifact } from "./rules/llm-artifact.ts";
import { lostCause } from "./rules/lost-cause.ts";
import { noTimeout } from "./rules/no-timeout.ts";
import { placeholderCode } from "./rules/placeholder-code.ts";
import { retryWithoutJitter } from "./rules/retry-without-jitter.ts";
import { sentinelReturn } from "./rules/sentinel-return.ts";
import { floatingPromise } from "./rules/floating-promise.ts";
import { logAndContinue } from "./rules/log-and-continue.ts";
import { newSuppression } from "./rules/new-suppression.ts";
import { suppressionWithoutReason } from "./rules/suppression-without-reason.ts";
import { guardRemoved } from "./rules/guard-removed.ts";
import { missingAuthorization } from "./rules/missing-authorization.ts";
import { swallowedError } from "./rules/swallowed-error.ts";
import { testWeakened } from "./rules/test-weakened.ts";
import { unboundedRetry } from "./rules/unbounded-retry.ts";
import { typeEscape } from "./rules/type-escape.ts";
import { unreachableCode } from "./rules/unreachable-code.ts";
import { unusedAdded } from "./rules/unused-added.ts";
import { commandInjection } from "./rules/command-injection.ts";
import { codeInjection } from "./rules/code-injection.ts";
import { htmlInjection } from "./rules/html-injection.ts";
import { pathInjection } from "./rules/path-injection.ts";
import { urlInjection } from "./rules/url-injection.ts";
import { logInjection } from "./rules/log-injection.ts";
import { sqlConcatenation } from "./rules/sql-concatenation.ts";
import { corsAny } from "./rules/cors-any.ts";
import { cookieFlags } from "./rules/cookie-flags.ts";
import { debugOn } from "./rules/debug-on.ts";
import { osPrivilege } from "./rules/os-privilege.ts";
import { tlsOff } from "./rules/tls-off.ts";
import { unsafeLoad } from "./rules/unsafe-load.ts";
import { weakCrypto } from "./rules/weak-crypto.ts";

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
  retryWithoutJitter,
  unboundedRetry,
  // Who may do what
  missingAuthorization,
  guardRemoved,
  // Dead and needless code
  unreachableCode,
  complexFunction,
  unusedAdded,
  cloneOfExisting,
  // Checks that are got round
  testWeakened,
  commentedOutCode,
  placeholderCode,
  llmArtifact,
  typeEscape,
  newSuppression,
  suppressionWithoutReason,
  // Injection
  sqlConcatenation,
  commandInjection,
  codeInjection,
  htmlInjection,
  pathInjection,
  urlInjection,
  logInjection,
  // Settings that open what should be closed
  tlsOff,
  corsAny,
  cookieFlags,
  debugOn,
  weakCrypto,
  unsafeLoad,
  osPrivilege,
];
