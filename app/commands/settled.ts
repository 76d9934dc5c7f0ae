import type { Memo } from "../../adapters/store/store.ts";
import { memoValue } from "../memo-value.ts";
import { Settled, type CommandRequest } from "./command.ts";

/** What earlier judgements settled, by `requestId`. */
export function settledRequests(memos: readonly Memo[]): ReadonlyMap<string, Settled> {
  const own = memos.filter(({ kind }) => kind === "settled");
  const settled = own.flatMap((memo) => memoValue(Settled, memo) ?? []);
  return new Map(settled.map((each) => [requestId(each), each]));
}

/** One version of one comment. */
export function requestId({ comment, at }: Pick<CommandRequest, "comment" | "at">): string {
  return `${comment}/${at}`;
}

/** What is to be remembered of it, with the pull request's subject key, and when it was settled. */
export function settledMemo(subject: string, settled: Settled, at: string): Memo {
  return { subject, kind: "settled", id: requestId(settled), value: JSON.stringify(settled), at };
}
