import * as z from "zod";
import type { Store } from "../../adapters/store/store.ts";
import type { Clock } from "../../core/clock.ts";
import { memoValue } from "../memo-value.ts";
import { subjectKey } from "../subject.ts";

/** Which repository of an installation a sweep looked at last before it was asked to wait; 0 when it never was. */
export async function cameTo(installation: number, { memory }: Pick<Store, "memory">): Promise<number> {
  const memos = await memory.of(keyOf(installation));
  const memo = memos.find(({ kind, id }) => kind === "seen" && id === memoId);
  // One that another version wrote in another shape says nothing: it must not end every sweep.
  return (memo === undefined ? null : memoValue(CameTo, memo))?.repository ?? 0;
}

/** Remembers that a sweep came to this repository, for whichever instance goes on. */
export async function keepCameTo(
  installation: number,
  repository: number,
  { store, clock }: { store: Pick<Store, "memory">; clock: Clock },
): Promise<void> {
  const value = JSON.stringify({ repository });
  const memo = { subject: keyOf(installation), kind: "seen" as const, id: memoId, value };
  await store.memory.remember([{ ...memo, at: clock.now().toISOString() }]);
}

/** All of them, those behind `last` first: in the order of their ids, which stays when others come and go. */
export function startingAfter(last: number, repositories: readonly number[]): number[] {
  const all = repositories.toSorted((a, b) => a - b);
  return [...all.filter((id) => id > last), ...all.filter((id) => id <= last)];
}

function keyOf(installation: number): string {
  return subjectKey({ kind: "installation", installation });
}

const memoId = "came-to";
const CameTo = z.object({ repository: z.int() });
