import type { Memo } from "../../adapters/store/store.ts";
import type { Button } from "../../core/report/index.ts";
import type { AppPorts } from "../ports.ts";
import type { Head } from "./publish-head.ts";

/** As the conclusion of a head whose check run we began and have not completed. */
export const inProgress = "in_progress";

/** What is not known to be done on a head. */
export interface OpenWork {
  /** A write was begun: whether GitHub has it must be looked up. */
  begun: boolean;
  /** A person asked for the check anew: GitHub waits for a new run, whatever the last one says. */
  again: boolean;
}

export async function openWork({ store }: AppPorts, head: Head): Promise<OpenWork> {
  const memos = await store.memory.of(placeOf(head));
  const has = (wanted: string) => memos.some(({ kind, id }) => kind === "published" && id === wanted);
  return { begun: has(begun), again: has(again) };
}

/** Durable before the first write, so that a process that comes after a crash looks before it writes. */
export function beginWork({ store, clock }: AppPorts, head: Head): Promise<void> {
  return store.memory.remember([memo(head, begun, clock.now())]);
}

export async function endWork({ store }: AppPorts, head: Head, open: OpenWork): Promise<void> {
  if (open.again) await store.memory.forget(placeOf(head), "published", again);
  await store.memory.forget(placeOf(head), "published", begun);
}

/** What is to be remembered when a person pressed `Re-run`: without a new run GitHub shows the check as queued for good. */
export function publishAgain(head: Head, at: Date): Memo {
  return memo(head, again, at);
}

/** What is to be remembered when a person pressed a button of the check; nothing for one that we do not have. */
export function pressed(head: Head, button: string, at: Date): Memo[] {
  const ids: Record<Button["identifier"], string> = { recheck: again, "request-owners": askOwners, explain };
  const id = Object.entries(ids).find(([identifier]) => identifier === button)?.[1];
  return id === undefined ? [] : [memo(head, id, at)];
}

/** What people asked for on a head, by its buttons, and have not got. */
export interface Pressed {
  /** Whoever can approve is asked once more, though they were asked before. */
  askOwners: boolean;
  /** When an explanation was asked for; null: it was not. */
  explainAt: string | null;
}

export async function readPressed({ store }: AppPorts, head: Head): Promise<Pressed> {
  const memos = (await store.memory.of(placeOf(head))).filter(({ kind }) => kind === "published");
  const explained = memos.find(({ id }) => id === explain);
  return { askOwners: memos.some(({ id }) => id === askOwners), explainAt: explained?.at ?? null };
}

/** It was done. */
export async function forgetPressed(
  { store }: AppPorts,
  head: Head,
  { askOwners: asks, explainAt }: Pressed,
): Promise<void> {
  if (asks) await store.memory.forget(placeOf(head), "published", askOwners);
  if (explainAt !== null) await store.memory.forget(placeOf(head), "published", explain);
}

const begun = "check-run";
const again = "again";
const askOwners = "ask-owners";
const explain = "explain";

function memo(head: Head, id: string, at: Date): Memo {
  return { subject: placeOf(head), kind: "published", id, value: "{}", at: at.toISOString() };
}

function placeOf({ repository, sha }: Head): string {
  return `head/${repository}/${sha}`;
}
