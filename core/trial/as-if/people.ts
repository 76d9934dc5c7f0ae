import { present } from "../../evidence.ts";
import type { Facts } from "../../facts.ts";
import { addressesOf } from "../../ownership/index.ts";
import { inertText } from "../../untrusted/index.ts";
import { accountType } from "../account-type.ts";
import { isSameName } from "../same-name.ts";
import { supposing, type Supposed } from "./supposed.ts";

type People = Extract<Facts["people"], { state: "present" }>["value"];

/**
 * Whoever is supposed to review may push, unless the facts say that they may not; and where the accounts behind the
 * commits were not read, none of them is theirs. Both are said. An approval would otherwise never count in facts that a
 * clone alone gave.
 */
export function withReviewer(supposed: Supposed, user: string): Supposed {
  return withAccounts(withPullRequest(withWriter(supposed, user)));
}

/** The user as a member of a team, which is named as in a policy: with its organisation, or as one of the repository's own. */
export function withMember(supposed: Supposed, team: string, user: string): Supposed {
  const people = peopleOf(supposed.facts);
  const name = teamName(supposed.facts, people, team);
  const known = people.teams.find((candidate) => isSameName(candidate.name, name));
  const members = known?.members.state === "present" ? known.members.value : [];
  const joined = members.some((member) => isSameName(member, user)) ? members : [...members, user];
  const changed = { name, canPush: known?.canPush ?? true, members: present(joined), missing: false };
  const teams = [...people.teams.filter((candidate) => candidate !== known), changed];
  const joinedFacts = supposing(
    supposed,
    { people: present({ ...people, teams }) },
    newTeamSentence(known, name, user),
  );
  return withWriter(joinedFacts, user);
}

function newTeamSentence(known: People["teams"][number] | undefined, name: string, user: string): string | undefined {
  if (known?.members.state === "present") return undefined;
  return `The members of ${shown(name)} were not read: ${shown(user)} is taken for the only one, and the team for one that may push.`;
}

/** `payments` is the team of that name in the organisation that owns the repository; where that is not known, the one that the facts know. */
function teamName({ change }: Facts, { teams }: People, team: string): string {
  if (team.includes("/")) return team;
  if (change.repository !== null) return `${change.repository.owner}/${team}`;
  return teams.find(({ name }) => isSameName(name.split("/").at(-1) ?? "", team))?.name ?? team;
}

function withWriter(supposed: Supposed, user: string): Supposed {
  const people = peopleOf(supposed.facts);
  if (people.writers.some(({ login }) => isSameName(login, user))) return supposed;
  const writers = [...people.writers, { login: user, canPush: true }];
  const sentence = `Whether ${shown(user)} may push was not read: taken for granted.`;
  return supposing(supposed, { people: present({ ...people, writers }) }, sentence);
}

function withAccounts(supposed: Supposed): Supposed {
  const people = peopleOf(supposed.facts);
  if (people.accounts.state === "present") return supposed;
  const accounts = present(addressesIn(supposed.facts).map((email) => ({ email, login: null })));
  const sentence = "The accounts behind the commits were not read: taken for those of nobody who reviews.";
  return supposing(supposed, { people: present({ ...people, accounts }) }, sentence);
}

function addressesIn({ change }: Facts): string[] {
  return [...new Set(change.commits.flatMap(addressesOf))].sort();
}

/** A pull request where none was read: by the author of the newest commit, who is nobody that reviews. */
export function withPullRequest(supposed: Supposed): Supposed {
  const { pullRequest, change } = supposed.facts;
  if (pullRequest.state === "present") return supposed;
  const author = change.commits.at(-1)?.author.email ?? "nobody";
  const opened = {
    ...{ number: 1, author, authorType: accountType(author), association: "NONE", title: "", body: "" },
    ...{ draft: false, fork: false, labels: [], agentRequesters: [] },
  };
  const sentence = `No pull request was read: taken for one by ${shown(author)}, ready for review, without labels.`;
  return supposing(supposed, { pullRequest: present(opened) }, sentence);
}

export function peopleOf({ people }: Facts): People {
  if (people.state === "present") return people.value;
  return { writers: [], teams: [], accounts: people, load: [] };
}

function shown(name: string): string {
  return inertText(name, { maxGraphemes: 100 });
}
