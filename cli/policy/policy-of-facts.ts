import type { Facts } from "../../core/facts.ts";
import { usePolicy, type UsedPolicy } from "../../core/policy/index.ts";
import { allLintRules, allToolNames } from "../../core/rules.ts";

/** The policy that judges these facts, made whole. @throws {Problem} with everything that is wrong with it */
export function policyOfFacts(facts: Facts): UsedPolicy {
  return usePolicy(facts, allLintRules, allToolNames);
}
