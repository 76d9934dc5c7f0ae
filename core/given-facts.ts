import { z } from "zod";
import { Facts } from "./facts.ts";
import { parseJson, wrongPlaces } from "./facts-file.ts";

/** The facts that a person may supply in a file of their own, where no platform is asked; a key that is not there is read as always. */
export type GivenFacts = Partial<
  Pick<
    Facts,
    | "pullRequest"
    | "reviews"
    | "retargetedAt"
    | "reviewedTrees"
    | "people"
    | "overrides"
    | "checks"
    | "signatures"
    | "statements"
    | "mergeGroup"
  >
>;

/**
 * Reads a part of the facts that was written by hand or cut out of a `facts.json` (docs/facts.md says how). A value may
 * stand bare where the facts have it as evidence. Throws a `Problem` that names the place of whatever does not fit.
 */
export function parseGivenFacts(text: string, name: string): GivenFacts {
  const value = parseJson(text, name);
  const read = shape.safeParse(isRecord(value) ? evident(value) : value);
  if (!read.success) throw wrongPlaces(name, read.error.issues, fix);
  // A key that was left out stays left out: laid over what was read, it stands for nothing.
  return Object.fromEntries(Object.entries(read.data).filter(([, part]) => part !== undefined));
}

const fix =
  'Write an object like `{"reviews": [{"id": "1", "user": "ann", "userType": "User", "state": "approved", "commit": "<full id>", "submittedAt": "2026-01-31T12:00:00Z"}]}`; docs/facts.md has all of its keys.';

/** As in the facts, but that nothing has a default: a key that is not there was not supplied. */
const shape = z
  .strictObject({
    pullRequest: Facts.shape.pullRequest,
    reviews: Facts.shape.reviews,
    retargetedAt: Facts.shape.retargetedAt.unwrap(),
    reviewedTrees: Facts.shape.reviewedTrees.unwrap(),
    people: Facts.shape.people.unwrap(),
    overrides: Facts.shape.overrides.unwrap(),
    checks: Facts.shape.checks.unwrap(),
    signatures: Facts.shape.signatures.unwrap(),
    statements: Facts.shape.statements.unwrap(),
    mergeGroup: Facts.shape.mergeGroup.unwrap(),
  })
  .partial();

/** Plain values as evidence, at the places where the facts have evidence. */
function evident(value: Record<string, unknown>): Record<string, unknown> {
  const { retargetedAt, reviewedTrees, people, ...rest } = value;
  const wrapped = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, asEvidence(part)]));
  return {
    ...wrapped,
    ...(retargetedAt === undefined ? {} : { retargetedAt }),
    ...(reviewedTrees === undefined ? {} : { reviewedTrees }),
    ...(people === undefined ? {} : { people: evidentPeople(people) }),
  };
}

function evidentPeople(people: unknown): unknown {
  const evidence = asEvidence(people);
  if (!isRecord(evidence) || !isRecord(evidence["value"])) return evidence;
  const { teams, ...value } = evidence["value"];
  const evidentTeams = Array.isArray(teams) ? teams.map(evidentTeam) : teams;
  const accounts = "accounts" in value ? { accounts: asEvidence(value["accounts"]) } : {};
  return { ...evidence, value: { ...value, teams: evidentTeams, ...accounts } };
}

function evidentTeam(team: unknown): unknown {
  return isRecord(team) && "members" in team ? { ...team, members: asEvidence(team["members"]) } : team;
}

function asEvidence(value: unknown): unknown {
  const isEvidence = isRecord(value) && (value["state"] === "present" || value["state"] === "absent");
  return isEvidence ? value : { state: "present", value };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
