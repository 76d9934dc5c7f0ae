import { evidenceOf, NotTold } from "../../adapters/github/client.ts";
import { readChecks } from "../../adapters/github/read-checks.ts";
import { joinCommits, readUnlisted, type CommitsReading } from "../../adapters/github/read-commits.ts";
import { readEveryWriter, readTeams } from "../../adapters/github/read-people.ts";
import type { PullNow } from "../../adapters/github/read-pull-at-once.ts";
import { readTeamsAtOnce, type TeamReading } from "../../adapters/github/team-query.ts";
import type { Change } from "../../core/change/change.ts";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import type { Check, People } from "../../core/ownership/index.ts";
import { joinWriters, nobodyAsked, type PlatformReader } from "../../gate/read-platform.ts";
import type { Wanted } from "../../gate/wanted-people.ts";
import type { Bench } from "./evaluator.ts";
import type { Place } from "./find-repository.ts";

/** Tells what one query told, and asks for the little that the policy wants beside it. */
export function platformAtOnce(bench: Bench, place: Place, now: PullNow): PlatformReader {
  return {
    read: async (change, wanted) => {
      bench.hints.learn(place.id, { teams: wanted.teams, checks: wanted.checks });
      const { accounts, signatures } = await commitsOf(place, now, change);
      const writers = joinWriters(now.writers, wanted.everyWriter ? await readEveryWriter(place.github) : null);
      const teams = await teamsOf(place, now.teams, wanted);
      const load = wanted.load ? now.load : [];
      return {
        facts: {
          ...{ reviews: present(now.reviews), retargetedAt: now.retargetedAt, signatures },
          people: present({ ...writers, teams, accounts, load }),
          checks: await checksOf(bench, place, now, wanted),
        },
        queued: nobodyAsked.queued,
      };
    },
  };
}

/** GitHub lists 250 commits of a pull request: whose the others are is asked by themselves. */
async function commitsOf(
  { github }: Place,
  { commits, pullRequest: { number } }: PullNow,
  change: Change,
): Promise<CommitsReading> {
  const known = new Set(commits.listed);
  const missing = change.commits.map(({ sha }) => sha).filter((sha) => !known.has(sha));
  const listed = { accounts: present(commits.accounts), signatures: present(commits.signatures) };
  return missing.length === 0 ? listed : joinCommits([listed, await readUnlisted(github, number, missing)]);
}

/** Those that were not asked for with the pull request, or that the graph did not tell, by themselves. */
async function teamsOf({ github }: Place, told: readonly TeamReading[], wanted: Wanted): Promise<People["teams"]> {
  const asked = new Set(told.map(({ name }) => name));
  const further = await readTeamsAtOnce(
    github,
    wanted.teams.filter((name) => !asked.has(name)),
  ).catch((error: unknown) => {
    if (error instanceof NotTold) return [];
    throw error;
  });
  const known = new Map(
    [...told, ...further].flatMap(({ name, team }) => (team === null ? [] : [[name, team] as const])),
  );
  const lists = await readTeams(
    github,
    wanted.teams.filter((name) => !known.has(name)),
  );
  const all = [...wanted.teams.flatMap((name) => known.get(name) ?? []), ...lists];
  return all.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function checksOf(
  { settings }: Bench,
  { github }: Place,
  { checks, head }: PullNow,
  wanted: Wanted,
): Promise<Evidence<Check[]>> {
  if (!wanted.checks) return Promise.resolve(absent("checks were not read: the policy does not ask for any"));
  if (checks === null) return readChecks(github, head.sha, { app: settings.appId });
  return evidenceOf("checks on the head", "", () => Promise.resolve(checks));
}
