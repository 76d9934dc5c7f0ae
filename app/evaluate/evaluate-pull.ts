import { present } from "../../core/evidence.ts";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { labelsOfPeople } from "../publish/remembered.ts";
import type { Subject } from "../subject.ts";
import type { Bench } from "./evaluator.ts";
import { findPull } from "./find-pull.ts";
import { remoteOf } from "./find-repository.ts";
import { judge } from "./judge.ts";
import { recall } from "./recall.ts";
import { reviewedCommits } from "./reviewed-commits.ts";
import { atHead, Over } from "./unjudged.ts";

type PullSubject = Extract<Subject, { kind: "pull-request" }>;

/** A pull request as it is now: an event is a hint that something of it is another, and no more. */
export async function evaluatePull(bench: Bench, subject: PullSubject): Promise<Evaluation> {
  const { ports, settings, signal } = bench;
  const now = await findPull(bench, subject);
  if (now.state !== "open") throw new Over(`it is ${now.state}`, now.state === "closed");
  const { place, head, base, pullRequest } = now;
  return atHead(head.sha, async () => {
    await bench.found({ head: head.sha, base: base.name });
    if (base.tip === null) throw baseGone(base.name);
    const recalled = await recall(ports.store, subject, ports.clock.now());
    const remote = await remoteOf(bench, place);
    const others = [...reviewedCommits(now), ...recalled.commits.filter((commit) => commit !== head.sha)];
    const range = { base: base.tip, head: head.sha };
    const labels = labelsOfPeople(pullRequest.labels, recalled.memos);
    const request = { repository: place.id, remote, keep: `pull/${subject.number}`, ...range, others };
    return settings.mirrors.use(request, signal, (repository) =>
      judge(bench, subject, {
        ...{ place, remote, repository, recalled },
        headRepository: head.repository,
        range: { event: "pull_request", ...range, workTree: false, names: { base: base.name, head: head.name } },
        pullRequest: present({ ...pullRequest, labels }),
        branch: present(head.name),
        platform: now.platform,
      }),
    );
  });
}

function baseGone(name: string): Problem {
  return new Problem(
    `The branch ${inertText(name, { maxGraphemes: 100 })}, for which this pull request is, is gone.`,
    "Choose another base branch for the pull request.",
  );
}
