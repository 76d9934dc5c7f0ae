import { createHash } from "node:crypto";
import { completeCheckRun, readOwnCheckRun, type CheckContent } from "../../adapters/github/apply-check-run.ts";
import { publishPolicyChange } from "../../core/report/index.ts";
import { policyChange } from "../../core/trial/policy-change.ts";
import { engine } from "../../gate/engine.ts";
import type { Evaluation } from "../evaluation.ts";
import type { AppPorts } from "../ports.ts";
import { underHeadLease } from "../publish/head-lease.ts";
import { writePlace } from "../publish/places.ts";
import type { PublishSettings } from "../publish/index.ts";
import { pullRequestKey } from "../subject.ts";
import { keepFacts, replayRecent, type PullPlace } from "./recent-facts.ts";

/** The check's name. Nobody should require it: it says what a policy would do, and never whether a change may merge. */
export const policyCheckName = "countersign/policy";

/**
 * The check of a pull request that edits the policy: whether its copy loads, how it differs from the base's, and what it
 * would make of the pull request itself and of others that were judged lately. Where the base's own policy decides nothing,
 * its copy is looked at alone. Everything else has none. The same again is found on GitHub and writes nothing,
 * so that a crash before or after the write leaves one. Throws `NotTold`.
 */
export function policyCheck(
  ports: AppPorts,
  { app }: Pick<PublishSettings, "app">,
): (evaluation: Evaluation, signal: AbortSignal) => Promise<void> {
  const keep = keepOnce(ports);
  return async (evaluation, signal) => {
    const { subject } = evaluation;
    if (subject.kind !== "pull-request" || (evaluation.state !== "judged" && evaluation.state !== "fault")) return;
    if (evaluation.state === "judged") await keep(subject, evaluation);
    const { facts } = evaluation;
    const change = facts === undefined ? null : policyChange(facts, engine);
    if (facts === undefined || change === null) return;
    const recent = await replayRecent(ports, subject, facts, signal);
    const { annotations, ...shown } = publishPolicyChange({ ...change, recent });
    const externalId = createHash("sha256")
      .update(JSON.stringify([shown, annotations]))
      .digest("hex");
    const content: CheckContent = { ...shown, externalId, detailsUrl: null, buttons: [] };
    const head = { ...subject, sha: facts.change.head.sha };
    await underHeadLease(ports, head, signal, async () => {
      const { place } = await writePlace(ports, head);
      const own = { ...place, sha: head.sha, check: policyCheckName, app: app.id };
      const known = await readOwnCheckRun(own);
      if (known?.isCompleted === true && known.externalId === externalId) return;
      signal.throwIfAborted();
      await completeCheckRun(own, content, annotations, known);
    });
  };
}

/** The same evaluation is kept once by a process: a sweep judges many again, of which nothing is another. */
function keepOnce(ports: AppPorts) {
  const kept = new Map<string, string>();
  return async (subject: PullPlace, { facts, review }: Extract<Evaluation, { state: "judged" }>): Promise<void> => {
    const [key, id] = [pullRequestKey(subject.repository, subject.number), review.decision.evaluationId];
    if (kept.get(key) === id) return;
    await keepFacts(ports, subject, facts);
    kept.delete(key);
    kept.set(key, id);
    const oldest = kept.size > mostRemembered ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
  };
}

const mostRemembered = 10_000;
