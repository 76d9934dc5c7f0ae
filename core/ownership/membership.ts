import type { Approvers } from "./owner-refs.ts";
import type { CodeownersOwner } from "./codeowners/codeowners.ts";
import { nameKey, shownName } from "./names.ts";
import { noreplyLogin } from "./noreply.ts";
import type { PeopleIndex } from "./people-index.ts";

/** Whether somebody is among some owners. `unknown` says in `why` what was not read, as a sentence. */
export type Membership =
  { state: "yes" } | { state: "no" } | { state: "unknown"; reason: "team-not-read" | "owner-not-read"; why: string };

/** Of several owners one is enough; one that was not read leaves it open. */
export function membershipOf(login: string, owners: readonly CodeownersOwner[], people: PeopleIndex): Membership {
  const answers = owners.map((owner) => asOwner(login, owner, people));
  return (
    answers.find(({ state }) => state === "yes") ?? answers.find(({ state }) => state === "unknown") ?? { state: "no" }
  );
}

/** The same for approvers, among whom may be whoever can push. */
export function amongApprovers(login: string, { owners, anyone }: Approvers, people: PeopleIndex): Membership {
  const member = membershipOf(login, owners, people);
  if (!anyone || member.state === "yes") return member;
  const right = people.pushRight(login);
  if (right !== "unknown") return right === "yes" ? { state: "yes" } : member;
  return { state: "unknown", reason: "owner-not-read", why: `whether ${shownName(login)} can push was not read` };
}

function asOwner(login: string, { kind, name }: CodeownersOwner, people: PeopleIndex): Membership {
  const key = nameKey(login);
  if (kind === "user") return { state: nameKey(name) === key ? "yes" : "no" };
  if (kind === "email") return asEmail(key, name, people);
  const team = people.team(name);
  if (team.state === "read") return { state: team.members.some((member) => nameKey(member) === key) ? "yes" : "no" };
  return { state: "unknown", reason: "team-not-read", why: team.why };
}

function asEmail(key: string, email: string, people: PeopleIndex): Membership {
  const logins = emailLogins(email, people);
  if (logins !== null) return { state: logins.some((login) => nameKey(login) === key) ? "yes" : "no" };
  return { state: "unknown", reason: "owner-not-read", why: `the account of ${shownName(email)} was not read` };
}

/** Null when it is not known whose address it is. */
function emailLogins(email: string, people: PeopleIndex): readonly string[] | null {
  const own = noreplyLogin(email, null);
  const given = people.accountsOf(email) ?? [];
  const logins = own === null ? given : [...given, own];
  return logins.length === 0 ? null : logins;
}

/** The people behind some owners, as far as they were read. */
export interface KnownPeople {
  logins: readonly string[];
  /** Teams that were not read, as written, without the `@`. */
  unreadTeams: readonly string[];
  /** E-mail addresses of which nobody knows whose they are, as written. */
  unreadEmails: readonly string[];
  /** Whether there may be more of them. */
  mayBeMore: boolean;
  /** Owners that cannot approve because the configuration is wrong, as sentences. */
  broken: readonly string[];
}

/** Everybody who is known to be among the approvers. */
export function peopleAmong({ owners, anyone }: Approvers, people: PeopleIndex): KnownPeople {
  const teams = owners.filter(({ kind }) => kind === "team").map(({ name }) => ({ name, reading: people.team(name) }));
  const emails = owners
    .filter(({ kind }) => kind === "email")
    .map(({ name }) => ({ name, logins: emailLogins(name, people) }));
  const unreadEmails = emails.filter(({ logins }) => logins === null).map(({ name }) => name);
  const unreadTeams = teams.filter(({ reading }) => reading.state === "unread").map(({ name }) => name);
  return {
    logins: [
      ...owners.filter(({ kind }) => kind === "user").map(({ name }) => name),
      ...teams.flatMap(({ reading }) => (reading.state === "read" ? reading.members : [])),
      ...emails.flatMap(({ logins }) => logins ?? []),
      ...(anyone ? people.writers : []),
    ],
    unreadTeams: unreadTeams.sort(),
    unreadEmails: unreadEmails.sort(),
    mayBeMore: (anyone && !people.everyWriter) || unreadTeams.length > 0 || unreadEmails.length > 0,
    broken: teams.flatMap(({ reading }) => (reading.state === "broken" ? [reading.why] : [])),
  };
}
