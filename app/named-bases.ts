import * as z from "zod";
import type { Store } from "../adapters/store/store.ts";
import { compareInstants } from "../core/instant.ts";
import { branchMatches, type Policy } from "../core/policy/index.ts";
import { memoValue } from "./memo-value.ts";

/**
 * The branches that the rules of a policy name as bases (`when: { base: … }`), each rule's patterns by themselves. A rule
 * that only excludes, or that names every branch, singles none out: branches that people work on are no bases.
 */
export function namedBases({ rules, floors }: Policy): string[][] {
  const all = [...rules, ...floors.flatMap(({ policy }) => policy.rules)];
  const named = all.flatMap(({ when }) => (when?.base == null ? [] : [[...when.base]]));
  const single = named.filter((patterns) => patterns.some(singlesOut) && patterns.every(isNoWildcard));
  return [...new Map(single.map((patterns) => [JSON.stringify(patterns), patterns])).values()].slice(0, mostRules);
}

/** More rules than these with bases of their own are another thing than rules. */
const mostRules = 200;

function singlesOut(pattern: string): boolean {
  return !pattern.startsWith("!");
}

function isNoWildcard(pattern: string): boolean {
  return pattern !== "*" && pattern !== "**";
}

/**
 * Remembers which bases the policy at the default branch of a repository names; what it named before is forgotten. `at`: of
 * when that policy is. What another instance learned of a later one stays.
 */
export async function learnBases(store: Store, repository: number, policy: Policy, at: string): Promise<void> {
  const subject = keyOf(repository);
  const [known] = await store.memory.of(subject);
  const bases = namedBases(policy);
  const value = JSON.stringify({ bases } satisfies Bases);
  if (known?.value === value || (known === undefined && bases.length === 0)) return;
  if (known !== undefined && compareInstants(known.at, at) > 0) return;
  await store.memory.remember([{ subject, kind: "repository", id: "bases", value, at }]);
}

/** Whether the policy at the repository's default branch, when last judged by, names this branch as a base. */
export async function isNamedBase(
  store: Store,
  { repository, branch }: { repository: number; branch: string },
): Promise<boolean> {
  const memos = await store.memory.of(keyOf(repository));
  const all = memos.flatMap((memo) => memoValue(Bases, memo)?.bases ?? []);
  return all.some((patterns) => branchMatches(patterns, branch));
}

function keyOf(repository: number): string {
  return `bases/${repository}`;
}

const Bases = z.strictObject({ bases: z.array(z.array(z.string())) });
type Bases = z.infer<typeof Bases>;
