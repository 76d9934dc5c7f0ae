import type { Commit } from "../change/change.ts";

/**
 * The commits of a merge group that a pull request brought: those that its head descends from. Null where the queue
 * rewrote them (squash, rebase), so that its head is not among them and every commit may be its own.
 */
export function commitsOfMember(
  head: string,
  commits: readonly Pick<Commit, "sha" | "parents">[],
): ReadonlySet<string> | null {
  const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
  if (!parents.has(head)) return null;
  const own = new Set<string>();
  const waiting = [head];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const before = parents.get(sha);
    if (own.has(sha) || before === undefined) continue;
    own.add(sha);
    waiting.push(...before);
  }
  return own;
}
