import { accountOf, now } from "../find.ts";
import { commitOf, mergeInto, setRef, tipOf } from "../git.ts";
import { Refusal } from "../refusal.ts";
import type { MergeGroup, PullRequest, Repository, World } from "../state.ts";
import { record } from "./pulls.ts";
import { branchMoved } from "./pushes.ts";
import { repositoryOfPull, tellPull } from "./tell.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

/** Merges into the real repository; whoever has the right may do so past every rule, which is what the App must notice. */
export function mergePull(
  world: World,
  pull: PullRequest,
  {
    method,
    by,
    message,
    sha,
  }: { method: MergeMethod; by: string; message?: string | undefined; sha?: string | undefined },
): string {
  const repository = repositoryOfPull(world, pull);
  if (pull.state !== "open" || pull.draft) throw new Refusal(405, "Pull Request is not mergeable");
  if (sha !== undefined && sha !== pull.headSha)
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  const base = tipOf(repository, pull.baseRef);
  if (base === null) throw new Refusal(405, "Pull Request is not mergeable");
  const author = { name: by, email: accountOf(world, by).emails[0] ?? "noreply@github.com" };
  const commit = mergeInto(repository, base, pull.headSha, {
    method,
    author,
    message: message ?? defaultMessage(pull, repository, method),
  });
  setRef(repository, `refs/heads/${pull.baseRef}`, commit);
  landed(world, pull, commit, by);
  branchMoved(world, repository, pull.baseRef, { before: base, after: commit, sender: by });
  return commit;
}

function landed(world: World, pull: PullRequest, commit: string, by: string): void {
  pull.state = "closed";
  pull.closedAt = now(world);
  pull.merged = { by, at: now(world), commit };
  record(world, pull, "merged", by);
  record(world, pull, "closed", by);
  tellPull(world, pull, "closed", by);
}

/** GitHub's own words; a squash keeps the trailers of none but a single commit, and names the co-authors. */
function defaultMessage(pull: PullRequest, repository: Repository, method: MergeMethod): string {
  if (method === "merge")
    return `Merge pull request #${pull.number} from ${repository.owner}/${pull.headRef}\n\n${pull.title}`;
  return `${pull.title} (#${pull.number})\n\n* ${commitOf(repository, pull.headSha).message.split("\n")[0] ?? ""}`;
}

/** What a merge queue puts together for these, in this order, on its own branch: a commit for each. */
export function makeMergeGroup(world: World, repository: Repository, numbers: readonly number[]): MergeGroup {
  const pulls = numbers.map((number) => repository.pulls.get(number)!);
  const last = pulls.at(-1);
  if (last === undefined) throw new Error("a merge group holds one at least");
  const baseSha = tipOf(repository, last.baseRef)!;
  const author = { name: "GitHub", email: "noreply@github.com" };
  let onto = baseSha;
  let before = baseSha;
  for (const pull of pulls) {
    before = onto;
    const message = defaultMessage(pull, repository, "merge");
    onto = mergeInto(repository, onto, pull.headSha, { method: "merge", message, author });
  }
  const headRef = `refs/heads/gh-readonly-queue/${last.baseRef}/pr-${last.number}-${before}`;
  const group = {
    headSha: onto,
    headRef,
    baseSha: before,
    baseRef: `refs/heads/${last.baseRef}`,
    numbers: [...numbers],
  };
  setRef(repository, headRef, onto);
  repository.mergeGroups.set(onto, group);
  for (const pull of pulls) tellPull(world, pull, "enqueued", pull.author);
  tellGroup(world, repository, group, "checks_requested");
  return group;
}

/** The queue gave it up, or merged it: then its head is the base's new tip. */
export function endMergeGroup(world: World, repository: Repository, group: MergeGroup, merged: boolean): void {
  repository.mergeGroups.delete(group.headSha);
  setRef(repository, group.headRef, null);
  tellGroup(world, repository, group, "destroyed", merged ? "merged" : "invalidated");
  if (!merged) return;
  const branch = group.baseRef.slice("refs/heads/".length);
  const before = tipOf(repository, branch);
  setRef(repository, group.baseRef, group.headSha);
  for (const number of group.numbers)
    landed(world, repository.pulls.get(number)!, group.headSha, "github-merge-queue[bot]");
  branchMoved(world, repository, branch, { before, after: group.headSha, sender: "github-merge-queue[bot]" });
}

function tellGroup(world: World, repository: Repository, group: MergeGroup, action: string, reason?: string): void {
  const { tree, message, author, committer } = commitOf(repository, group.headSha);
  const person = ({ name, email }: { name: string; email: string }) => ({ name, email });
  const head_commit = {
    ...{ id: group.headSha, tree_id: tree, message, timestamp: committer.date },
    ...{ author: person(author), committer: person(committer) },
  };
  const { headSha: head_sha, headRef: head_ref, baseSha: base_sha, baseRef: base_ref } = group;
  world.emit({
    ...{ event: "merge_group", action, repository, sender: "github-merge-queue[bot]" },
    over: {
      merge_group: { head_sha, head_ref, base_sha, base_ref, head_commit },
      ...(reason === undefined ? {} : { reason }),
    },
  });
}
