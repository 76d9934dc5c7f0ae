import * as z from "zod";
import type { Memo } from "../../adapters/store/store.ts";
import type { CommandReply } from "../commands/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { markOf } from "../marks.ts";
import { memoValue } from "../memo-value.ts";
import type { AppPorts } from "../ports.ts";
import { pullRequestKey, subjectKey, type Subject } from "../subject.ts";
import { replyComment, replyKey } from "./comments.ts";

type PullSubject = Extract<Subject, { kind: "pull-request" }>;
type ToAnswer = Pick<Extract<Evaluation, { state: "judged" }>, "replies"> & { subject: PullSubject };

/** An answer that is still to be written, and how often that failed. */
export const QueuedReply = z.strictObject({
  repository: z.int().positive(),
  number: z.int().positive(),
  key: z.string(),
  marker: z.string(),
  body: z.string(),
  digest: z.string(),
  /** Who is answered. */
  by: z.string(),
  isInsider: z.boolean(),
  /** When the comment came to say what it says: ours is later. */
  since: z.string(),
  tries: z.int(),
});
export type QueuedReply = z.infer<typeof QueuedReply>;

/**
 * Queues the answers to people's commands, to be written one by one when nothing else is (`answerNext`): anybody may
 * comment, and what answers them must hold up no verdict. What was written, or is queued, is not queued again; what is
 * queued and would say another thing by now is taken back.
 */
export async function queueReplies(ports: AppPorts, { subject, replies = [] }: ToAnswer): Promise<void> {
  if (replies.length === 0) return;
  const { store, clock, log } = ports;
  const queue: Subject = { kind: "replies", installation: subject.installation };
  const [own, queued] = [await store.memory.of(subjectKey(subject)), await store.memory.of(subjectKey(queue))];
  const wanted = wantedReplies(subject, replies, writtenReplies(own));
  const memos = wanted.map((reply) => queuedMemo(queue, reply, clock.now()));
  const [wants, has] = [idsOf(memos), idsOf(queued)];
  const stale = queued.filter(
    ({ kind, id }) => kind === "queued" && id.startsWith(`${placeOf(subject)}/`) && !wants.has(id),
  );
  for (const { subject: key, kind, id } of stale) await store.memory.forget(key, kind, id);
  const left = memos.filter(({ id }) => !has.has(id));
  const taken = left.slice(0, Math.max(0, longestQueue - queued.length));
  if (taken.length < left.length) log.warn("replies-left-out", { subject: subjectKey(subject) });
  if (taken.length > 0) await store.memory.remember(taken);
  const at = new Date(clock.now().getTime() + firstAfterMs);
  if (memos.length > 0) await store.subjects.mark([markOf(queue, at)]);
}

/** A moment: verdicts that are due with it come first. */
const firstAfterMs = 1_000;
/** Of an installation. What finds no place is queued by a later judgement. */
const longestQueue = 500;

function idsOf(memos: readonly Memo[]): ReadonlySet<string> {
  return new Set(memos.map(({ id }) => id));
}

/** Those that do not stand there as they should. */
function wantedReplies(
  subject: PullSubject,
  replies: readonly CommandReply[],
  written: ReadonlyMap<string, WrittenReply>,
): QueuedReply[] {
  const { repository, number } = subject;
  return boundedReplies(replies, written).flatMap((reply) => {
    const { key, marker, body, digest } = replyComment(reply, placeOf(subject));
    const { by, isInsider, at: since } = reply;
    const told = { repository, number, key, marker, body, digest, by, isInsider, since, tries: 0 };
    return written.get(key)?.digest === digest ? [] : [told];
  });
}

function placeOf({ repository, number }: Pick<PullSubject, "repository" | "number">): string {
  return `${repository}#${number}`;
}

/**
 * The comments that are answered: of each author the first few, and of all whom GitHub does not count among the
 * repository's people no more than some. A comment that was answered once is one of them for good, though its author takes
 * the command back: nobody gets further answers by that.
 */
export function boundedReplies(
  replies: readonly CommandReply[],
  written: ReadonlyMap<string, Pick<WrittenReply, "by" | "isInsider">>,
): CommandReply[] {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const counted = ({ by, isInsider }: Pick<WrittenReply, "by" | "isInsider">) => {
    count(`by ${by.toLowerCase()}`);
    count(`of insiders: ${isInsider}`);
  };
  for (const before of written.values()) counted(before);
  // Of a comment that declared two things one after the other, the last version is answered.
  const last = new Map(replies.map((reply) => [reply.comment, reply]));
  return [...last.values()]
    .sort((a, b) => a.comment - b.comment)
    .filter((reply) => {
      if (written.has(replyKey(reply))) return true;
      const { each, together } = reply.isInsider ? mostToInsiders : mostToOthers;
      const [own, all] = [
        counts.get(`by ${reply.by.toLowerCase()}`) ?? 0,
        counts.get(`of insiders: ${reply.isInsider}`) ?? 0,
      ];
      if (own >= each || all >= together) return false;
      counted(reply);
      return true;
    });
}

const mostToInsiders = { each: 20, together: 200 };
const mostToOthers = { each: 5, together: 20 };

/** What was written for each comment, by its key. An empty digest: writing it was begun, and is not known to be done. */
export function writtenReplies(memos: readonly Memo[]): ReadonlyMap<string, WrittenReply> {
  const own = memos.filter(({ kind, id }) => kind === "published" && id.startsWith("reply/"));
  return new Map(
    own.flatMap((memo) => {
      const written = memoValue(WrittenReply, memo);
      return written === null ? [] : [[memo.id, written] as const];
    }),
  );
}

/** What is remembered of an answer; a null id: it is not known, or GitHub did not take it. */
const WrittenReply = z.strictObject({
  ...{ digest: z.string(), id: z.int().nullable() },
  ...{ by: z.string(), isInsider: z.boolean() },
});
type WrittenReply = z.infer<typeof WrittenReply>;

/** @param told the digest of what stands there, and the comment's id */
export function writtenMemo(
  { repository, number, key, by, isInsider }: QueuedReply,
  told: Pick<WrittenReply, "digest" | "id">,
  at: Date,
): Memo {
  const value: WrittenReply = { ...told, by, isInsider };
  const subject = pullRequestKey(repository, number);
  return { subject, kind: "published", id: key, value: JSON.stringify(value), at: at.toISOString() };
}

/** Its id names its words, so that an answer that changes while it is written is another. `at`: not to be written before. */
export function queuedMemo(queue: Subject, reply: QueuedReply, at: Date): Memo {
  const id = `${placeOf(reply)}/${reply.key}/${reply.digest.slice(0, 16)}`;
  return { subject: subjectKey(queue), kind: "queued", id, value: JSON.stringify(reply), at: at.toISOString() };
}
