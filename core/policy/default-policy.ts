import type { LintRule } from "../findings/finding.ts";
import { defaultPolicyText } from "./default-policy-text.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";
import { formatProblem } from "./problem.ts";

export { defaultPolicyText };

/** The policy that applies where none was found: `policies/observe.yml`, which comes with the engine. */
export function defaultPolicy(lintRules: readonly LintRule[]): Policy {
  const loaded = loadPolicy(defaultPolicyText, { file: "policies/observe.yml", lintRules });
  if (loaded.ok) return loaded.policy;
  throw new Error(`the built-in policy does not load: ${loaded.problems.map(formatProblem).join("; ")}`);
}
