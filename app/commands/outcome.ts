import type { Approvals, Override, OwnershipFacts, Owners } from "../../core/ownership/index.ts";
import type { Policy } from "../../core/policy/index.ts";
import type { EarlierVerdict, Ruling } from "../../core/provenance/index.ts";
import type { CommandRequest, Settled } from "./command.ts";
import { says, type Answer } from "./says.ts";
import { headSeenAt, type SeenHead } from "./seen-heads.ts";

/** What is known of a change and its people: facts hold it. */
export type KnownOfChange = Omit<OwnershipFacts, "commitsOfFile">;

/** What a request is decided by. */
export interface Context {
  facts: KnownOfChange;
  /** Null: it does not load. */
  policy: Policy | null;
  seen: readonly SeenHead[];
  approvals: Approvals;
}

/** What a request comes to. */
export interface Outcome {
  /** Null: there is nothing to say. */
  answer: Answer | null;
  /** The whole id of the commit that it is about. */
  commit?: string;
  ruling?: Ruling;
  override?: Override;
  declaration?: EarlierVerdict;
}

/** @param before what was settled of it; null: nobody has decided on it yet */
export function outcomeOf(request: CommandRequest, before: Settled | null, context: Context): Outcome {
  const { command } = request;
  if (before?.granted === false) return { answer: { granted: false, text: before.text } };
  switch (command.verb) {
    case "withdrawn":
      return { answer: null };
    case "mistake":
      return { answer: says.mistake(command.says) };
    case "explain":
      return { answer: says.explained() };
    case "recheck":
      return rechecked(request, before, context);
    case "declare":
      return declared({ ...request, command }, before, context);
    case "clear":
      return cleared({ ...request, command }, before, context);
    case "override":
      return overridden({ ...request, command }, context);
  }
}

type Verb = CommandRequest["command"]["verb"];
type Asked<V extends Verb> = CommandRequest & { command: Extract<CommandRequest["command"], { verb: V }> };

function rechecked({ by }: CommandRequest, before: Settled | null, { facts }: Context): Outcome {
  const may = before === null ? mayWrite(by, facts) : "yes";
  return { answer: may === "yes" ? says.rechecked() : says.notAWriter(by, may) };
}

/** Once it was granted it stays, whoever may push by now: it only raises. */
function declared(
  { by, command: { commit: id, verdict, agent, model } }: Asked<"declare">,
  before: Settled | null,
  { facts }: Context,
): Outcome {
  const may = before === null ? mayWrite(by, facts) : "yes";
  if (may !== "yes") return { answer: says.notAWriter(by, may) };
  const commit = before?.commit ?? commitOf(id, facts);
  if (commit === null) return { answer: says.noSuchCommit(id) };
  const answer = says.declared(commit, verdict, by);
  if (!isThere(commit, facts)) return { answer, commit };
  return { answer, commit, declaration: { commit, verdict, agent, model, strength: "claim" } };
}

/** Who may is asked anew each time; of which commit it is, once. */
function cleared(
  { by, at, command: { commit: id, reason } }: Asked<"clear">,
  before: Settled | null,
  context: Context,
): Outcome {
  const { policy, approvals, facts, seen } = context;
  if (policy === null) return { answer: says.noPolicy() };
  const owners = policy.policyOwners ?? policy.defaultOwners;
  const member = among(by, owners, approvals);
  if (owners === null || member !== "yes")
    return { answer: says.notAPolicyOwner(by, owners === null ? "none" : member) };
  const { sha: head } = facts.change.head;
  // Of what was pushed since, two commits with the same first digits are quickly made.
  if (before === null && id.length < head.length && headSeenAt(at, seen) !== head)
    return { answer: says.mayMeanAnother(id) };
  const commit = before?.commit ?? commitOf(id, facts);
  if (commit === null) return { answer: says.noSuchCommit(id) };
  if (before !== null && !isThere(commit, facts)) return { answer: says.cleared(commit, by), commit };
  const own = wroteIt(by, commit, context);
  if (own !== "no") return { answer: says.ownWork(by, commit, own) };
  return { answer: says.cleared(commit, by), commit, ruling: { commit, verdict: "human", by, reason, at } };
}

function overridden({ by, at, comment, command: { reason } }: Asked<"override">, context: Context): Outcome {
  const { policy, seen, approvals } = context;
  if (policy === null) return { answer: says.noPolicy() };
  const who = policy.breakGlass?.who ?? null;
  const member = among(by, who, approvals);
  if (who === null || member !== "yes") return { answer: says.notForBreakGlass(by, who === null ? "none" : member) };
  const head = headSeenAt(at, seen);
  if (head === null) return { answer: says.nothingSeen() };
  return { answer: says.overridden(head, by), override: { id: `comment-${comment}`, by, reason, at, commit: head } };
}

/** Whoever opened the pull request, and whoever is known to be able to push. */
function mayWrite(login: string, { pullRequest, people }: KnownOfChange): "yes" | "no" | "unknown" {
  if (pullRequest.state === "present" && isSame(pullRequest.value.author, login)) return "yes";
  if (people.state === "absent") return "unknown";
  const { writers, everyWriter = false } = people.value;
  const entries = writers.filter((writer) => isSame(writer.login, login));
  if (entries.length > 0 && entries.every(({ canPush }) => canPush)) return "yes";
  // Nobody can say no of somebody who may have opened it.
  if (pullRequest.state === "absent") return "unknown";
  return entries.length > 0 || everyWriter ? "no" : "unknown";
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

function isThere(commit: string, { change }: KnownOfChange): boolean {
  return change.commits.some(({ sha }) => sha === commit);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
