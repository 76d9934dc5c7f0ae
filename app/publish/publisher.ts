import { NotTold } from "../../adapters/github/client.ts";
import { readPullsNow } from "../../adapters/github/read-published-on.ts";
import type { VerdictRow } from "../../adapters/store/store.ts";
import { unreviewed } from "../../core/report/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { githubNow } from "../github-now.ts";
import { landed } from "../landed/index.ts";
import type { AppPorts } from "../ports.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { answerNext } from "./answer.ts";
import { decorate, type PullSubject } from "./decorate.ts";
import { headOf, leaveFormerHead } from "./former-head.ts";
import { publishHead } from "./publish-head.ts";
import type { PublishSettings } from "./publish-settings.ts";
import { verdictEntry } from "./verdict-entry.ts";
import { recordMemos } from "./keep-record.ts";
import { faultRow, judgedRow, overRow } from "./verdict-row.ts";

type Judged = Extract<Evaluation, { state: "judged" }>;
type Over = Extract<Evaluation, { state: "over" }>;
type Fault = Extract<Evaluation, { state: "fault" }>;

/**
 * Shows on GitHub what judging came to, and remembers it. It may be called again after whatever broke it off: what is done
 * is not done twice. Throws `NotTold` where GitHub did not take a verdict, and `StoreFault`.
 */
export function publisher(
  ports: AppPorts,
  settings: PublishSettings,
): (evaluation: Evaluation, signal: AbortSignal) => Promise<void> {
  return async (evaluation, signal) => {
    signal.throwIfAborted();
    switch (evaluation.state) {
      case "judged":
        return publishJudged(ports, settings, evaluation, signal);
      case "over":
        return publishOver(ports, settings, evaluation, signal);
      case "fault":
        return publishFaulty(ports, settings, evaluation, signal);
      case "to-tell":
        return answerNext(ports, evaluation.subject);
    }
  };
}

async function publishJudged(ports: AppPorts, settings: PublishSettings, given: Judged, signal: AbortSignal) {
  const evaluation = { ...given, review: { ...given.review, unreviewed: unreviewed(given.review, given.facts) } };
  const { subject } = evaluation;
  if (subject.kind === "landing") return landed(ports, settings, { ...evaluation, subject }, signal);
  const at = githubNow(ports, subject.installation).toISOString();
  const row = judgedRow(evaluation, at);
  if (await isNew(ports, row)) {
    await leaveFormerHead(ports, settings, row, signal);
    await ports.store.memory.remember(recordMemos(evaluation, at));
    await ports.store.audit.append([verdictEntry(evaluation, row, ports.clock.now())]);
    await ports.store.verdicts.append(row);
  }
  const seen = await publishHead(ports, settings, headOf(row), { signal });
  if (subject.kind === "pull-request") await decorate(ports, settings, { ...evaluation, subject }, seen, signal);
}

/**
 * Nothing of it is open any more: others on the same head are shown without it. Where there are none, a green would count
 * for whatever is opened on that commit next. What was merged keeps it: it says how that came to stand there.
 */
async function publishOver(ports: AppPorts, settings: PublishSettings, over: Over, signal: AbortSignal) {
  const { subject, closed } = over;
  const last = await ports.store.verdicts.latest(subjectKey(subject));
  if (last === null || last.decision === "over") return;
  const at = ports.clock.now().toISOString();
  const instead = closed === true ? { instead: faultRow({ subject, ...takenBack }, last.head, at) } : {};
  await publishHead(ports, settings, headOf(last), { without: last.subject, ...instead, signal });
  await ports.store.verdicts.append(overRow(last, at));
}

const takenBack = {
  what: "No open pull request has this commit as its head any more.",
  fix: "Open the pull request again, or another one: it is judged then.",
};

async function publishFaulty(ports: AppPorts, settings: PublishSettings, fault: Fault, signal: AbortSignal) {
  const head = fault.head ?? (await headNow(ports, fault.subject));
  if (head === null) {
    ports.log.warn("fault-without-head", { subject: subjectKey(fault.subject), what: fault.what });
    return;
  }
  const row = faultRow(fault, head, githubNow(ports, fault.subject.installation).toISOString());
  if (await isNew(ports, row)) {
    await leaveFormerHead(ports, settings, row, signal);
    await ports.store.verdicts.append(row);
  }
  await publishHead(ports, settings, headOf(row), { signal });
}

/** Where a failure belongs that came before the head was known: on the head of now, else on the last that was judged. */
async function headNow(ports: AppPorts, subject: Subject): Promise<string | null> {
  if (subject.kind === "merge-group") return subject.head;
  if (subject.kind === "landing") return subject.after;
  const last = (await ports.store.verdicts.latest(subjectKey(subject)))?.head ?? null;
  if (subject.kind !== "pull-request") return last;
  return (await readHead(ports, subject)) ?? last;
}

async function readHead(ports: AppPorts, { installation, repository, number }: PullSubject): Promise<string | null> {
  const client = ports.installation(installation);
  try {
    const { pulls } = await readPullsNow(client, await client.nameOf(repository), [number]);
    return pulls[0]?.head ?? null;
  } catch (error) {
    if (error instanceof NotTold) return null;
    throw error;
  }
}

async function isNew({ store }: AppPorts, { subject, evaluation, head }: VerdictRow): Promise<boolean> {
  const last = await store.verdicts.latest(subject);
  return last?.evaluation !== evaluation || last.head !== head;
}
