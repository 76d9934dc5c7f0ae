import { applyKnownComment, type KnownComment } from "../../adapters/github/apply-comment.ts";
import { NotTold } from "../../adapters/github/client.ts";
import { readPullsNow } from "../../adapters/github/read-published-on.ts";
import { isRefused, type WritePlace } from "../../adapters/github/written-once.ts";
import type { Memo } from "../../adapters/store/store.ts";
import { markOf } from "../marks.ts";
import { memoValue } from "../memo-value.ts";
import type { AppPorts } from "../ports.ts";
import { pullRequestKey, subjectKey, type Subject } from "../subject.ts";
import { writePlace } from "./places.ts";
import { queuedMemo, QueuedReply, writtenMemo, writtenReplies } from "./replies.ts";

type Replies = Extract<Subject, { kind: "replies" }>;

/**
 * Writes the one answer to a command that has waited the longest, and asks to be called again while there are more: never
 * more often than every ten seconds for an installation, whatever is asked meanwhile. GitHub takes some hundred comments an
 * hour, and then nothing at all for a while. What it refuses is left out; what fails for now is tried three times more. Throws
 * `StoreFault` alone.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export async function answerNext(ports: AppPorts, queue: Replies): Promise<void> {
  const { store, clock } = ports;
  const memos = await store.memory.of(subjectKey(queue));
  const [next, ...others] = memos.filter(({ kind }) => kind === "queued").sort(byTime);
  if (next === undefined) return;
  const from = readyAt(ports, queue, next, memos);
  if (from > clock.now()) return store.subjects.mark([markOf(queue, from)]);
  // Before it is written: a process that dies of it must not write the next one at once.
  await store.memory.remember([{ ...turn(queue), at: clock.now().toISOString() }]);
  const reply = memoValue(QueuedReply, next);
  const left = reply === null ? null : await written(ports, queue, reply);
  if (left === null) await store.memory.forget(next.subject, next.kind, next.id);
  else await store.memory.remember([left]);
  if (others.length > 0 || left !== null) await store.subjects.mark([markOf(queue, later(ports, spacingMs))]);
}

const spacingMs = 10_000;
/** One, four and sixteen minutes: what GitHub does not take for longer is left out. */
const delaysMs = [60_000, 240_000, 960_000];
const longestDelayMs = 960_000;

/** Not before the last one is some time ago, nor while GitHub is not to be asked at all. */
function readyAt(ports: AppPorts, queue: Replies, next: Memo, memos: readonly Memo[]): Date {
  const { kind, id } = turn(queue);
  const last = memos.find((memo) => memo.kind === kind && memo.id === id);
  const now = ports.clock.now().getTime();
  const spaced = last === undefined || Date.parse(last.at) > now ? now : Date.parse(last.at) + spacingMs;
  // What a clock wrote that was set back since holds nobody up.
  const due = Date.parse(next.at) > now + longestDelayMs ? now : Date.parse(next.at);
  const paused = ports.installation(queue.installation).pausedUntil()?.getTime() ?? now;
  return new Date(Math.max(spaced, due, paused));
}

function turn(queue: Replies): Omit<Memo, "at"> {
  return { subject: subjectKey(queue), kind: "published", id: "turn", value: "{}" };
}

/** What is to be tried again, and not before when; null: it is done with. */
async function written(ports: AppPorts, queue: Replies, reply: QueuedReply): Promise<Memo | null> {
  const { store, clock, log } = ports;
  const { repository, number, key, digest, tries } = reply;
  const pull = pullRequestKey(repository, number);
  const remember = (digestThere: string, id: number | null) =>
    store.memory.remember([writtenMemo(reply, { digest: digestThere, id }, clock.now())]);
  const before = writtenReplies(await store.memory.of(pull)).get(key) ?? null;
  if (before?.digest === digest) return null;
  try {
    const { place } = await writePlace(ports, { installation: queue.installation, repository });
    const known = await knownOf(place, reply, before);
    if (before === null) await remember(begun, null);
    await remember(digest, await applyKnownComment(place, number, reply, known));
    return null;
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    const { status, message: why } = error;
    const isLimited = status === 429;
    const delay = isLimited ? delaysMs[1] : delaysMs[tries];
    if (delay === undefined || isRefused(error)) {
      log.warn("reply-left-out", { subject: pull, comment: key, status, why });
      await remember(digest, before?.id ?? null);
      return null;
    }
    log.warn("reply-put-off", { subject: pull, comment: key, status, why });
    return queuedMemo(queue, { ...reply, tries: isLimited ? tries : tries + 1 }, later(ports, delay));
  }
}

/** Writing it is not known to be done. */
const begun = "";

/** Our own login is asked for only where a look is needed. */
async function knownOf(
  place: WritePlace,
  { number, since }: QueuedReply,
  before: { id: number | null } | null,
): Promise<KnownComment | null> {
  if (before === null) return null;
  if (before.id !== null) return { id: before.id };
  const { viewer } = await readPullsNow(place.client, place, [number]);
  return { since, author: viewer };
}

function later({ clock }: AppPorts, ms: number): Date {
  return new Date(clock.now().getTime() + ms);
}

function byTime(a: Memo, b: Memo): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;
}
