import type { ClaimedSubject } from "../../adapters/store/store.ts";
import { inertText } from "../../core/untrusted/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { markOf } from "../marks.ts";
import { isNamedBase } from "../named-bases.ts";
import { Subject } from "../subject.ts";
import { expand, isWide } from "./expand.ts";
import { failedAt, lookAway } from "./look-away.ts";
import { retryMs } from "./retry-ms.ts";
import { LeaseLost, renew, whileHeld, type Held } from "./while-held.ts";
import { after, type Work } from "./work.ts";

/**
 * Judges a subject and publishes what came of it, or finds the pull requests that a wider one stands for. It throws
 * nothing: what fails is due again later, and the third time the failure itself is published.
 */
export async function workSubject(claimed: ClaimedSubject, owner: string, work: Work): Promise<void> {
  const { clock, log, metrics, stage } = work.ports;
  const held = { key: claimed.key, owner };
  const began = clock.now().getTime();
  try {
    const subject = Subject.parse(JSON.parse(claimed.about));
    const run = () => whileHeld(held, work, (signal) => settle({ subject, claimed, held, work, signal }));
    const outcome = await stage("subject", run, { kind: subject.kind });
    metrics.count("countersign_judged_total", { outcome });
    metrics.observe("countersign_judging_seconds", (clock.now().getTime() - began) / 1000);
  } catch (error) {
    metrics.count("countersign_judged_total", { outcome: "failed" });
    // Whoever has it now does all that is left to do.
    if (error instanceof LeaseLost) log.warn("lease lost", { subject: claimed.key });
    else await giveBack(claimed, held, error, work);
  }
}

interface Settling {
  subject: Subject;
  claimed: ClaimedSubject;
  held: Held;
  work: Work;
  signal: AbortSignal;
}

async function settle(settling: Settling): Promise<Evaluation["state"] | "expanded"> {
  const { subject, claimed, held, work, signal } = settling;
  const { subjects } = work.ports.store;
  if (isWide(subject)) {
    const left = await expand(subject, work, signal);
    await subjects[left](held.key, held.owner, claimed.generation);
    return "expanded";
  }
  if (subject.kind === "push") {
    if (await isNamedBase(work.ports.store, subject))
      await subjects.mark([markOf({ ...subject, kind: "landing" }, work.ports.clock.now())]);
    await subjects.over(held.key, held.owner, claimed.generation);
    return "expanded";
  }
  const evaluation = await evaluated(settling);
  if (evaluation.state === "over") {
    work.ports.log.info("nothing to judge", { subject: held.key, reason: evaluation.reason });
    // What else is open on its head is shown without it from now on.
    await publishOver(evaluation, settling);
    await subjects.over(held.key, held.owner, claimed.generation);
  } else if (evaluation.state === "fault") {
    await settleFault(evaluation, settling);
  } else {
    await publish(evaluation, settling);
    await subjects[isAskedOnce(subject) ? "over" : "finish"](held.key, held.owner, claimed.generation);
  }
  return evaluation.state;
}

/** Nobody asks about a landing again, and its rows would never end; what is to be told marks itself. */
function isAskedOnce({ kind }: Subject): boolean {
  return kind === "landing" || kind === "replies";
}

async function settleFault(fault: Extract<Evaluation, { state: "fault" }>, settling: Settling): Promise<void> {
  const { subject, claimed, held, work } = settling;
  const { subjects } = work.ports.store;
  // Nobody tells that a merge group was taken apart: one that cannot be judged must not be tried for ever either.
  const isSeldom = fault.seldom === true || (fault.again && subject.kind === "merge-group");
  const isShown = isSeldom && (await failedAt(held.key, work)) !== null;
  if (fault.again && claimed.attempts < silentTries && !isShown) return postpone(claimed, held, fault.what, work);
  await publish(fault, settling);
  if (isSeldom) return lookAway(subject, held, claimed.generation, work);
  if (fault.again) return postpone(claimed, held, fault.what, work);
  await subjects[isAskedOnce(subject) ? "over" : "finish"](held.key, held.owner, claimed.generation);
}

/** So often a fault that may mend itself is not shown: a moment later it would be gone. */
const silentTries = 2;

/** What an evaluation throws is a defect of ours: a fault too, and no reason to stay silent. */
async function evaluated({ subject, claimed, work, signal }: Settling): Promise<Evaluation> {
  try {
    return await work.lent.evaluate(subject, signal);
  } catch (error) {
    signal.throwIfAborted();
    work.ports.log.error("evaluating failed", error, { subject: claimed.key, attempts: claimed.attempts });
    const what = "The gate failed while it judged this change; its log says why.";
    return { state: "fault", subject, head: null, what, fix: "Re-run this check, or ask who runs it.", again: true };
  }
}

/** Only while what was judged is still ours. One at a time on a head is the publisher's to see to: it knows the head. */
async function publish(evaluation: Evaluation, { held, work, signal }: Settling): Promise<void> {
  if (!(await renew(held, work))) throw new LeaseLost("Another instance took it up.");
  await work.lent.publish(evaluation, signal);
}

/** What is gone may be out of our reach too; then nobody waits for what others on its head come to. */
async function publishOver(evaluation: Evaluation, settling: Settling): Promise<void> {
  const { claimed, work, signal } = settling;
  try {
    await publish(evaluation, settling);
  } catch (error) {
    if (claimed.attempts < silentTries || signal.aborted || error instanceof LeaseLost) throw error;
    work.ports.log.error("what is over could not be published", error, { subject: claimed.key });
  }
}

async function giveBack(claimed: ClaimedSubject, held: Held, error: unknown, work: Work): Promise<void> {
  work.ports.log.error("judging failed", error, { subject: claimed.key, attempts: claimed.attempts });
  try {
    await postpone(claimed, held, error instanceof Error ? error.message : String(error), work);
  } catch (storeFault) {
    // The lease runs out, and whoever is there then takes it up.
    work.ports.log.error("subject not postponed", storeFault, { subject: claimed.key });
  }
}

/** Due again after a while, or when the installation may ask GitHub again; at once for others when we stop. */
async function postpone(claimed: ClaimedSubject, held: Held, fault: string, work: Work): Promise<void> {
  const { store, clock, installation } = work.ports;
  const wait = after(clock.now(), work.givingUp.aborted ? 0 : retryMs(claimed.attempts));
  const paused = installation(claimed.installation).pausedUntil()?.toISOString() ?? wait;
  const at = paused > wait ? paused : wait;
  await store.subjects.postpone(held.key, held.owner, at, inertText(fault, { maxGraphemes: 500 }));
}
