import type { Account, App, Installation, Permission, PullRequest, Repository, Team, World } from "./state.ts";
import { permissions } from "./state.ts";
import { Refusal } from "./refusal.ts";

/** Looks things up by the names that people and requests use. Logins and repository names know no case. */

export function accountOf(world: World, login: string): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known === undefined) throw new Error(`there is no account ${login}`);
  return known;
}

export function repositoryOf(world: World, owner: string, name: string): Repository | null {
  const wanted = `${owner}/${name}`.toLowerCase();
  const all = [...world.repositories.values()].filter(({ deleted }) => !deleted);
  return all.find((each) => fullName(each).toLowerCase() === wanted) ?? null;
}

/** The repository that had this name. */
export function movedRepository(world: World, owner: string, name: string): Repository | null {
  const wanted = `${owner}/${name}`.toLowerCase();
  return [...world.repositories.values()].find(({ former, deleted }) => !deleted && former.has(wanted)) ?? null;
}

export function fullName({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}

export function pullOf(repository: Repository, number: number): PullRequest {
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw new Refusal(404, "Not Found");
  return pull;
}

export function teamOf(world: World, organization: string, slug: string): Team | null {
  return world.teams.get(`${organization}/${slug}`.toLowerCase()) ?? null;
}

/** With those of the teams below it. */
export function membersOf(world: World, team: Team): string[] {
  const below = [...world.teams.values()].filter(
    ({ organization, parent }) => organization === team.organization && parent === team.slug,
  );
  return [...new Set([...team.members, ...below.flatMap((each) => membersOf(world, each))])].sort();
}

export function appOf(world: World, id: number): App {
  const app = world.apps.get(id);
  if (app === undefined) throw new Error(`there is no App ${id}`);
  return app;
}

export function installationOf(world: World, id: number): Installation | null {
  return world.installations.get(id) ?? null;
}

export function holds(installation: Installation, repository: Repository): boolean {
  if (installation.repositories !== "all") return installation.repositories.has(repository.id);
  return installation.account.toLowerCase() === repository.owner.toLowerCase();
}

/** What an account may in a repository, by itself, a team, or owning it; null: nothing. */
export function permissionOf(world: World, repository: Repository, login: string): Permission | null {
  if (login.toLowerCase() === repository.owner.toLowerCase()) return "admin";
  const through = teamsWith(world, repository).filter(({ members }) => members.includes(login));
  const all = [repository.collaborators.get(login), ...through.map(({ permission }) => permission)];
  const strongest = all.reduce<number>((most, each) => Math.max(most, each === undefined ? -1 : rank(each)), -1);
  return permissions[strongest] ?? null;
}

export function rank(permission: Permission): number {
  return permissions.indexOf(permission);
}

function teamsWith(world: World, repository: Repository) {
  return [...world.teams.values()].flatMap((team) => {
    const permission = team.repositories.get(repository.id);
    return permission === undefined ? [] : [{ members: membersOf(world, team), permission }];
  });
}

/** Everybody who may anything. */
export function collaboratorsOf(world: World, repository: Repository): { login: string; permission: Permission }[] {
  const named = [...repository.collaborators.keys(), ...teamsWith(world, repository).flatMap(({ members }) => members)];
  const owner = world.accounts.get(repository.owner.toLowerCase());
  const all = owner?.type === "User" ? [owner.login, ...named] : named;
  return [...new Set(all)].sort().flatMap((login) => {
    const permission = permissionOf(world, repository, login);
    return permission === null ? [] : [{ login, permission }];
  });
}

/** Whose an address is. */
export function accountByEmail(world: World, email: string): Account | null {
  return [...world.accounts.values()].find(({ emails }) => emails.includes(email.toLowerCase())) ?? null;
}

/** As GitHub writes instants: no fractions of a second. */
export function now(world: World): string {
  return instant(world.clock());
}

export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
