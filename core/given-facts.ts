import leven from "leven";
import * as z from "zod";
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
  if (!read.success) throw wrongPlaces(name, read.error.issues.flatMap(placesOf), fix);
  // A key that was left out stays left out: laid over what was read, it stands for nothing.
  return Object.fromEntries(Object.entries(read.data).filter(([, part]) => part !== undefined));
}

/** An unknown key at its own place, with the one that was meant. */
function placesOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => {
    const meant = nearest(key, [...knownKeys()]);
    const message = `there is no such key${meant === null ? "" : `; did you mean \`${meant}\`?`}`;
    return { path: [...issue.path, key], message };
  });
}

/** Every name of a key that may be given somewhere. */
function knownKeys(part: unknown = z.toJSONSchema(shape), found = new Set<string>()): Set<string> {
  if (Array.isArray(part)) for (const each of part) knownKeys(each, found);
  else if (isRecord(part))
    for (const [key, value] of Object.entries(part)) {
      if (key === "properties" && isRecord(value)) for (const name of Object.keys(value)) found.add(name);
      knownKeys(value, found);
    }
  return found;
}

function nearest(key: string, known: readonly string[]): string | null {
  // The comparison takes time quadratic in the length.
  if (key.length > 64) return null;
  const ranked = known.map((name) => ({ name, distance: leven(key.toLowerCase(), name.toLowerCase()) }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= 2 ? best.name : null;
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
