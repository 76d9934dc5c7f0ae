import type { Memo, Store } from "../../adapters/store/store.ts";
import { absent, mapEvidence, present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import type { People } from "../../core/ownership/index.ts";
import { EarlierVerdict } from "../../core/provenance/provenance.ts";
import type { Review } from "../../core/report/index.ts";
import { verdictsOf } from "../../gate/read-earlier.ts";
import { policyOf } from "../../gate/wanted-people.ts";
import { redactFacts } from "../../gate/redact-facts.ts";
import {
  authoriseCommands,
  commitsOfOverrides,
  idleMemos,
  settledMemo,
  standingRequests,
  type CommandReply,
  type SeenHead,
  type Settled,
} from "../commands/index.ts";
import { memoValue } from "../memo-value.ts";
import { formerLabels } from "../publish/remembered.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { askersOf } from "./askers.ts";

/** What the App remembers of a subject, and GitHub would not tell again. */
export interface Recalled {
  memos: readonly Memo[];
  /** The heads that were judged, and when first. */
  seen: readonly SeenHead[];
  /** Commits that uses of break-glass would be for. */
  commits: readonly string[];
  /** Whose right to push decides on what they asked for in a comment, and nobody has decided yet. */
  askers: readonly string[];
  earlier: Facts["earlier"];
}

/** Throws `StoreFault`: without its memory the App would take a verdict back that stays. */
export async function recall(store: Store, subject: Subject, now: Date): Promise<Recalled> {
  const key = subjectKey(subject);
  const memos = await store.memory.of(key);
  const requests = standingRequests(memos);
  const seen = requests.length === 0 ? [] : seenHeads(await store.verdicts.history(key, mostSeen));
  return {
    ...{ memos, seen },
    commits: commitsOfOverrides(memos, seen),
    askers: askersOf(memos, requests, now),
    earlier: present(memos.flatMap(earlierOf)),
  };
}

const mostSeen = 1000;

/** Of a head that is only being judged nobody has seen anything yet. */
function seenHeads(history: readonly { head: string; at: string; decision: string }[]): SeenHead[] {
  const first = new Map<string, string>();
  for (const { head, at, decision } of history)
    if (decision !== "pending" && at < (first.get(head) ?? "~")) first.set(head, at);
  return [...first].map(([sha, at]) => ({ sha, at }));
}

/** One that another version wrote in another shape says nothing. */
function earlierOf(memo: Memo): EarlierVerdict[] {
  const verdict = memo.kind === "earlier" ? memoValue(EarlierVerdict, memo) : null;
  return verdict === null ? [] : [verdict];
}

/** The uses of break-glass that could be in force, before anybody knows who gave them: what stood there is read. */
export function possibleOverrides({ commits }: Recalled): Facts["overrides"] {
  if (commits.length === 0) return absent("nobody used break-glass");
  const at = new Date(0).toISOString();
  return present(commits.map((commit, index) => ({ id: `possible-${index}`, by: "", reason: "", at, commit })));
}

/**
 * The facts with what people's commands come to, by what these facts and their `rights` to push say of them, what each is
 * answered, and what that settles. Whoever only asked for something is in no facts: a stranger's comment changes none.
 */
export function withCommands(
  facts: Facts,
  { memos, seen, earlier }: Recalled,
  rights: People["writers"],
): { facts: Facts; replies: readonly CommandReply[]; settled: readonly Settled[] } {
  const policy = policyOf(facts.change, facts);
  const known = { ...facts, people: withRights(facts.people, rights) };
  const { rulings, overrides, declarations, replies, settled } = authoriseCommands(memos, known, policy, seen);
  const remembered = earlier.state === "present" ? earlier.value : [];
  const told = redactFacts({
    ...facts,
    rulings: present(rulings),
    overrides: present(overrides),
    earlier: present([...remembered, ...declarations]),
  });
  return { facts: told, replies, settled };
}

/** The people of the facts, with whom else is known to be able to push or not. */
export function withRights(people: Facts["people"], rights: People["writers"]): Facts["people"] {
  return mapEvidence(people, (value) => ({ ...value, writers: [...value.writers, ...rights] }));
}

/** What must stay of a review: a commit that showed a tool's work once stays so, though its marks go away. */
export function lastingVerdicts(subject: Subject, review: Review): EarlierVerdict[] {
  // Of a group and of what landed, the pull requests' own commits are remembered already.
  if (subject.kind !== "pull-request") return [];
  return verdictsOf(review).filter(({ verdict }) => verdict !== "human" && verdict !== "undeclared");
}

/** What will be recalled once these are remembered. */
export function withLasting(recalled: Recalled, lasting: readonly EarlierVerdict[]): Recalled {
  const before = recalled.earlier.state === "present" ? recalled.earlier.value : [];
  const all = new Map([...before, ...lasting].map((verdict) => [verdict.commit, verdict]));
  // As memos come, in the order of their ids.
  return { ...recalled, earlier: present([...all.values()].sort((a, b) => (a.commit < b.commit ? -1 : 1))) };
}

/** Forgets what of a pull request's comments and labels can come to nothing any more, some of it each time. */
export async function forgetIdle(store: Store, { memos }: Pick<Recalled, "memos">): Promise<void> {
  const idle = [...idleMemos(memos), ...formerLabels(memos)];
  for (const { subject, kind, id } of idle.slice(0, mostForgotten)) await store.memory.forget(subject, kind, id);
}

/** Each is a transaction of its own. */
const mostForgotten = 100;

/** Before anything is published: what somebody was told must hold in the next judgement, too. */
export async function remember(
  store: Store,
  subject: Subject,
  { lasting, settled }: { lasting: readonly EarlierVerdict[]; settled: readonly Settled[] },
  at: string,
): Promise<string[]> {
  const key = subjectKey(subject);
  const memos = [
    ...settled.map((each) => settledMemo(key, each, at)),
    ...lasting.map((verdict) => ({
      ...{ subject: key, kind: "earlier" as const, id: verdict.commit, value: JSON.stringify(verdict), at },
    })),
  ];
  if (memos.length > 0) await store.memory.remember(memos);
  return lasting.map(({ commit }) => commit);
}
