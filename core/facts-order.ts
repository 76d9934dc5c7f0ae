import { mapEvidence } from "./evidence.ts";
import type { Facts } from "./facts.ts";

/**
 * The facts with every list that has no order of its own sorted, so that two readings of the same things give the same
 * decision to the byte, with the same id. Entries of one key keep their order: of two records of a review, the later counts.
 */
export function inOrder(facts: Facts): Facts {
  return {
    ...facts,
    pullRequest: mapEvidence(facts.pullRequest, (found) => ({
      ...found,
      labels: [...found.labels].sort(),
      agentRequesters: [...found.agentRequesters].sort(),
    })),
    notAnalysed: by<Facts["notAnalysed"][number]>(({ path, reason }) => `${path}\0${reason}`)(facts.notAnalysed),
    reviews: mapEvidence(
      facts.reviews,
      by(({ id }) => id),
    ),
    reviewedTrees: by<Facts["reviewedTrees"][number]>(({ commit }) => commit)(facts.reviewedTrees),
    people: mapEvidence(facts.people, peopleInOrder),
    overrides: mapEvidence(
      facts.overrides,
      by(({ id }) => id),
    ),
    checks: mapEvidence(
      facts.checks,
      by(({ name, app }) => `${name}\0${app ?? ""}`),
    ),
    signatures: mapEvidence(
      facts.signatures,
      by(({ commit }) => commit),
    ),
    statements: mapEvidence(
      facts.statements,
      by((entry) => `${entry.commit}\0${entry.predicateType}\0${entry.signer}`),
    ),
    mergeGroup: mapEvidence(facts.mergeGroup, (members) =>
      by<MergeGroupMember>(({ number }) => String(number).padStart(16, "0"))(members).map(memberInOrder),
    ),
    floors: mapEvidence(
      facts.floors,
      by(({ repo, path }) => `${repo}\0${path}`),
    ),
    gateWorkflows: [...facts.gateWorkflows].sort(),
  };
}

type MergeGroupMember = Extract<Facts["mergeGroup"], { state: "present" }>["value"][number];

function memberInOrder(member: MergeGroupMember): MergeGroupMember {
  return {
    ...member,
    agentRequesters: [...member.agentRequesters].sort(),
    files: by<MergeGroupMember["files"][number]>(({ path }) => path)(member.files),
    reviews: by<MergeGroupMember["reviews"][number]>(({ id }) => id)(member.reviews),
  };
}

type People = Extract<Facts["people"], { state: "present" }>["value"];

function peopleInOrder({ writers, teams, accounts, load, ...rest }: People): People {
  return {
    ...rest,
    writers: by<People["writers"][number]>(({ login }) => login.toLowerCase())(writers),
    teams: by<People["teams"][number]>(({ name }) => name.toLowerCase())(teams).map((team) => ({
      ...team,
      members: mapEvidence(team.members, (members) => [...members].sort()),
    })),
    accounts: mapEvidence(
      accounts,
      by(({ email }) => email),
    ),
    load: by<People["load"][number]>(({ login }) => login.toLowerCase())(load),
  };
}

/** By code unit, so that the order is the same on every machine; stable. */
function by<Item>(key: (item: Item) => string): (items: readonly Item[]) => Item[] {
  return (items) => items.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
