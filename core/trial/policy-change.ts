import { absent } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { comparePolicies, digestOf, loadPolicy, type LoadedPolicy, type PolicyDifference } from "../policy/index.ts";
import { checkedProblems, type CheckedPolicy } from "../report/index.ts";
import { policyDeleted, policyUnreadable } from "../review-notes.ts";
import { allLintRules, allToolNames } from "../rules.ts";
import { replayChange, type ReplayedChange } from "./replay.ts";

/** What a change does to the policy. It is shown, and never obeyed before it is merged. */
export interface PolicyChange {
  /** The change's own copy; null where it leaves none that can be read, and `gone` says how. */
  checked: CheckedPolicy | null;
  gone: "deleted" | "unreadable" | null;
  /** How its copy differs from the base's; null where its copy does not load, or the base has none. */
  differences: readonly PolicyDifference[] | null;
  /** What its copy would make of the change itself; null where it does not load, or the base's does not. */
  replayed: ReplayedChange | null;
  /** The base's own policy, where it does not load: nothing is judged by it, and nothing is compared with it. */
  brokenBase: CheckedPolicy | null;
}

/**
 * Validates the policy that a change brings, compares it with the base's, and judges the change by both. Pure. Null for a
 * change that leaves the policy as it is.
 */
export function policyChange(facts: Facts, engine: Facts["engine"]): PolicyChange | null {
  const { proposedPolicy: proposed, policy } = facts;
  if (proposed.state === "absent") {
    const gone = goneBy(proposed.reason);
    return gone === null ? null : { ...nothing, gone, brokenBase: brokenBase(facts) };
  }
  const loaded = load(proposed.value, facts);
  const checked = checkedOf(proposed.value.path, loaded);
  const broken = brokenBase(facts);
  if (!loaded.ok || broken !== null) return { ...nothing, checked, brokenBase: broken };
  const before = policy.state === "present" ? load(policy.value, facts) : null;
  const differences = before?.ok === true ? comparePolicies(before.policy, loaded.policy) : null;
  const replayed = replayOn(facts, engine)?.({ name: "this change", facts }) ?? null;
  return { ...nothing, checked, differences, replayed };
}

const nothing: PolicyChange = { checked: null, gone: null, differences: null, replayed: null, brokenBase: null };

/**
 * Judges other changes by the policy that a change brings, beside the base's of today. Pure. Null where there is nothing to
 * compare: the change leaves the policy as it is, or one of the two does not load.
 */
export function replayOn(
  facts: Facts,
  engine: Facts["engine"],
): ((change: { name: string; facts: Facts }) => ReplayedChange) | null {
  const { proposedPolicy: proposed, policy } = facts;
  if (proposed.state === "absent" || !load(proposed.value, facts).ok || brokenBase(facts) !== null) return null;
  const floors = absent("only those of the base's policy were read");
  const { path, text } = proposed.value;
  const old = policy.state === "present" ? { ...policy.value, floors: facts.floors } : null;
  return (change) => replayChange(change, { old, new: { path, text, floors } }, engine);
}

function brokenBase(facts: Facts): CheckedPolicy | null {
  const { policy } = facts;
  if (policy.state === "absent") return null;
  const loaded = load(policy.value, facts);
  return loaded.ok ? null : checkedOf(policy.value.path, loaded);
}

function goneBy(reason: string): PolicyChange["gone"] {
  if (reason === policyDeleted) return "deleted";
  return reason === policyUnreadable ? "unreadable" : null;
}

type PolicyText = Extract<Facts["policy"], { state: "present" }>["value"];

function load({ path, text }: PolicyText, { floors, change, asOf }: Facts): LoadedPolicy {
  const organisation = change.repository?.owner ?? null;
  return loadPolicy(text, { file: path, lintRules: allLintRules, tools: allToolNames, asOf, floors, organisation });
}

function checkedOf(file: string, loaded: LoadedPolicy): CheckedPolicy {
  if (loaded.ok) {
    const { policy, warnings } = loaded;
    const problems = checkedProblems("warning", warnings);
    const [rules, areas] = [policy.rules.length, policy.areas.length];
    return { file, state: "loads", digest: digestOf(policy), rules, areas, problems };
  }
  // Policies of other repositories that the base's does not name were not read: of them nobody can say what is wrong.
  const isUnread = loaded.problems.every(({ code }) => code === "CS034");
  const problems = checkedProblems(isUnread ? "warning" : "error", loaded.problems);
  return { file, state: isUnread ? "incomplete" : "broken", digest: null, rules: 0, areas: 0, problems };
}
