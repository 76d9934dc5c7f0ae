import { createHash } from "node:crypto";
import type { Memo } from "../../adapters/store/store.ts";
import type { Facts } from "../../core/facts.ts";
import { policyFileNames } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import type { Subject } from "../subject.ts";
import type { Bench } from "./evaluator.ts";
import type { Place } from "./find-repository.ts";

/** For which repositories, or branches of them, this process has remembered it: once is enough. */
export type PoliciesSeen = Set<string>;

/**
 * Remembers for good that a repository has a policy, or a branch of it where the default branch has none. Throws a `Problem`
 * where a base had one and has none any more: whoever takes the file away must not have switched the gate off. A push is
 * compared with what stood there before it, so it only teaches.
 */
export async function checkPolicyOnce(
  { ports: { store, clock }, policies }: Bench,
  subject: Subject,
  { id: repository, named }: Place,
  { policy, proposedPolicy, change }: Pick<Facts, "policy" | "proposedPolicy" | "change">,
): Promise<void> {
  const branch = change.base.name ?? "";
  const about = `repository/${repository}`;
  const id = branch === named.defaultBranch ? whole : branchId(branch);
  const has = policy.state === "present" || (subject.kind === "landing" && proposedPolicy.state === "present");
  if (has && policies.has(`${about}/${id}`)) return;
  const known = (await store.memory.of(about)).filter(({ kind }) => kind === "repository");
  if (has) {
    if (!isKnown(known, id)) await store.memory.remember([memo(about, id, clock.now())]);
    policies.add(`${about}/${id}`);
  } else if (subject.kind !== "landing" && isKnown(known, id)) throw missing(branch);
}

/** That the default branch has one says it of every branch. */
function isKnown(known: readonly Memo[], id: string): boolean {
  return known.some((each) => each.id === whole || each.id === id);
}

const whole = "policy";

function branchId(branch: string): string {
  return `${whole}/${createHash("sha256").update(branch).digest("hex")}`;
}

function memo(subject: string, id: string, at: Date): Memo {
  return { subject, kind: "repository", id, value: "{}", at: at.toISOString() };
}

function missing(branch: string): Problem {
  const [file] = policyFileNames;
  return new Problem(
    `Policy missing at base: ${inertText(branch, { maxGraphemes: 100 })} has no ${file}, and this repository had one.`,
    `Put the file back on that branch; an administrator may merge it past this check. To have no policy, take the repository from the App.`,
  );
}
