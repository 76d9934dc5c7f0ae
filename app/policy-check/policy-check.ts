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

/** The check's name. Nobody should require it: it says what a policy would do, and never whether a change may merge. */
export const policyCheckName = "countersign/policy";

/**
 * The check of a pull request that edits the policy: whether its copy loads, how it differs from the base's, and what it
 * would make of the pull request itself. Everything else has none. The same again is found on GitHub and writes nothing,
 * so that a crash before or after the write leaves one. Throws `NotTold`.
 */
export function policyCheck(
  ports: AppPorts,
  { app }: Pick<PublishSettings, "app">,
): (evaluation: Evaluation, signal: AbortSignal) => Promise<void> {
  return async (evaluation, signal) => {
    const { subject } = evaluation;
    if (evaluation.state !== "judged" || subject.kind !== "pull-request") return;
    const change = policyChange(evaluation.facts, engine);
    if (change === null) return;
    const { annotations, ...shown } = publishPolicyChange(change);
    const externalId = createHash("sha256")
      .update(JSON.stringify([shown, annotations]))
      .digest("hex");
    const content: CheckContent = { ...shown, externalId, detailsUrl: null, buttons: [] };
    const head = { ...subject, sha: evaluation.head };
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
