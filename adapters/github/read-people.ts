import * as z from "zod";
import { absent, type Evidence } from "../../core/evidence.ts";
import type { People } from "../../core/ownership/index.ts";
import { evidenceOf, NotTold, type GitHub } from "./client.ts";

type Writer = People["writers"][number];
type Team = People["teams"][number];

/** Whether each login may push, sorted by login. One that GitHub does not answer about is left out: it is not known to. */
export async function readWriters(github: GitHub, logins: readonly string[]): Promise<Writer[]> {
  return (await askForRights(github, logins)).writers;
}

/**
 * The same, with those of whom GitHub says that there is nobody of that name. They are asked about in the order given: where
 * the budget ends, the first ones are known.
 * https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function askForRights(
  github: GitHub,
  logins: readonly string[],
): Promise<{ writers: Writer[]; unknown: string[] }> {
  const writers: Writer[] = [];
  const unknown: string[] = [];
  for (const login of once(logins)) {
    const reading = await evidenceOf("the permission", "", async () => {
      try {
        return await github.get(permissionRoute, { username: login }, Permission);
      } catch (error) {
        if (error instanceof NotTold && error.status === 404) unknown.push(login);
        throw error;
      }
    });
    // `maintain` reads `write` here, `triage` reads `read`, and a role of one's own what it is based on.
    if (reading.state === "present")
      writers.push({ login, canPush: ["admin", "write"].includes(reading.value.permission) });
  }
  return { writers: byLogin(writers), unknown };
}

const permissionRoute = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
const Permission = z.object({ permission: z.string() });

/**
 * All who can push, sorted by login, and nobody else; absent where that is not told. GitHub lists whom the token may see,
 * and one that may not read an organisation's teams sees nobody who can push through a team: the list is whole where its
 * repository belongs to one of the people in it, or where an administrator is in it and the token may list teams.
 * https://docs.github.com/en/rest/collaborators/collaborators#list-repository-collaborators
 */
export async function readEveryWriter(github: GitHub): Promise<Evidence<Writer[]>> {
  return evidenceOf("who else can push", needsCollaborators, async () => {
    const listed = await github.list(
      "GET /repos/{owner}/{repo}/collaborators",
      { permission: "push" },
      // Among so many people there is always somebody else.
      { shape: z.array(Collaborator), items: (page) => page, key: ({ login }) => login, mostPages: 1 },
    );
    const { owner } = github.repository;
    const isOwned = listed.some(({ login }) => login.toLowerCase() === owner.toLowerCase());
    const isWhole = isOwned || (listed.some(isAdmin) && (await mayListTeams(github, owner, new Map())));
    if (!isWhole) throw new NotTold(`GitHub lists those whom the token may see (${needsMembers})`);
    return byLogin(listed.map(({ login, permissions }) => ({ login, canPush: permissions.push })));
  });
}

const needsCollaborators = "give `token` one that may write to the repository";

const Collaborator = z.object({
  login: z.string(),
  permissions: z.object({ push: z.boolean(), admin: z.boolean() }),
});

function isAdmin({ permissions }: z.infer<typeof Collaborator>): boolean {
  return permissions.admin;
}

/**
 * Teams with their members and whether they may push, sorted by name. A team that GitHub does not know is `missing` only
 * when the token may list teams at all: a token of a workflow may not, and to it every team looks like none.
 * @param names `org/team`, each once
 */
export async function readTeams(github: GitHub, names: readonly string[]): Promise<Team[]> {
  const mayList = new Map<string, boolean>();
  const teams: Team[] = [];
  for (const name of unique(names)) teams.push(await readTeam(github, name, mayList));
  return teams;
}

const needsMembers =
  "a workflow's own token may not read teams; give `token` one that may read the organisation's members";

async function readTeam(github: GitHub, name: string, mayList: Map<string, boolean>): Promise<Team> {
  const [org = "", team_slug = ""] = name.split("/");
  try {
    const members = await github.list(
      "GET /orgs/{org}/teams/{team_slug}/members",
      { org, team_slug },
      { shape: z.array(Member), items: (page) => page, key: ({ login }) => login },
    );
    const logins = members.map(({ login }) => login).sort();
    const canPush = await teamCanPush(github, org, team_slug);
    return { name, canPush, members: { state: "present", value: logins }, missing: false };
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    const missing = error.status === 404 && (await mayListTeams(github, org, mayList));
    const reason = missing ? `there is no team ${name} that this token can see` : error.message;
    const hint = !missing && (error.status === 403 || error.status === 404) ? ` (${needsMembers})` : "";
    return {
      name,
      canPush: null,
      members: absent(`the members of ${name} could not be read: ${reason}${hint}`),
      missing,
    };
  }
}

const Member = z.object({ login: z.string() });

async function mayListTeams(github: GitHub, org: string, known: Map<string, boolean>): Promise<boolean> {
  const before = known.get(org);
  if (before !== undefined) return before;
  const listed = await evidenceOf("teams", "", () =>
    github.get("GET /orgs/{org}/teams", { org, per_page: 1 }, z.array(z.unknown())),
  );
  known.set(org, listed.state === "present");
  return listed.state === "present";
}

/** Null when it was not told. GitHub says 404 of a repository that the team does not have. */
async function teamCanPush(github: GitHub, org: string, team_slug: string): Promise<boolean | null> {
  try {
    const { permissions } = await github.get(
      "GET /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}",
      { org, team_slug },
      TeamRepository,
      // Without it GitHub answers with an empty body.
      "application/vnd.github.v3.repository+json",
    );
    return permissions?.push ?? null;
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    return error.status === 404 ? false : null;
  }
}

const TeamRepository = z.object({ permissions: z.object({ push: z.boolean() }).optional() });

/**
 * How many open pull requests wait for each person's review, by login; empty when that could not be read, for it only
 * orders suggestions. Counts the hundred newest, and not `except`: who is asked about a change has no less time for it.
 */
export async function readLoad(github: GitHub, except: number | null = null): Promise<People["load"]> {
  const pulls = await evidenceOf("requested reviewers", "", () =>
    github.get("GET /repos/{owner}/{repo}/pulls", { state: "open", per_page: 100 }, z.array(OpenPull)),
  );
  const counts = new Map<string, number>();
  const others = pulls.state === "present" ? pulls.value.filter(({ number }) => number !== except) : [];
  for (const { requested_reviewers } of others)
    for (const { login } of requested_reviewers) counts.set(login, (counts.get(login) ?? 0) + 1);
  return [...counts]
    .map(([login, openReviews]) => ({ login, openReviews }))
    .sort((a, b) => (a.login < b.login ? -1 : 1));
}

const OpenPull = z.object({
  number: z.int(),
  requested_reviewers: z.array(z.object({ login: z.string() })).default([]),
});

function byLogin(writers: readonly Writer[]): Writer[] {
  return writers.toSorted((a, b) => (a.login.toLowerCase() < b.login.toLowerCase() ? -1 : 1));
}

/** Each once, without regard to case, sorted. */
function unique(names: readonly string[]): string[] {
  return once(names).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

/** Each once, without regard to case. */
function once(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
