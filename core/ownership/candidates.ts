import { excludedAs, type Exclusions } from "./exclusions.ts";
import { peopleAmong } from "./membership.ts";
import { nameKey, sortedNames } from "./names.ts";
import type { Approvers } from "./owner-refs.ts";
import type { PeopleIndex } from "./people-index.ts";

/** Who could approve some files, whether or not they have. Bots are not among them: their approvals do not count. */
export interface Candidates {
  /** Sorted. */
  users: readonly string[];
  /** Those who could but for commits that name them without a verified signature: they may not, and nobody takes their place. */
  onlyClaimed: readonly string[];
  /** Those who could but for having asked an agent for it: they may not, and nobody takes their place, for whoever edits the pull request says who asked. */
  requesters: readonly string[];
  /** Teams that were not read, as written, sorted. */
  teams: readonly string[];
  /** E-mail addresses of which nobody knows whose they are, as written, sorted. */
  emails: readonly string[];
  /** Whether there may be more of them than are known. */
  mayBeMore: boolean;
  /** What is wrong with the configuration, as sentences. */
  broken: readonly string[];
}

/** Who of the approvers is not excluded and not known to be unable to push. */
export function candidatesAmong(approvers: Approvers, exclusions: Exclusions, people: PeopleIndex): Candidates {
  const { logins, unreadTeams, unreadEmails, mayBeMore, broken } = peopleAmong(approvers, people);
  const able = sortedNames(logins).filter((login) => isPerson(login) && people.pushRight(login) !== "no");
  const { proven } = exclusions.committers;
  return {
    users: able.filter((login) => excludedAs(login, exclusions) === null),
    onlyClaimed: able.filter((login) => excludedAs(login, exclusions) === "committer" && !proven.has(nameKey(login))),
    requesters: able.filter((login) => excludedAs(login, exclusions) === "agent-requester"),
    teams: unreadTeams,
    emails: unreadEmails,
    mayBeMore,
    broken,
  };
}

/**
 * Whether owners are enough, so that nobody else is asked. What was not read, what is broken, and what only a commit says
 * of itself or a pull request of its assignees never hands an approval on to others.
 */
export function areEnough({ users, onlyClaimed, requesters, mayBeMore, broken }: Candidates, count: number): boolean {
  return mayBeMore || broken.length > 0 || users.length + onlyClaimed.length + requesters.length >= count;
}

/** GitHub gives the logins of Apps this ending. */
function isPerson(login: string): boolean {
  return !login.toLowerCase().endsWith("[bot]");
}
