import { absent, present, type Evidence } from "../evidence.ts";
import { addressesOf, type People } from "../ownership/index.ts";
import { readYaml, type YamlNode } from "../policy/index.ts";
import type { z } from "zod";
import type { TrialCase } from "./inherit.ts";
import { identityOf, mailOf } from "./made-commits.ts";
import type { Played } from "./play.ts";

export interface PeopleRequest {
  one: TrialCase;
  played: Played;
  codeowners: string;
  policyText: string;
  /** The owner of the repository: a team without an organisation is one of theirs. */
  organisation: string;
}

/** Who may push, who is in which team, and whose mail is whose: everybody that the case, CODEOWNERS or the policy names. */
export function makePeople(request: PeopleRequest): Evidence<z.infer<typeof People>> {
  const { one, played, organisation } = request;
  const unread = new Set(one.setting.unread ?? []);
  if (unread.has("people")) return absent("the case says that people were not read");
  const everybody = loginsIn(request);
  const writers = one.setting.writers?.map((login) => login.toLowerCase());
  return present({
    writers: everybody.map((login) => ({ login, canPush: writers?.includes(login.toLowerCase()) ?? true })),
    // A case that says who can push says that nobody else can.
    ...(writers === undefined ? {} : { everyWriter: true }),
    teams: [...played.teams].map(([name, members]) => ({
      name: name.includes("/") ? name : `${organisation}/${name}`,
      canPush: true,
      members: membersOf(members),
      missing: members === "missing",
    })),
    accounts: unread.has("accounts")
      ? absent("the case says that accounts were not read")
      : present(accountsIn(everybody, played)),
    load: [],
  });
}

function membersOf(members: readonly string[] | "missing" | "unread"): Evidence<string[]> {
  if (members === "missing") return absent("there is no such team");
  if (members === "unread") return absent("the case says that the team was not read");
  return present([...members]);
}

/** Every login, sorted, each once whatever its case. */
function loginsIn({ one, played, codeowners, policyText }: PeopleRequest): string[] {
  const { change, setting } = one;
  const named = [
    change.author ?? "author",
    ...(change.agent_requesters ?? []),
    ...(setting.writers ?? []),
    ...[...played.teams.values()].flatMap((members) => (typeof members === "string" ? [] : members)),
    ...played.reviews.map(({ user }) => user),
    ...played.overrides.map(({ by }) => by),
    ...played.commits.flatMap(({ commit }) => [commit.author, commit.committer]).flatMap(loginOf),
    ...codeOwnersIn(codeowners),
    ...usersIn(readYaml(policyText).root),
  ];
  const byName = new Map(named.toReversed().map((login) => [login.toLowerCase(), login]));
  return [...byName.values()].sort();
}

/** Every address of the case, with its account where it has one. */
function accountsIn(everybody: readonly string[], { commits }: Played): { email: string; login: string | null }[] {
  const known = new Map(everybody.map((login) => [mailOf(login), login]));
  const named = commits.flatMap(({ commit }) => addressesOf(commit));
  const emails = [...new Set([...known.keys(), ...named])];
  return emails.map((email) => ({ email, login: known.get(email) ?? null }));
}

/** Only identities that a case names by login have an account of that name. */
function loginOf({ name, email }: { name: string; email: string }): string[] {
  return identityOf(name).email === email ? [name] : [];
}

/** `@login` in the text of CODEOWNERS; teams have a slash. */
function codeOwnersIn(text: string): string[] {
  const words = text.split("\n").flatMap((line) => (line.split("#", 1)[0] ?? "").split(/[ \t\r]/));
  return words.filter((word) => word.startsWith("@") && !word.includes("/")).map((word) => word.slice(1));
}

/** What stands in every list of the key `users`. */
function usersIn(node: YamlNode | null): string[] {
  if (node === null) return [];
  return [...node.entries].flatMap(([key, inner]) => {
    if (key !== "users") return usersIn(inner);
    return [...inner.entries.values()].flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  });
}
