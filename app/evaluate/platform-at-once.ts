import { evidenceOf, NotTold } from "../../adapters/github/client.ts";
import { readChecks } from "../../adapters/github/read-checks.ts";
import { tooFew } from "../../adapters/github/read-commits.ts";
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
      const { accounts, signatures } = commitsOf(now, change);
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

/** GitHub lists 250 commits of a pull request: of one that it does not list nobody knows whose it is. */
function commitsOf(
  { commits, pullRequest: { number } }: PullNow,
  change: Change,
): { accounts: People["accounts"]; signatures: Evidence<PullNow["commits"]["signatures"]> } {
  const listed = new Set(commits.listed);
  const missing = change.commits.filter(({ sha }) => !listed.has(sha)).length;
  if (missing === 0) return { accounts: present(commits.accounts), signatures: present(commits.signatures) };
  const reason = `the commits of #${number} could not be read: ${tooFew(commits.listed.length, missing, number)}`;
  return { accounts: absent(reason), signatures: absent(reason) };
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
