import { CommitGone } from "../../adapters/git/mirror-fetch.ts";
import { readCommits } from "../../adapters/git/read-commits.ts";
import { resolveRange, type RangeRequest } from "../../adapters/git/resolve-range.ts";
import { readMergeGroup, type QueuedPullRequest } from "../../adapters/github/read-merge-group.ts";
import { readTip } from "../../adapters/github/read-pull-by-lists.ts";
import { absent, type Evidence } from "../../core/evidence.ts";
import { changeLimits } from "../../adapters/git/read-change.ts";
import { firstParents, readPlatformOver } from "../../gate/read-platform.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Subject } from "../subject.ts";
import type { Bench } from "./evaluator.ts";
import { findRepository, remoteOf, type Place } from "./find-repository.ts";
import { judge } from "./judge.ts";
import { recall } from "./recall.ts";
import { atHead, Over } from "./unjudged.ts";

type Group = Extract<Subject, { kind: "merge-group" }>;

/**
 * What a merge queue put together, by the policy at the tip of the branch: each of its pull requests is read anew, with its
 * own reviews. What the pull request was judged as before does not count.
 */
export async function evaluateGroup(bench: Bench, subject: Group): Promise<Evaluation> {
  const place = await findRepository(bench, subject);
  return atHead(subject.head, () => judgeGroup(bench, place, subject)).catch((error: unknown) => {
    const cause: unknown = error instanceof Error ? error.cause : null;
    if (cause instanceof CommitGone) throw new Over("the queue has put another group together");
    throw error;
  });
}

async function judgeGroup(bench: Bench, place: Place, subject: Group): Promise<Evaluation> {
  const { ports, settings, signal } = bench;
  const branch = shortName(subject.baseRef);
  const tip = await readTip(place.github, branch);
  if (tip === null) throw new Over(`the branch that it is for is gone`);
  const remote = await remoteOf(bench, place);
  const names = { base: branch, head: shortName(subject.headRef) };
  const range: RangeRequest = { event: "merge_group", base: tip, head: subject.head, workTree: false, names };
  const request = { repository: place.id, remote, keep: "group", base: tip, head: subject.head };
  const queued = await settings.mirrors.use({ ...request, others: [] }, signal, async (repository) => {
    const commits = await readCommits(await resolveRange(repository, range), changeLimits.commits, []);
    const line = firstParents({ commits, head: { sha: subject.head } });
    return readMergeGroup(place.github, { headRef: names.head, branch, line });
  });
  const recalled = await recall(ports.store, subject);
  const asking = { about: { mergeGroup: names.head }, own: { app: settings.appId }, queued };
  return settings.mirrors.use({ ...request, others: seenBy(queued) }, signal, (repository) =>
    judge(bench, subject, {
      ...{ place, remote, repository, recalled, range },
      pullRequest: absent("a merge group is no pull request"),
      branch: absent("a merge group has no branch that a person named"),
      platform: { read: (change, wanted) => readPlatformOver(place.github, asking, change, wanted) },
    }),
  );
}

/** Each pull request's own head, and what was approved of it. */
function seenBy(queued: Evidence<readonly QueuedPullRequest[]>): string[] {
  if (queued.state === "absent") return [];
  return queued.value.flatMap(({ head, reviews }) => [
    head,
    ...reviews.flatMap(({ state, commit }) => (state === "approved" && commit !== null ? [commit] : [])),
  ]);
}

function shortName(ref: string): string {
  const prefix = "refs/heads/";
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : ref;
}
