import type { Memo } from "../../adapters/store/store.ts";
import { compareInstants } from "../../core/instant.ts";
import { approvalsOf, type Override } from "../../core/ownership/index.ts";
import type { Policy } from "../../core/policy/index.ts";
import type { EarlierVerdict, Ruling } from "../../core/provenance/index.ts";
import type { Command, CommandRequest, Settled } from "./command.ts";
import { outcomeOf, type KnownOfChange, type Outcome } from "./outcome.ts";
import { standingRequests } from "./requests.ts";
import { headSeenAt, type SeenHead } from "./seen-heads.ts";
import { requestId, settledRequests } from "./settled.ts";

/** What people's commands come to, by what is true of these people now. */
export interface AuthorisedCommands {
  /** For `Facts.rulings`. */
  rulings: Ruling[];
  /** For `Facts.overrides`; whether one of them is in force is the policy's to say. */
  overrides: Override[];
  /** For `Facts.earlier`, beside what earlier readings showed: they raise, and lower nothing. */
  declarations: EarlierVerdict[];
  /** One for each comment that asked for something, oldest first. */
  replies: CommandReply[];
  /** What this judgement settled, to be remembered before anybody is told. */
  settled: Settled[];
}

export interface CommandReply {
  /** GitHub's id of the comment that it answers. */
  comment: number;
  /** Which version of that comment. */
  at: string;
  /** Who wrote that comment, and whether GitHub says that they belong to the repository: these are answered first. */
  by: string;
  isInsider: boolean;
  granted: boolean;
  /** One paragraph of Markdown. Untrusted parts are inert. */
  text: string;
}

/**
 * Decides what becomes of each command that a pull request's comments hold. Who may: anybody asks for an explanation; the
 * author and whoever can push recheck and declare; policy owners clear, but not their own work; `break_glass.who` override.
 * Who somebody is comes from the facts that were read for this judgement, never from the event that told of the comment.
 * What was not read authorises nobody. What names a commit is about the one that its digits named when it was first decided,
 * and what was refused then stays refused. `seen` are the heads that were judged: an override is for the last of them that
 * its giver can have seen.
 */
export function authoriseCommands(
  memos: readonly Memo[],
  facts: KnownOfChange,
  policy: Policy | null,
  seen: readonly SeenHead[],
): AuthorisedCommands {
  const approvals = approvalsOf({ ...facts, commitsOfFile: new Map() });
  const context = { facts, policy, seen, approvals };
  const known = settledRequests(memos);
  const outcomes = standingRequests(memos).map((request) => {
    const before = known.get(requestId(request)) ?? null;
    return { request, before, outcome: outcomeOf(request, before, context) };
  });
  return {
    rulings: outcomes.flatMap(({ outcome }) => outcome.ruling ?? []),
    overrides: outcomes.flatMap(({ outcome }) => outcome.override ?? []),
    declarations: outcomes.flatMap(({ outcome }) => outcome.declaration ?? []),
    replies: outcomes.flatMap(({ request, outcome }) => replyTo(request, outcome)),
    settled: outcomes.flatMap(({ request, before, outcome }) => settledNow(request, before, outcome)),
  };
}

/**
 * The commits that uses of break-glass would be for: what stood there is read beside what was reviewed. Anybody may write
 * such a comment at any head, so that of many the newest are read.
 */
export function commitsOfOverrides(memos: readonly Memo[], seen: readonly SeenHead[]): string[] {
  const overrides = standingRequests(memos).filter(({ command }) => command.verb === "override");
  const meant = new Set(overrides.map(({ at }) => headSeenAt(at, seen)));
  const newest = seen.toSorted((a, b) => compareInstants(b.at, a.at)).filter(({ sha }) => meant.has(sha));
  return [...new Set(newest.slice(0, mostOverridden).map(({ sha }) => sha))].sort();
}

const mostOverridden = 20;

function replyTo({ comment, at, by, isInsider }: CommandRequest, { answer }: Outcome): CommandReply[] {
  return answer === null ? [] : [{ comment, at, by, isInsider, granted: answer.granted, text: answer.text }];
}

/** What is granted stays bound to its commit, and what is refused stays refused; what lowers a verdict, also for want of reading. */
function settledNow(
  { command: { verb }, comment, at }: CommandRequest,
  before: Settled | null,
  { answer, commit }: Outcome,
): Settled[] {
  if (answer === null || !settling.has(verb)) return [];
  const { granted, text, isUnread = false } = answer;
  const isNew = before === null ? verb === "clear" || !isUnread : before.granted && !granted && !isUnread;
  return isNew ? [{ comment, at, granted, commit: granted ? (commit ?? null) : null, text }] : [];
}

const settling: ReadonlySet<Command["verb"]> = new Set(["recheck", "declare", "clear"]);
