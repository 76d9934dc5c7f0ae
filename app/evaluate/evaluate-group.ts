import { CommitGone } from "../../adapters/git/mirror-fetch.ts";
import { readCommits } from "../../adapters/git/read-commits.ts";
import { resolveRange, type RangeRequest } from "../../adapters/git/resolve-range.ts";
import { readMergeGroup } from "../../adapters/github/read-merge-group.ts";
import { readEveryWriter } from "../../adapters/github/read-people.ts";
import { readTip } from "../../adapters/github/read-pull-by-lists.ts";
import { NotTold } from "../../adapters/github/client.ts";
import { absent } from "../../core/evidence.ts";
import { changeLimits } from "../../adapters/git/read-change.ts";
import { firstParents, readPlatformOver } from "../../gate/read-platform.ts";
import type { Evaluation } from "../evaluation.ts";
import { markOf } from "../marks.ts";
import { holdsFor } from "../publish/index.ts";
import { subjectKey, type Subject } from "../subject.ts";
import type { Bench } from "./evaluator.ts";
import { findRepository, remoteOf, type Place } from "./find-repository.ts";
import { judge } from "./judge.ts";
import { recalledTogether, recallMembers, type RecalledMember } from "./recall-members.ts";
import { reviewedInGroup } from "./reviewed-commits.ts";
import { atHead, Over } from "./unjudged.ts";

type Group = Extract<Subject, { kind: "merge-group" }>;

/**
 * What a merge queue put together, by the policy at the tip of the branch: each of its pull requests is read anew, with its
 * own reviews, its comments and what is remembered of it. What held one of them up holds the group up.
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
  // Without them nothing is known of what was declared, decided and shown of them: what is green then says nothing.
  if (queued.state === "absent") throw new NotTold(queued.reason);
  const members = await recallMembers(ports, subject, queued.value);
  const recalled = recalledTogether(members);
  const others = [...(await reviewedInGroup(queued, () => readEveryWriter(place.github))), ...recalled.commits];
  const asking = { about: { mergeGroup: names.head }, own: { app: settings.appId }, queued };
  const evaluation = await settings.mirrors.use({ ...request, others }, signal, (repository) =>
    judge(bench, subject, {
      ...{ place, remote, repository, recalled, members, range },
      pullRequest: absent("a merge group is no pull request"),
      branch: absent("a merge group has no branch that a person named"),
      platform: { read: (change, wanted) => readPlatformOver(place.github, asking, change, wanted) },
    }),
  );
  return heldUp(bench, evaluation, members, branch);
}

/**
 * A group is never greener than its pull requests. One whose own verdict on the very head that is queued holds it up is
 * judged anew: the group is again after it, or fails by its name.
 */
async function heldUp(
  { ports: { store, clock } }: Bench,
  evaluation: Evaluation,
  members: readonly RecalledMember[],
  branch: string,
): Promise<Evaluation> {
  if (evaluation.state !== "judged" || !isGreen(evaluation.review.decision.state)) return evaluation;
  // As they stand now: meanwhile one may have turned red.
  const verdicts = await Promise.all(members.map(({ subject }) => store.verdicts.latest(subjectKey(subject))));
  const held = members.flatMap(({ member, subject }, index) => {
    const verdict = verdicts[index] ?? null;
    const isOwn = verdict?.head === member.head && holdsFor(verdict, branch);
    return isOwn && verdict.decision !== "over" && !isGreen(verdict.decision)
      ? [{ subject, decision: verdict.decision }]
      : [];
  });
  const [first] = held;
  if (first === undefined) return evaluation;
  await store.subjects.mark(held.map(({ subject }) => markOf(subject, clock.now())));
  return {
    ...{ state: "fault", subject: evaluation.subject, head: evaluation.head, again: true, seldom: true },
    what: `#${first.subject.number} holds this merge group up: its own verdict is ${first.decision}.`,
    fix: "Do what the pull request's own check asks for, and queue it again.",
  };
}

function isGreen(decision: string): boolean {
  return decision === "pass" || decision === "warn";
}

function shortName(ref: string): string {
  const prefix = "refs/heads/";
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : ref;
}
