import * as z from "zod";
import { applyComment, applyKnownComment } from "../../adapters/github/apply-comment.ts";
import { addLabel, createLabel, removeLabel } from "../../adapters/github/apply-labels.ts";
import { requestReview } from "../../adapters/github/apply-review-requests.ts";
import { NotTold, TooMany } from "../../adapters/github/client.ts";
import { readPullsNow } from "../../adapters/github/read-published-on.ts";
import { isRefused, type WritePlace } from "../../adapters/github/written-once.ts";
import type { Memo } from "../../adapters/store/store.ts";
import { labelKinds } from "../../core/report/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { memoValue } from "../memo-value.ts";
import type { AppPorts } from "../ports.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { mention, type WantedComment } from "./comments.ts";
import { decorationOf, planDecoration, type DecorationStep } from "./decoration.ts";
import { decoratedLater, decoratedWhole } from "./decorate-later.ts";
import { forgetPressed, readPressed } from "./open-work.ts";
import { askedKey, folded, type Wish } from "./plan.ts";
import { writePlace } from "./places.ts";
import { queueReplies } from "./replies.ts";
import type { SeenPulls } from "./publish-head.ts";
import { labelLooks, labelName, type PublishSettings } from "./publish-settings.ts";
import { createdLabels, labelBegun, ownLabelsThere, remembered } from "./remembered.ts";

type Judged = Extract<Evaluation, { state: "judged" }>;
export type PullSubject = Extract<Subject, { kind: "pull-request" }>;

/**
 * Labels, review requests and comments of a pull request. What is there already is not read to find that out: nothing is
 * asked of GitHub unless something may be missing. What GitHub refuses is left out; what fails for now is tried again some
 * minutes later. Never throws for what GitHub did not do: the verdict stands without it.
 */
export async function decorate(
  ports: AppPorts,
  settings: PublishSettings,
  evaluation: Judged & { subject: PullSubject },
  seen: SeenPulls,
  signal: AbortSignal,
): Promise<void> {
  const { subject, head, facts } = evaluation;
  await queueReplies(ports, evaluation);
  const at = { ...subject, sha: head };
  const buttons = await readPressed(ports, at);
  const memory = remembered(await ports.store.memory.of(subjectKey(subject)));
  const known = buttons.askOwners ? { ...memory, asked: new Map<string, never>() } : memory;
  const created = createdLabels(await ports.store.memory.of(repositoryKey(subject)));
  const wanted = decorationOf(evaluation, settings, buttons);
  const pull = facts.pullRequest.state === "present" ? facts.pullRequest.value : { labels: [], draft: false };
  const labels = [...pull.labels, ...ownLabelsThere(known)];
  const expected = planDecoration(wanted, known, { labels, pending: [], isDraft: pull.draft, created });
  if (expected.length === 0 && !buttons.askOwners) return decoratedWhole(ports, subject, known);
  try {
    const { place } = await writePlace(ports, subject);
    const told = seen ?? (await readPullsNow(place.client, place, [subject.number]));
    const now = told.pulls.find(({ number }) => number === subject.number);
    if (now === undefined || !now.isOpen || now.head !== head) return;
    const steps = planDecoration(wanted, known, { ...now, pending: now.asked, created });
    await rememberPending(ports, subject, expected, now.asked);
    const work = { ports, settings, subject, place, author: told.viewer, head };
    const left = await takeSteps(work, steps, signal);
    if (left) {
      await decoratedLater(ports, subject, known);
      return;
    }
    // What was begun once and is not to be done now is there.
    const there = [...known.begun].map((label) => memo(work, subjectKey(subject), `label/${label}`, "{}"));
    if (there.length > 0) await ports.store.memory.remember(there);
    await forgetPressed(ports, at, buttons);
    await decoratedWhole(ports, subject, known);
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    ports.log.warn("decoration-put-off", { subject: subjectKey(subject), status: error.status, why: error.message });
    await decoratedLater(ports, subject, known);
  }
}

interface Work {
  ports: AppPorts;
  settings: PublishSettings;
  subject: PullSubject;
  place: WritePlace;
  /** Our own login. */
  author: string;
  head: string;
}

/** Whether some step is left for later. One that fails keeps no other from being taken. */
async function takeSteps(work: Work, steps: readonly DecorationStep[], signal: AbortSignal): Promise<boolean> {
  let left = false;
  for (const step of steps) {
    signal.throwIfAborted();
    try {
      await take(work, step);
    } catch (error) {
      if (!(error instanceof NotTold)) throw error;
      const { ports, subject } = work;
      const fields = { subject: subjectKey(subject), step: step.do, status: error.status };
      ports.log.warn(isRefused(error) ? "decoration-refused" : "decoration-failed", fields);
      left ||= !isRefused(error);
    }
  }
  return left;
}

/** Remembered before a label is put there: one that is there and not remembered would be taken for a person's. */
async function take(work: Work, step: DecorationStep): Promise<void> {
  const { ports, place, subject } = work;
  const { memory } = ports.store;
  const key = subjectKey(subject);
  switch (step.do) {
    case "create-label":
      await createLabel(place, { name: step.label, ...lookOf(work.settings, step.label) });
      return memory.remember([memo(work, repositoryKey(subject), `label/${folded(step.label)}`, "{}")]);
    case "add-label":
      await memory.remember([memo(work, key, `label/${folded(step.label)}`, labelBegun)]);
      await addLabel(place, subject.number, step.label);
      return memory.remember([memo(work, key, `label/${folded(step.label)}`, "{}")]);
    case "remove-label":
      await removeLabel(place, subject.number, step.label);
      return memory.forget(key, "published", `label/${folded(step.label)}`);
    case "request-review":
      return ask(work, step.wish);
    case "write-comment":
      return write(work, step.comment);
  }
}

/** Whoever cannot be asked is told, and whoever cannot be told either is named in the check's summary all the same. */
async function ask(work: Work, { request, content }: Wish): Promise<void> {
  const { ports, place, subject } = work;
  const outcome = await requestReview(place, subject.number, request);
  const told = outcome === "refused" ? mention(request, `${subject.repository}#${subject.number}`) : null;
  if (told !== null) await write(work, told);
  const value = JSON.stringify({ content, outcome, head: work.head });
  await ports.store.memory.remember([{ ...memo(work, subjectKey(subject), askedKey(request), value), kind: "asked" }]);
}

async function write(work: Work, comment: WantedComment): Promise<void> {
  const { store } = work.ports;
  const key = subjectKey(work.subject);
  const id = await written(work, comment);
  if (id !== null) await store.memory.remember([memo(work, key, `comment-id/${comment.key}`, JSON.stringify(id))]);
  await store.memory.remember([memo(work, key, `comment/${comment.key}`, comment.digest)]);
}

/**
 * The comment's id. Among more comments than are read ours is found by the id that it had; without one nobody knows whether
 * it is there, and it is left out: the check says it too.
 */
async function written({ ports, place, subject, author }: Work, comment: WantedComment): Promise<number | null> {
  const { key, marker, body } = comment;
  try {
    return await applyComment(place, subject.number, { marker, body, author });
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    const memos = await ports.store.memory.of(subjectKey(subject));
    const known = memos.find(({ kind, id }) => kind === "published" && id === `comment-id/${key}`);
    const id = known === undefined ? null : memoValue(z.int(), known);
    if (id !== null) return applyKnownComment(place, subject.number, { marker, body }, { id });
    ports.log.warn("comment-left-out", { subject: subjectKey(subject), comment: key, why: error.message });
    return null;
  }
}

/** Who is asked already, by CODEOWNERS or a person, is asked as if by us. */
async function rememberPending(
  { store, clock }: AppPorts,
  subject: PullSubject,
  expected: readonly DecorationStep[],
  pending: readonly string[],
): Promise<void> {
  const at = clock.now().toISOString();
  const memos = expected.flatMap((step): Memo[] => {
    if (step.do !== "request-review" || !pending.includes(folded(step.wish.request.name))) return [];
    const value = JSON.stringify({ content: step.wish.content, outcome: "pending" });
    return [{ subject: subjectKey(subject), kind: "asked", id: askedKey(step.wish.request), value, at }];
  });
  if (memos.length > 0) await store.memory.remember(memos);
}

function lookOf(settings: PublishSettings, label: string) {
  const kind = labelKinds.find((each) => labelName(settings, each) === label) ?? "ai-assisted";
  return labelLooks[kind];
}

function memo({ ports }: Work, subject: string, id: string, value: string): Memo {
  return { subject, kind: "published", id, value, at: ports.clock.now().toISOString() };
}

function repositoryKey({ repository }: PullSubject): string {
  return `repository/${repository}`;
}
