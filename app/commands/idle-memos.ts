import type { Memo } from "../../adapters/store/store.ts";
import { CommandRequest, type Settled } from "./command.ts";
import { memoValue } from "../memo-value.ts";
import { standingRequests } from "./requests.ts";
import { requestId, settledRequests } from "./settled.ts";

/**
 * What may be forgotten of a pull request's comments, for it can come to nothing any more: versions that were edited away,
 * with what was settled of them; and of people outside of the repository, beyond the newest thousand, questions and what
 * was refused. Anybody may comment, and edit as often as they like. In this order: were an edit forgotten before what it
 * took away, that would stand again.
 */
export function idleMemos(memos: readonly Memo[]): Memo[] {
  const settled = settledRequests(memos);
  const standing = standingRequests(memos);
  const lastOf = new Map(standing.map((request) => [request.comment, requestId(request)]));
  const isRefused = (id: string) => settled.get(id)?.granted === false;
  const stands = new Set(standing.map(requestId));
  const isEdited = (id: string, comment: number) => lastOf.get(comment) !== id && (!stands.has(id) || isRefused(id));
  const passing = standing.filter((request) => isPassing(request, settled.get(requestId(request)))).map(requestId);
  const surplus = new Set(passing.slice(0, Math.max(0, passing.length - mostPassing)));
  const requests = memos.flatMap((memo) => {
    const request = memo.kind === "settled" ? settled.get(memo.id) : (memoValue(CommandRequest, memo) ?? undefined);
    return request === undefined ? [] : [{ memo, id: requestId(request), comment: request.comment }];
  });
  const edited = requests.filter(({ id, comment }) => isEdited(id, comment));
  const beyond = requests.filter(({ memo, id }) => memo.kind !== "settled" && surplus.has(id));
  return [...new Set([...edited, ...beyond].map(({ memo }) => memo))];
}

const mostPassing = 1_000;

/** Without a lasting effect: forgotten, it would be as if it had been answered. */
function isPassing({ command: { verb }, isInsider }: CommandRequest, settled: Settled | undefined): boolean {
  if (isInsider) return false;
  return verb === "explain" || verb === "recheck" || verb === "mistake" || settled?.granted === false;
}
