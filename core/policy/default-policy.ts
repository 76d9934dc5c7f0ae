import type { LintRule } from "../findings/finding.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";
import { presetTexts } from "./preset-texts.ts";
import { formatProblem } from "./problem.ts";

/** The text of `policies/observe.yml`. */
export const defaultPolicyText: string = presetTexts["observe@1"];

/** The policy that applies where none was found: `policies/observe.yml`, which comes with the engine. */
export function defaultPolicy(lintRules: readonly LintRule[]): Policy {
  const loaded = loadPolicy(defaultPolicyText, { file: "policies/observe.yml", lintRules });
  if (loaded.ok) return loaded.policy;
  throw new Error(`the built-in policy does not load: ${loaded.problems.map(formatProblem).join("; ")}`);
}
