import type { Change } from "./change/change.ts";
import type { Facts } from "./facts.ts";
import {
  comparePolicies,
  decide,
  judgeAi,
  policyFileNames,
  usePolicy,
  type Decision,
  type Policy,
  type PolicyDifference,
  type Subject,
  type UsedPolicy,
  type Vocabulary,
  type WaiverUse,
} from "./policy/index.ts";
import { Problem } from "./problem.ts";
import { readRecordBlocks, worksAtRequest } from "./provenance/index.ts";
import { allLintRules, allToolNames } from "./rules.ts";
import { inertText } from "./untrusted/index.ts";

/** What a reader should know and what decides nothing, in a fixed order. */
export function reviewNotes(facts: Facts, { policy, decision, subject, vocabulary }: JudgedReview): string[] {
  return [
    ...(facts.policy.state === "absent"
      ? [`${facts.policy.reason}: the built-in \`observe\` policy applies, which blocks nothing.`]
      : []),
    ...proposedPolicyNotes(facts, { policy, decision, subject, vocabulary }),
    ...otherPolicyFiles(facts.change),
    ...(facts.coverage.head.state === "absent"
      ? [`Coverage of the change is unknown: ${facts.coverage.head.reason}.`]
      : []),
    ...(facts.coverage.head.state === "present" && facts.coverage.base.state === "absent"
      ? [`There is nothing to compare the coverage with: ${facts.coverage.base.reason}.`]
      : []),
    ...recordNotes(facts),
    ...(decision.state === "pass" ? [] : unprovenNotes(subject)),
    ...requesterNotes(facts, decision),
    ...decision.waivers.flatMap(waiverNote),
  ];
}

/** By what a change was judged, and how. */
export interface JudgedReview {
  policy: Policy;
  decision: Decision;
  subject: Subject;
  vocabulary: Vocabulary;
}

/** Whoever owns an exception hears of its end in time to mend what it exempts, and afterwards why a rule counts again. */
function waiverNote({ id, rule, finding, owner, expires, state }: WaiverUse): string[] {
  const what = rule === null ? `findings of ${finding ?? "no lint rule"}` : `rule ${rule}`;
  if (state === "ending")
    return [`Waiver ${id} (${owner}) ends on ${expires}: after that day ${what} counts again here.`];
  return state === "expired" ? [`Waiver ${id} (${owner}) ended on ${expires}: ${what} counts again here.`] : [];
}

/** Records that say nothing because they cannot be read: silence would look like there were none. */
function recordNotes({ pullRequest, unreadRecords = [] }: Facts): string[] {
  const body = pullRequest.state === "present" ? pullRequest.value.body : "";
  const inBody = readRecordBlocks(body).problems.map(
    (problem) => `A record of the pull request does not count: ${problem}.`,
  );
  return [...inBody, ...unreadRecords.map((reason) => `Records of this change do not count: ${reason}.`)];
}

/** Why commits in the name of the bot that opened the change are not taken for the bot's. */
function unprovenNotes({ provenance }: Subject): string[] {
  const told = provenance.commits.flatMap(({ signals }) =>
    signals.flatMap(({ agent, unproven }) =>
      unproven === undefined ? [] : [`in the name of ${agent ?? "a bot"}, which opened the pull request: ${unproven}.`],
    ),
  );
  return [...Map.groupBy(told, (each) => each)].map(([each, { length }]) => {
    return `${length} ${length === 1 ? "commit that is a claim" : "commits that are claims"} ${each}`;
  });
}

/** Whoever asked a bot for the work must not approve it, and where nobody can tell who that is, approvals do not show it. */
function requesterNotes({ pullRequest, mergeGroup }: Facts, { rules }: Decision): string[] {
  if (!rules.some(({ approvals }) => approvals.some(({ state }) => state !== "n/a"))) return [];
  const openers = [
    ...(pullRequest.state === "present" ? [pullRequest.value] : []),
    ...(mergeGroup.state === "present" ? mergeGroup.value : []),
  ];
  return openers
    .filter((opener) => opener.agentRequesters.length === 0 && worksAtRequest(opener))
    .map(({ number, author }) => {
      const who = inertText(author, { maxGraphemes: 60 });
      return `At whose request ${who} opened #${number} is not known, so whoever asked for it is not kept from approving it.`;
    });
}

/** The reasons for which `proposedPolicy` is absent although the change touches the policy. */
export const policyDeleted = "the change deletes the policy";
export const policyUnreadable =
  "the change leaves no policy that can be read: a link, a folder or a file that is too large";

/** The change's own copy of the policy is tried beside the base's, so that a reader sees what it would loosen. It decides nothing. */
function proposedPolicyNotes(facts: Facts, { policy, decision, subject, vocabulary }: JudgedReview): string[] {
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
  const proposed = tryPolicy({ ...facts, policy: facts.proposedPolicy });
  if (proposed instanceof Problem)
    return [`${opening}; its own copy has mistakes and could not be tried. ${proposed.what}`];
  const { state } = decide({
    policy: proposed.policy,
    source: proposed.source,
    subject: vocabulary.weighedBy(subject, judgeAi(proposed.policy, subject), proposed.policy.lint),
    vocabulary,
    engine: facts.engine,
    factsDigest: decision.factsDigest,
  });
  return [
    state === decision.state
      ? `${opening}; under its own copy it would be judged the same (${state}).`
      : `${opening} (${decision.state}); under its own copy it would be: ${state}.`,
    ...(facts.policy.state === "absent" ? [] : differenceNotes(comparePolicies(policy, proposed.policy))),
  ];
}

/** More differences than these are another policy. */
const mostDifferences = 20;

/** What the change's own copy would ask less of later changes, one by one; that it asks for more needs no second look. */
function differenceNotes(differences: readonly PolicyDifference[]): string[] {
  const weighty = differences.filter(({ effect }) => effect !== "tightens");
  const more = differences.length - weighty.length;
  const left = weighty.length - mostDifferences;
  return [
    ...weighty.slice(0, mostDifferences).map(({ says }) => `This change would ${says}.`),
    ...(left > 0 ? [`It would differ from the base's policy in ${left} more places.`] : []),
    ...(more > 0
      ? [`It would ask for more than the base's policy in ${more} ${more === 1 ? "place" : "places"}.`]
      : []),
  ];
}

function tryPolicy(facts: Facts): UsedPolicy | Problem {
  try {
    return usePolicy(facts, allLintRules, allToolNames);
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
