import type { Facts } from "../facts.ts";
import { decisionStates, type DecisionState } from "../policy/index.ts";
import { Problem } from "../problem.ts";
import { reviewChange } from "../review-change.ts";
import { compareDecisions, hasChanged, type ComparedBy } from "./compare-decisions.ts";
import { withGivenPolicy, type GivenPolicy } from "./given-policy.ts";

/** What a new policy would make of one change that an old one judged. */
export interface ReplayedChange {
  /** What the reader knows it by: a facts file, or a commit with its subject. Untrusted. */
  name: string;
  changeId: string;
  kind: ReplayKind;
  before: DecisionState | null;
  after: DecisionState | null;
  /** The rules that changed and to which one of the decisions is owed; as in the policy, those that are gone last. */
  rules: string[];
  /** Why one of the policies could not judge it; null when both did. */
  problem: string | null;
}

/** What is new about a decision; `waits` is for an approval. */
export const replayKinds = [
  "newly-blocks",
  "newly-undecided",
  "newly-waits",
  "newly-passes",
  "same",
  "not-judged",
] as const;
export type ReplayKind = (typeof replayKinds)[number];

export interface ReplayPolicies {
  /** Null: the policy that the facts hold. */
  old: GivenPolicy | null;
  new: GivenPolicy;
}

/** How many changes there are of each kind. */
export type ReplayCounts = Readonly<Record<ReplayKind | "total", number>>;

/**
 * Judges one change by two policies. Pure. What only the facts tell (CODEOWNERS, reviews, coverage) is the same for both.
 * A policy that cannot judge these facts is an outcome with its reason, never a pass.
 */
export function replayChange(
  change: { name: string; facts: Facts },
  policies: ReplayPolicies,
  engine: Facts["engine"],
  by: ComparedBy = "decision",
): ReplayedChange {
  const { name, facts } = change;
  const named = { name, changeId: facts.change.id };
  try {
    const before = reviewChange(policies.old === null ? facts : withGivenPolicy(facts, policies.old), engine).decision;
    const after = reviewChange(withGivenPolicy(facts, policies.new), engine).decision;
    const compared = compareDecisions(before, after, by);
    const owed = compared.rules.filter((rule) => hasChanged(rule) && isOwedTo(rule.before, rule.after, compared));
    return {
      ...named,
      kind: kindOf(compared.before, compared.after),
      before: compared.before,
      after: compared.after,
      rules: owed.map(({ id, floor }) => (floor === null ? id : `${floor}: ${id}`)),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...named, kind: "not-judged", before: null, after: null, rules: [], problem: error.what };
  }
}

/** How many of the changes came to what. */
export function countReplay(changes: readonly ReplayedChange[]): ReplayCounts {
  const of = (kind: ReplayKind) => changes.filter((change) => change.kind === kind).length;
  return {
    total: changes.length,
    "newly-blocks": of("newly-blocks"),
    "newly-undecided": of("newly-undecided"),
    "newly-waits": of("newly-waits"),
    "newly-passes": of("newly-passes"),
    same: of("same"),
    "not-judged": of("not-judged"),
  };
}

type Held = { decision: DecisionState } | null;

/** A stricter decision is owed to the rules that say it now; a milder one also to those that said the old one. */
function isOwedTo(before: Held, after: Held, compared: { before: DecisionState; after: DecisionState }): boolean {
  if (after?.decision === compared.after && compared.after !== "pass") return after.decision !== before?.decision;
  const isMilder = decisionStates.indexOf(compared.after) < decisionStates.indexOf(compared.before);
  return isMilder && before?.decision === compared.before && after?.decision !== before.decision;
}

function kindOf(before: DecisionState, after: DecisionState): ReplayKind {
  const [was, is] = [groupOf(before), groupOf(after)];
  return was === is ? "same" : is;
}

function groupOf(state: DecisionState): Exclude<ReplayKind, "same" | "not-judged"> {
  switch (state) {
    case "pass":
    case "warn":
      return "newly-passes";
    case "needs-approval":
      return "newly-waits";
    case "block":
      return "newly-blocks";
    case "undecided":
      return "newly-undecided";
  }
}
