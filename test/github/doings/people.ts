import { accountOf } from "../find.ts";
import { payloadShapes } from "../payloads.ts";
import type { Account, Permission, Repository, Team, World } from "../state.ts";

/** Accounts, teams and who is in them. */

export function makeAccount(
  world: World,
  login: string,
  type: Account["type"],
  emails: readonly string[] = [],
): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const id = world.serial();
  const own = [`${login}@example.com`, `${id}+${login}@users.noreply.github.com`];
  const account = {
    id,
    login,
    type,
    emails: [...own, ...emails].map((each) => each.toLowerCase()),
    members: new Set<string>(),
  };
  world.accounts.set(login.toLowerCase(), account);
  return account;
}

export function makeTeam(
  world: World,
  organization: string,
  slug: string,
  parent: string | null,
  sender: string,
): Team {
  const team: Team = {
    ...{ id: world.serial(), organization: accountOf(world, organization).login, slug },
    ...{ members: new Set(), parent, repositories: new Map() },
  };
  world.teams.set(`${organization}/${slug}`.toLowerCase(), team);
  tellTeam(world, team, "created", sender, null);
  return team;
}

export function addMember(world: World, team: Team, login: string, sender: string): void {
  accountOf(world, team.organization).members.add(accountOf(world, login).login);
  team.members.add(login);
  tellMembership(world, team, login, "added", sender);
}

export function removeMember(world: World, team: Team, login: string, sender: string): void {
  team.members.delete(login);
  tellMembership(world, team, login, "removed", sender);
}

/** What the team may in a repository; null: nothing any more. */
export function giveTeam(
  world: World,
  team: Team,
  repository: Repository,
  permission: Permission | null,
  sender: string,
): void {
  if (permission === null) team.repositories.delete(repository.id);
  else team.repositories.set(repository.id, permission);
  tellTeam(world, team, permission === null ? "removed_from_repository" : "added_to_repository", sender, repository);
}

export function deleteTeam(world: World, team: Team, sender: string): void {
  tellTeam(world, team, "deleted", sender, null);
  world.teams.delete(`${team.organization}/${team.slug}`.toLowerCase());
}

function tellTeam(world: World, team: Team, action: string, sender: string, repository: Repository | null): void {
  const { organization } = team;
  const shapes = payloadShapes(world);
  const over = { team: shapes.team(organization, team.slug), organization: shapes.organization(organization) };
  world.emit({ event: "team", action, repository, organization, sender, over });
}

function tellMembership(world: World, team: Team, login: string, action: string, sender: string): void {
  const { organization } = team;
  const shapes = payloadShapes(world);
  const who = { scope: "team", member: shapes.user(login), team: shapes.team(organization, team.slug) };
  world.emit({
    ...{ event: "membership", action, repository: null, organization, sender },
    over: { ...who, organization: shapes.organization(organization) },
  });
}
