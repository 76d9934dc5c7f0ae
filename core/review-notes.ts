import type { Change } from "./change/change.ts";
import type { Facts } from "./facts.ts";
import {
  decide,
  policyFileNames,
  usePolicy,
  type Decision,
  type Subject,
  type UsedPolicy,
  type Vocabulary,
} from "./policy/index.ts";
import { Problem } from "./problem.ts";
import { readRecordBlocks } from "./provenance/index.ts";
import { allLintRules } from "./rules.ts";

/** What a reader should know and what decides nothing, in a fixed order. */
export function reviewNotes(facts: Facts, decision: Decision, subject: Subject, vocabulary: Vocabulary): string[] {
  return [
    ...(facts.policy.state === "absent"
      ? [`${facts.policy.reason}: the built-in \`observe\` policy applies, which blocks nothing.`]
      : []),
    ...proposedPolicyNotes(facts, decision, subject, vocabulary),
    ...otherPolicyFiles(facts.change),
    ...(facts.coverage.head.state === "absent"
      ? [`Coverage of the change is unknown: ${facts.coverage.head.reason}.`]
      : []),
    ...(facts.coverage.head.state === "present" && facts.coverage.base.state === "absent"
      ? [`There is nothing to compare the coverage with: ${facts.coverage.base.reason}.`]
      : []),
    ...recordNotes(facts),
  ];
}

/** Records that say nothing because they cannot be read: silence would look like there were none. */
function recordNotes({ pullRequest, unreadRecords = [] }: Facts): string[] {
  const body = pullRequest.state === "present" ? pullRequest.value.body : "";
  const inBody = readRecordBlocks(body).problems.map(
    (problem) => `A record of the pull request does not count: ${problem}.`,
  );
  return [...inBody, ...unreadRecords.map((reason) => `Records of this change do not count: ${reason}.`)];
}

/** The reasons for which `proposedPolicy` is absent although the change touches the policy. */
export const policyDeleted = "the change deletes the policy";
export const policyUnreadable =
  "the change leaves no policy that can be read: a link, a folder or a file that is too large";

/** The change's own copy of the policy is tried beside the base's, so that a reader sees what it would loosen. It decides nothing. */
function proposedPolicyNotes(facts: Facts, decision: Decision, subject: Subject, vocabulary: Vocabulary): string[] {
  const judgedBy = "It was judged by the base's, which counts until the change is merged.";
  if (facts.proposedPolicy.state === "absent") {
    if (facts.proposedPolicy.reason === policyDeleted) return [`This change deletes the policy. ${judgedBy}`];
    if (facts.proposedPolicy.reason === policyUnreadable)
      return [`With this change the policy is a link, a folder or too large, and no run could read it. ${judgedBy}`];
    return [];
  }
  const opening =
    facts.policy.state === "absent"
      ? "This change adds a policy, which counts once it is merged"
      : "This change edits the policy. It was judged by the base's copy";
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

function tryPolicy(file: Facts["policy"]): UsedPolicy | Problem {
  try {
    return usePolicy(file, allLintRules);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Beside the policy, a file that looks like one stops every later run, because nobody could say which counts. */
function otherPolicyFiles({ files }: Change): string[] {
  const [name, ...others] = policyFileNames;
  return files
    .filter(({ path, status }) => status !== "deleted" && others.some((other) => other === path))
    .map(
      ({ path }) =>
        `This change brings ${path}, which is not read: with it merged, every run would stop and ask for ${name} alone.`,
    );
}
