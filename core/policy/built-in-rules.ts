import { approvalOutcome } from "./approval-outcome.ts";
import { requestToPolicyOwners } from "./approval-requests.ts";
import type { JudgedRule } from "./check-rule.ts";
import { policyFileNames } from "./choose-policy-file.ts";
import type { Policy, Require } from "./policy.ts";
import { resolveRequire, resolveWhen } from "./resolve-policy.ts";
import type { PathList } from "./path-list.ts";

/**
 * Rules that come with keys outside `rules`, or with the engine. No waiver reaches them. Their ids are those keys: a
 * written id has neither dot nor underscore, and is never `forbid`, so the two never meet.
 * @param gateWorkflows the workflows at the base that run the gate
 */
export function builtInRules(policy: Policy, gateWorkflows: readonly string[]): JudgedRule[] {
  return [...boundaries(policy), ...detected(policy), policyOwners(policy, gateWorkflows)];
}

/** The files that say what the gate asks and of whom, beside the workflows that run it. */
export const policyPaths: PathList = [
  ...policyFileNames,
  ".github/countersign/**",
  // The three places of GitHub's documentation, "About code owners".
  ".github/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
];

/** What agents may not propose, whatever the other rules say. */
function boundaries(policy: Policy): JudgedRule[] {
  if (policy.forbid.length === 0) return [];
  const require: Require = { ...resolveRequire({}), forbid: policy.forbid };
  return [{ ...builtIn(policy), id: "forbid", title: "Agents stay within their boundaries", require }];
}

function detected(policy: Policy): JudgedRule[] {
  const { detectedWithoutTrailer } = policy.provenance;
  if (detectedWithoutTrailer === "allow") return [];
  return [
    {
      ...builtIn(policy),
      id: "provenance.detected_without_trailer",
      title: "A commit with marks of AI says so in its trailers",
      when: resolveWhen({ ai: true }),
      require: resolveRequire({ disclosure: "not-only-detected" }),
      unmet: detectedWithoutTrailer,
    },
  ];
}

/** Whoever may change what the gate asks could otherwise switch it off: the one rule that no policy can leave out. */
function policyOwners(policy: Policy, gateWorkflows: readonly string[]): JudgedRule {
  const paths = [...new Set([...policyPaths, ...[...gateWorkflows].sort()])];
  return {
    ...builtIn(policy),
    id: "policy_owners",
    title: "A change to the policy, to code owners or to the gate's workflow has its owner's approval",
    when: resolveWhen({ paths }),
    asks: ({ change, files }) =>
      approvalOutcome(
        [change.subject.approvals.of(requestToPolicyOwners(change, files))],
        "nothing of the policy is changed",
      ),
  };
}

function builtIn({ mode }: Policy) {
  const require = resolveRequire({});
  return { builtIn: true, when: null, require, mode, enforceAfter: null, unmet: "block" } as const;
}
