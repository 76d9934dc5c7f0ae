import { absent, present } from "../../core/evidence.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Subject } from "../subject.ts";
import { CommitGone } from "../../adapters/git/mirror-fetch.ts";
import type { Bench } from "./evaluator.ts";
import { findRepository, remoteOf } from "./find-repository.ts";
import { judge } from "./judge.ts";
import { recall } from "./recall.ts";
import { atHead, Over } from "./unjudged.ts";

type Landing = Extract<Subject, { kind: "landing" }>;

/** What a push brought to a branch, by the policy that stood there before it. Nobody reviews a push. */
export async function evaluateLanding(bench: Bench, subject: Landing): Promise<Evaluation> {
  const { ports, settings, signal } = bench;
  const { branch, before, after } = subject;
  if (isNone(before)) throw new Over("the branch is new");
  if (isNone(after)) throw new Over("the branch is gone");
  const place = await findRepository(bench, subject);
  return atHead(after, async () => {
    const remote = await remoteOf(bench, place);
    const request = { repository: place.id, remote, keep: "landed", base: before, head: after, others: [] };
    const recalled = await recall(ports.store, subject, ports.clock.now());
    const judged = settings.mirrors.use(request, signal, (repository) =>
      judge(bench, subject, {
        ...{ place, remote, repository, recalled, platform: null },
        range: { event: "push", base: before, head: after, workTree: false, names: { base: branch, head: branch } },
        pullRequest: absent("a push to a branch is no pull request"),
        branch: present(branch),
      }),
    );
    return judged.catch((error: unknown) => {
      if (error instanceof CommitGone) throw new Over("the branch was pushed again, and what landed is gone");
      throw error;
    });
  });
}

function isNone(sha: string): boolean {
  return /^0+$/.test(sha);
}
