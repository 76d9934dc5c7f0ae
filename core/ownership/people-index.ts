import type { Evidence } from "../evidence.ts";
import { inertText } from "../untrusted/index.ts";
import { nameKey, shownName } from "./names.ts";
import type { People } from "./people.ts";

/** The people of a repository, found by name. What was not read is `unknown` or `unread`, never nobody. */
export interface PeopleIndex {
  pushRight: (login: string) => "yes" | "no" | "unknown";
  team: (name: string) => TeamReading;
  /** The accounts that the platform gives for an e-mail address; null when nobody asked about this one. */
  accountsOf: (email: string) => readonly string[] | null;
  /** Logins that are known to be able to push. */
  writers: readonly string[];
  /** Whether nobody else can. */
  everyWriter: boolean;
  /** Why it is not known who else can, inert, as a sentence. */
  othersUnread: string;
  /** Why people were not read, or null. */
  unread: string | null;
}

/** `broken`: nobody can approve as this team, and the configuration is to blame. `why` is the end of a sentence. */
export type TeamReading =
  { state: "read"; members: readonly string[] } | { state: "unread"; why: string } | { state: "broken"; why: string };

/** `organisation`: whose team a name without a slash means. */
export function indexPeople(people: Evidence<People>, organisation: string | null): PeopleIndex {
  if (people.state === "absent") return nobodyRead(people.reason);
  const { writers, accounts, everyWriter = false, othersUnread = nobodyAsked } = people.value;
  const rights = new Map<string, boolean>();
  // Of two entries for one login the one that gives less counts.
  for (const { login, canPush } of writers) {
    rights.set(nameKey(login), canPush && (rights.get(nameKey(login)) ?? true));
  }
  const teams = new Map(people.value.teams.toReversed().map((team) => [teamKey(team.name, organisation), team]));
  const logins = accounts.state === "present" ? loginsByEmail(accounts.value) : null;
  return {
    pushRight: (login) => {
      const right = rights.get(nameKey(login));
      if (right === undefined) return everyWriter ? "no" : "unknown";
      return right ? "yes" : "no";
    },
    team: (name) => readTeam(teams.get(teamKey(name, organisation)), name),
    accountsOf: (email) => logins?.get(email.toLowerCase()) ?? null,
    writers: writers.filter(({ login }) => rights.get(nameKey(login)) === true).map(({ login }) => login),
    ...{ everyWriter, othersUnread: inertText(othersUnread), unread: null },
  };
}

const nobodyAsked = "who else can push was not read";

function nobodyRead(reason: string): PeopleIndex {
  return {
    pushRight: () => "unknown",
    team: () => ({ state: "unread", why: reason }),
    accountsOf: () => null,
    writers: [],
    everyWriter: false,
    othersUnread: nobodyAsked,
    unread: reason,
  };
}

function readTeam(team: People["teams"][number] | undefined, name: string): TeamReading {
  const shown = `@${shownName(name)}`;
  if (team === undefined) return { state: "unread", why: `the team ${shown} was not read` };
  if (team.missing) return { state: "broken", why: `the team ${shown} does not exist or is not visible` };
  if (team.canPush === false) return { state: "broken", why: `the team ${shown} has no right to push` };
  if (team.members.state === "absent") return { state: "unread", why: team.members.reason };
  if (team.members.value.length === 0) return { state: "broken", why: `the team ${shown} has no members` };
  return { state: "read", members: team.members.value };
}

function teamKey(name: string, organisation: string | null): string {
  const key = nameKey(name);
  return key.includes("/") || organisation === null ? key : `${organisation.toLowerCase()}/${key}`;
}

/** Nobody for an address that belongs to no account. */
function loginsByEmail(accounts: readonly { email: string; login: string | null }[]): Map<string, string[]> {
  const byEmail = new Map<string, string[]>();
  for (const { email, login } of accounts) {
    const key = email.toLowerCase();
    byEmail.set(key, [...(byEmail.get(key) ?? []), ...(login === null ? [] : [login])]);
  }
  return byEmail;
}
