import type { Memo } from "../../adapters/store/store.ts";
import { compareInstants } from "../../core/instant.ts";
import {
  approvalsOf,
  type Approvals,
  type Override,
  type OwnershipFacts,
  type Owners,
} from "../../core/ownership/index.ts";
import type { Policy } from "../../core/policy/index.ts";
import type { EarlierVerdict, Ruling } from "../../core/provenance/index.ts";
import type { CommandRequest } from "./command.ts";
import { standingRequests } from "./requests.ts";
import { says, type Answer } from "./says.ts";

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
}

/** What is known of a change and its people: facts hold it. */
export type KnownOfChange = Omit<OwnershipFacts, "commitsOfFile">;

export interface CommandReply {
  /** GitHub's id of the comment that it answers. */
  comment: number;
  /** Which version of that comment. */
  at: string;
  granted: boolean;
  /** One paragraph of Markdown. Untrusted parts are inert. */
  text: string;
}

/** A head that the gate has judged, and when first. */
export interface SeenHead {
  sha: string;
  at: string;
}

/**
 * Decides what becomes of each command that a pull request's comments hold. Who may: anybody asks for an explanation; the
 * author and whoever can push recheck and declare; policy owners clear, but not their own work; `break_glass.who` override.
 * Who somebody is comes from the facts that were read for this judgement, never from the event that told of the comment.
 * What was not read authorises nobody. `seen` are the heads that were judged: an override is for the last of them that its
 * giver can have seen.
 */
export function authoriseCommands(
  memos: readonly Memo[],
  facts: KnownOfChange,
  policy: Policy | null,
  seen: readonly SeenHead[],
): AuthorisedCommands {
  const approvals = approvalsOf({ ...facts, commitsOfFile: new Map() });
  const context: Context = { facts, policy, seen, approvals };
  const outcomes = standingRequests(memos).map((request) => ({ request, outcome: outcomeOf(request, context) }));
  return {
    rulings: outcomes.flatMap(({ outcome }) => outcome.ruling ?? []),
    overrides: outcomes.flatMap(({ outcome }) => outcome.override ?? []),
    declarations: outcomes.flatMap(({ outcome }) => outcome.declaration ?? []),
    replies: outcomes.flatMap(({ request, outcome }) => replyTo(request, outcome.answer)),
  };
}

/** The commits that uses of break-glass would be for: what stood there is read beside what was reviewed. */
export function commitsOfOverrides(memos: readonly Memo[], seen: readonly SeenHead[]): string[] {
  const overrides = standingRequests(memos).filter(({ command }) => command.verb === "override");
  return [...new Set(overrides.flatMap(({ at }) => headSeenAt(at, seen) ?? []))].sort();
}

interface Context {
  facts: KnownOfChange;
  policy: Policy | null;
  seen: readonly SeenHead[];
  approvals: Approvals;
}

interface Outcome {
  /** Null: there is nothing to say. */
  answer: Answer | null;
  ruling?: Ruling;
  override?: Override;
  declaration?: EarlierVerdict;
}

function replyTo({ comment, at }: CommandRequest, answer: Answer | null): CommandReply[] {
  return answer === null ? [] : [{ comment, at, granted: answer.granted, text: answer.text }];
}

function outcomeOf(request: CommandRequest, context: Context): Outcome {
  const { command } = request;
  switch (command.verb) {
    case "withdrawn":
      return { answer: null };
    case "mistake":
      return { answer: says.mistake(command.says) };
    case "explain":
      return { answer: says.explained() };
    case "recheck":
      return { answer: mayWrite(request.by, context.facts) ? says.rechecked() : says.notAWriter(request.by) };
    case "declare":
      return declared(request, command, context);
    case "clear":
      return cleared(request, command, context);
    case "override":
      return overridden(request, command, context);
  }
}

type Of<Verb> = Extract<CommandRequest["command"], { verb: Verb }>;

function declared(
  { by }: CommandRequest,
  { commit: id, verdict, agent, model }: Of<"declare">,
  context: Context,
): Outcome {
  if (!mayWrite(by, context.facts)) return { answer: says.notAWriter(by) };
  const commit = commitOf(id, context.facts);
  if (commit === null) return { answer: says.noSuchCommit(id) };
  return {
    answer: says.declared(commit, verdict, by),
    declaration: { commit, verdict, agent, model, strength: "claim" },
  };
}

function cleared({ by, at }: CommandRequest, { commit: id, reason }: Of<"clear">, context: Context): Outcome {
  const { policy, approvals, facts } = context;
  const owners = policy?.policyOwners ?? policy?.defaultOwners ?? null;
  const member = among(by, owners, approvals);
  if (owners === null || member !== "yes")
    return { answer: says.notAPolicyOwner(by, owners === null ? "none" : member) };
  const commit = commitOf(id, facts);
  if (commit === null) return { answer: says.noSuchCommit(id) };
  const own = wroteIt(by, commit, context);
  if (own !== "no") return { answer: says.ownWork(by, commit, own) };
  return { answer: says.cleared(commit, by), ruling: { commit, verdict: "human", by, reason, at } };
}

function overridden({ by, at, comment }: CommandRequest, { reason }: Of<"override">, context: Context): Outcome {
  const { policy, seen, approvals } = context;
  const who = policy?.breakGlass?.who ?? null;
  const member = among(by, who, approvals);
  if (who === null || member !== "yes") return { answer: says.notForBreakGlass(by, who === null ? "none" : member) };
  const head = headSeenAt(at, seen);
  if (head === null) return { answer: says.nothingSeen() };
  return { answer: says.overridden(head, by), override: { id: `comment-${comment}`, by, reason, at, commit: head } };
}

/** Whoever opened the pull request, and whoever is known to be able to push. */
function mayWrite(login: string, { pullRequest, people }: KnownOfChange): boolean {
  if (pullRequest.state === "present" && isSame(pullRequest.value.author, login)) return true;
  if (people.state === "absent") return false;
  const entries = people.value.writers.filter((writer) => isSame(writer.login, login));
  return entries.length > 0 && entries.every(({ canPush }) => canPush);
}

function among(login: string, owners: Owners | null, approvals: Approvals): "yes" | "no" | "unknown" {
  return owners === null ? "no" : approvals.isAmong(login, owners);
}

/** Nobody lowers the verdict of what they proposed, asked an agent for, or have their name on. */
function wroteIt(login: string, commit: string, { facts, approvals }: Context): "yes" | "no" | "unknown" {
  if (facts.pullRequest.state === "absent") return "unknown";
  const { author, agentRequesters } = facts.pullRequest.value;
  if ([author, ...agentRequesters].some((name) => isSame(name, login))) return "yes";
  const accounts = approvals.accountsOf(commit);
  if (accounts === null) return "unknown";
  return accounts.some((account) => isSame(account, login)) ? "yes" : "no";
}

/** The commit of the change whose id begins so; null where there is none, or more than one. */
function commitOf(id: string, { change }: KnownOfChange): string | null {
  const found = change.commits.filter(({ sha }) => sha.startsWith(id));
  return found.length === 1 ? found[0]!.sha : null;
}

/** The last head that was judged before somebody wrote: never one that came afterwards. */
function headSeenAt(at: string, seen: readonly SeenHead[]): string | null {
  const before = seen.filter((head) => compareInstants(head.at, at) <= 0);
  return before.sort((a, b) => compareInstants(a.at, b.at)).at(-1)?.sha ?? null;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
