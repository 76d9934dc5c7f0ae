import type { Memo } from "../../adapters/store/store.ts";
import { compareInstants } from "../../core/instant.ts";
import { memoValue } from "../memo-value.ts";
import { CommandRequest } from "./command.ts";

/**
 * The requests that stand, oldest first. Of a comment that was edited its last version counts, but for declarations:
 * what was declared once stays, since it only raises.
 */
export function standingRequests(memos: readonly Memo[]): CommandRequest[] {
  const requests = memos.flatMap(requestOf).sort(byTime);
  const last = new Map(requests.map((request) => [request.comment, request]));
  return requests.filter((request) => request.command.verb === "declare" || last.get(request.comment) === request);
}

/** None for a memo of another kind, or one that another version wrote. */
function requestOf(memo: Memo): CommandRequest[] {
  const request = kinds.has(memo.kind) ? memoValue(CommandRequest, memo) : null;
  return request === null ? [] : [request];
}

const kinds: ReadonlySet<string> = new Set(["command", "declaration", "ruling", "override"]);

/** Of one instant, in the order of the comments; of one comment, what asks for less comes last and stands. */
function byTime(a: CommandRequest, b: CommandRequest): number {
  return compareInstants(a.at, b.at) || a.comment - b.comment || weight(a) - weight(b);
}

function weight({ command }: CommandRequest): number {
  return ["override", "clear", "declare", "recheck", "explain", "mistake", "withdrawn"].indexOf(command.verb);
}
