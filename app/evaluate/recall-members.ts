import type { QueuedPullRequest } from "../../adapters/github/read-merge-group.ts";
import type { VerdictRow } from "../../adapters/store/store.ts";
import { isByTool, verdicts } from "../../core/change/authorship.ts";
import { present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { compareInstants } from "../../core/instant.ts";
import { commitsOfMember, type People } from "../../core/ownership/index.ts";
import { Problem } from "../../core/problem.ts";
import type { EarlierVerdict } from "../../core/provenance/provenance.ts";
import { verdictsOf } from "../../gate/read-earlier.ts";
import { redactFacts } from "../../gate/redact-facts.ts";
import { policyOf } from "../../gate/wanted-people.ts";
import { authoriseCommands, type AuthorisedCommands } from "../commands/index.ts";
import type { AppPorts } from "../ports.ts";
import { holdsFor, readRow } from "../publish/index.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { mostAskers } from "./askers.ts";
import { recall, withRights, type Recalled } from "./recall.ts";

/** A pull request of a merge group, with what the App remembers of it. */
export interface RecalledMember {
  member: QueuedPullRequest;
  subject: Extract<Subject, { kind: "pull-request" }>;
  recalled: Recalled;
  /** Its last verdict, of whatever head; null: it was never judged. */
  verdict: VerdictRow | null;
}

/** Throws `StoreFault`. */
export async function recallMembers(
  { store, clock }: Pick<AppPorts, "store" | "clock">,
  { installation, repository }: { installation: number; repository: number },
  queued: readonly QueuedPullRequest[],
): Promise<RecalledMember[]> {
  return Promise.all(
    queued.map(async (member) => {
      const subject = { kind: "pull-request" as const, installation, repository, number: member.number };
      const verdict = await store.verdicts.latest(subjectKey(subject));
      return { member, subject, recalled: await recall(store, subject, clock.now()), verdict };
    }),
  );
}

/** What the group is judged with of all that. Comments are not the group's: it answers and settles none. */
export function recalledTogether(members: readonly RecalledMember[]): Recalled {
  const commits = [...new Set(members.flatMap(({ recalled }) => recalled.commits))];
  const askers = [...new Set(members.flatMap(({ recalled }) => recalled.askers))];
  return {
    ...{ memos: [], seen: [], commits: commits.slice(0, mostOverridden), askers: askers.slice(0, mostAskers) },
    // What stays of it depends on the group's commits: `withMemberCommands`.
    earlier: present([]),
  };
}

const mostOverridden = 20;

/**
 * What a pull request's commits were found to be at the head that is queued, with all that was remembered and decided then:
 * it stays with these commits, and makes nothing of the others in the group. Of a head that was never judged, all that
 * earlier ones showed.
 */
function shownOf({ member, recalled, verdict }: RecalledMember, branch: string): EarlierVerdict[] {
  const found = verdict?.head === member.head && holdsFor(verdict, branch) ? verdictsIn(verdict) : null;
  if (found !== null) return found.filter((each) => isByTool(each.verdict));
  return recalled.earlier.state === "present" ? recalled.earlier.value : [];
}

/** Null: it holds no review, or one that another version wrote. */
function verdictsIn(row: VerdictRow): EarlierVerdict[] | null {
  try {
    const read = readRow(row);
    return "fault" in read ? null : verdictsOf(read);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/**
 * The same, as the group's commits can account for it. A queue that squashes makes one commit of all that are gone, which
 * must not be asked for each of them: whichever it does not show would make a tool's of every pull request beside it.
 */
export function inGroup(
  shown: readonly EarlierVerdict[],
  commits: readonly { sha: string; authoredAt: string }[],
): EarlierVerdict[] {
  const [here, dates] = [new Set(commits.map(({ sha }) => sha)), new Set(commits.map((each) => each.authoredAt))];
  const isKnown = ({ commit, authoredAt }: EarlierVerdict) =>
    here.has(commit) || (authoredAt !== undefined && dates.has(authoredAt));
  const gone = shown.filter((each) => !isKnown(each) && isByTool(each.verdict));
  const [first, ...others] = gone.toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
  if (first === undefined) return shown.filter(isKnown);
  const common = (of: (each: EarlierVerdict) => string | null) =>
    others.every((other) => of(other) === of(first)) ? of(first) : null;
  const { commit, verdict } = first;
  const together = { commit, verdict, agent: common(({ agent }) => agent), model: common(({ model }) => model) };
  return [...shown.filter(isKnown), together];
}

/** Of a commit in several pull requests, what most is asked for. */
function strongest(all: readonly EarlierVerdict[]): EarlierVerdict[] {
  const weakestFirst = all.toSorted((a, b) => verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict));
  const byCommit = new Map(weakestFirst.map((each) => [each.commit, each]));
  return [...byCommit.values()].sort((a, b) => (a.commit < b.commit ? -1 : 1));
}

/**
 * The facts of a group with what people decided in the comments of its pull requests, by what is true of these people now.
 * A commit is cleared where it is in every pull request that holds it. A use of break-glass is for the content that it was
 * given for, so that it holds for a group that brings just that.
 */
export function withMemberCommands(facts: Facts, members: readonly RecalledMember[], rights: People["writers"]): Facts {
  const policy = policyOf(facts.change, facts);
  const known = { ...facts, people: withRights(facts.people, rights) };
  const decided = members.map(({ member, recalled }) => {
    const own = ownFacts(known, member);
    const commits = new Set(own.change.commits.map(({ sha }) => sha));
    return { member, commits, commands: authoriseCommands(recalled.memos, own, policy, recalled.seen) };
  });
  const remembered = strongest(members.flatMap((each) => rememberedOf(each, facts.change)));
  const isCleared = (commit: string) =>
    decided.every(({ commits, commands }) => !commits.has(commit) || clears(commands, commit));
  return redactFacts({
    ...facts,
    rulings: present(decided.flatMap(({ commands }) => commands.rulings).filter(({ commit }) => isCleared(commit))),
    overrides: present(decided.flatMap(({ member, commands }) => sinceRetarget(commands.overrides, member))),
    earlier: present([...remembered, ...decided.flatMap(({ commands }) => commands.declarations)]),
  });
}

/** What the queue left as it was is asked for commit by commit, as in the pull request itself. */
function rememberedOf(each: RecalledMember, { base, commits }: Facts["change"]): EarlierVerdict[] {
  const shown = shownOf(each, base.name ?? "");
  return commitsOfMember(each.member.head, commits) === null ? inGroup(shown, commits) : shown;
}

function clears({ rulings }: AuthorisedCommands, commit: string): boolean {
  return rulings.some((ruling) => ruling.commit === commit);
}

/** Before the base was changed, another change was looked at: what a group's own facts do not tell. */
function sinceRetarget(overrides: AuthorisedCommands["overrides"], { retargetedAt }: QueuedPullRequest) {
  return overrides.filter(({ at }) => retargetedAt == null || compareInstants(at, retargetedAt) > 0);
}

/** The pull request's part of a group. Where the queue rewrote its commits, none of them is its own. */
function ownFacts(facts: Facts, { head, author, authorType, agentRequesters }: QueuedPullRequest) {
  const { change } = facts;
  const own = commitsOfMember(head, change.commits);
  const commits = change.commits.filter(({ sha }) => own?.has(sha) === true);
  return {
    ...facts,
    change: { ...change, head: { ...change.head, sha: head }, commits },
    pullRequest: present({ author, authorType, agentRequesters, draft: false }),
  };
}
