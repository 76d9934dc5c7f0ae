import type { Facts } from "./facts.ts";
import { decide, usePolicy, type Decision, type Subject, type UsedPolicy, type Vocabulary } from "./policy/index.ts";
import { Problem } from "./problem.ts";
import { allLintRules } from "./rules.ts";

/** What a reader should know and what decides nothing, in a fixed order. */
export function reviewNotes(facts: Facts, decision: Decision, subject: Subject, vocabulary: Vocabulary): string[] {
  return [
    ...(facts.policy.state === "absent"
      ? [`${facts.policy.reason}: the built-in \`observe\` policy applies, which blocks nothing.`]
      : []),
    ...proposedPolicyNotes(facts, decision, subject, vocabulary),
    ...(facts.coverage.head.state === "absent"
      ? [`Coverage of the change is unknown: ${facts.coverage.head.reason}.`]
      : []),
    ...(facts.coverage.head.state === "present" && facts.coverage.base.state === "absent"
      ? [`There is nothing to compare the coverage with: ${facts.coverage.base.reason}.`]
      : []),
  ];
}

/** The change's own copy of the policy is tried beside the base's, so that a reader sees what it would loosen. It decides nothing. */
function proposedPolicyNotes(facts: Facts, decision: Decision, subject: Subject, vocabulary: Vocabulary): string[] {
  if (facts.proposedPolicy.state === "absent") {
    return facts.proposedPolicy.reason === policyDeleted
      ? ["This change deletes the policy. It was judged by the base's, which counts until the change is merged."]
      : [];
  }
  const opening = "This change edits the policy. It was judged by the base's copy";
  const proposed = tryPolicy(facts.proposedPolicy);
  if (proposed instanceof Problem)
    return [`${opening}; its own copy has mistakes and could not be tried. ${proposed.what}`];
  const { state } = decide({
    policy: proposed.policy,
    source: proposed.source,
    subject,
    vocabulary,
    engine: facts.engine,
    factsDigest: decision.factsDigest,
  });
  return [
    state === decision.state
      ? `${opening}; under its own copy it would be judged the same (${state}).`
      : `${opening} (${decision.state}); under its own copy it would be: ${state}.`,
  ];
}

/** The reason for which `proposedPolicy` is absent when the change removes the file. */
export const policyDeleted = "the change deletes the policy";

function tryPolicy(file: Facts["policy"]): UsedPolicy | Problem {
  try {
    return usePolicy(file, allLintRules);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
