import { startCheckRun } from "../../adapters/github/apply-check-run.ts";
import { readPullsNow } from "../../adapters/github/read-published-on.ts";
import type { Evaluate } from "../evaluation.ts";
import type { AppPorts } from "../ports.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { underHeadLease } from "./head-lease.ts";
import { beginWork, endWork, inProgress, openWork } from "./open-work.ts";
import { checkPlace } from "./places.ts";
import type { Head } from "./publish-head.ts";
import type { PublishSettings } from "./publish-settings.ts";
import { takeUp } from "./take-up.ts";

/** Whoever waits for longer than this is told that it is being worked on. */
const patienceMs = 5_000;

/**
 * The same evaluator, which shows a check in progress where somebody waits: at once for a merge group, whose queue gives up
 * on silence, and after five seconds for a pull request. Only where nothing is shown yet: a verdict stays until the next,
 * but for a green that was not reached for this pull request and this base.
 */
export function announcing(ports: AppPorts, settings: PublishSettings, evaluate: Evaluate): Evaluate {
  return async (subject, signal) => {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const announced = announceInTime(ports, settings, subject, either).catch((error: unknown) => {
      // What is judged is told all the same.
      if (!either.aborted) ports.log.error("not-announced", error, { subject: subjectKey(subject) });
    });
    if (subject.kind === "merge-group") await announced;
    try {
      return await evaluate(subject, signal, async (stand) => {
        if (subject.kind === "pull-request") await takeUp(ports, settings, subject, stand, signal);
      });
    } finally {
      stop.abort();
      await announced;
    }
  };
}

async function announceInTime(ports: AppPorts, settings: PublishSettings, subject: Subject, signal: AbortSignal) {
  if (subject.kind !== "merge-group" && subject.kind !== "pull-request") return;
  if (subject.kind === "pull-request") await ports.clock.sleep(patienceMs, signal);
  signal.throwIfAborted();
  const { installation, repository } = subject;
  const sha = subject.kind === "merge-group" ? subject.head : await headOf(ports, subject);
  if (sha !== null) await announce(ports, settings, { installation, repository, sha }, signal);
}

async function headOf(
  ports: AppPorts,
  { installation, repository, number }: Extract<Subject, { kind: "pull-request" }>,
): Promise<string | null> {
  const client = ports.installation(installation);
  const { pulls } = await readPullsNow(client, await client.nameOf(repository), [number]);
  const [pull] = pulls;
  return pull?.isOpen === true ? pull.head : null;
}

/** Once for each head, and not where a write was begun: what became of that is looked up by whoever publishes. */
async function announce(ports: AppPorts, settings: PublishSettings, head: Head, signal: AbortSignal): Promise<void> {
  await underHeadLease(ports, head, signal, async () => {
    const { store, clock } = ports;
    const open = await openWork(ports, head);
    if (open.begun || (await store.heads.read(head.repository, head.sha)) !== null) return;
    const { place } = await checkPlace(ports, settings, head);
    await beginWork(ports, head);
    const externalId = `${inProgress}/${head.sha}`;
    const run = await startCheckRun(place, externalId, null);
    const { repository, sha } = head;
    const at = clock.now().toISOString();
    await store.heads.write({ repository, sha, externalId, conclusion: inProgress, checkRun: run.id, at });
    await endWork(ports, head, open);
  });
}
