import type { Memo, Store } from "../../adapters/store/store.ts";
import { absent, present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { EarlierVerdict } from "../../core/provenance/provenance.ts";
import type { Review } from "../../core/report/index.ts";
import { verdictsOf } from "../../gate/read-earlier.ts";
import { policyOf } from "../../gate/wanted-people.ts";
import { redactFacts } from "../../gate/redact-facts.ts";
import {
  authoriseCommands,
  commitsOfOverrides,
  type CommandReply,
  type SeenHead,
} from "../commands/authorise-commands.ts";
import { standingRequests } from "../commands/requests.ts";
import { subjectKey, type Subject } from "../subject.ts";

/** What the App remembers of a subject, and GitHub would not tell again. */
export interface Recalled {
  memos: readonly Memo[];
  /** The heads that were judged, and when first. */
  seen: readonly SeenHead[];
  /** Commits that uses of break-glass would be for. */
  commits: readonly string[];
  /** Who asked for something in a comment. */
  askers: readonly string[];
  earlier: Facts["earlier"];
}

/** Throws `StoreFault`: without its memory the App would take a verdict back that stays. */
export async function recall(store: Store, subject: Subject): Promise<Recalled> {
  const key = subjectKey(subject);
  const memos = await store.memory.of(key);
  const requests = standingRequests(memos);
  const seen = requests.length === 0 ? [] : seenHeads(await store.verdicts.history(key, mostSeen));
  const askers = new Map(requests.map(({ by }) => [by.toLowerCase(), by]));
  return {
    ...{ memos, seen },
    commits: commitsOfOverrides(memos, seen),
    askers: [...askers.values()].slice(0, mostAskers),
    earlier: present(memos.flatMap(earlierOf)),
  };
}

const mostSeen = 1000;
/** Anybody may comment on a public repository; each costs a request. */
const mostAskers = 20;

function seenHeads(history: readonly { head: string; at: string }[]): SeenHead[] {
  const first = new Map<string, string>();
  for (const { head, at } of history) if (at < (first.get(head) ?? "~")) first.set(head, at);
  return [...first].map(([sha, at]) => ({ sha, at }));
}

/** One that another version wrote in another shape says nothing. */
function earlierOf({ kind, value }: Memo): EarlierVerdict[] {
  if (kind !== "earlier") return [];
  const read = EarlierVerdict.safeParse(jsonOrNull(value));
  return read.success ? [read.data] : [];
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The uses of break-glass that could be in force, before anybody knows who gave them: what stood there is read. */
export function possibleOverrides({ commits }: Recalled): Facts["overrides"] {
  if (commits.length === 0) return absent("nobody used break-glass");
  const at = new Date(0).toISOString();
  return present(commits.map((commit, index) => ({ id: `possible-${index}`, by: "", reason: "", at, commit })));
}

/** The facts with what people's commands come to, by what these facts say of the people, and what each is answered. */
export function withCommands(
  facts: Facts,
  { memos, seen, earlier }: Recalled,
): { facts: Facts; replies: readonly CommandReply[] } {
  const policy = policyOf(facts.change, facts);
  const { rulings, overrides, declarations, replies } = authoriseCommands(memos, facts, policy, seen);
  const remembered = earlier.state === "present" ? earlier.value : [];
  const told = redactFacts({
    ...facts,
    rulings: present(rulings),
    overrides: present(overrides),
    earlier: present([...remembered, ...declarations]),
  });
  return { facts: told, replies };
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

export async function remember(
  store: Store,
  subject: Subject,
  lasting: readonly EarlierVerdict[],
  at: string,
): Promise<string[]> {
  if (lasting.length === 0) return [];
  const key = subjectKey(subject);
  await store.memory.remember(
    lasting.map((verdict) => ({
      ...{ subject: key, kind: "earlier" as const, id: verdict.commit, value: JSON.stringify(verdict), at },
    })),
  );
  return lasting.map(({ commit }) => commit);
}
