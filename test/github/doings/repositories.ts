import { accountOf, fullName } from "../find.ts";
import { makeBare } from "../git.ts";
import { payloadShapes } from "../payloads.ts";
import type { Permission, Repository, World } from "../state.ts";

/** Repositories come, are called otherwise, belong to others, and go. Their ids stay. */

export function makeRepository(
  world: World,
  {
    owner,
    name,
    isPrivate = false,
    parent = null,
  }: { owner: string; name: string; isPrivate?: boolean; parent?: number | null },
): Repository {
  const id = world.serial();
  const repository: Repository = {
    ...{ id, owner: accountOf(world, owner).login, name, private: isPrivate, defaultBranch: "main", parent },
    ...{ git: makeBare(world.folder, id), collaborators: new Map(), labels: new Map(), pulls: new Map(), comments: [] },
    ...{ checkRuns: [], statuses: [], rules: [], protections: new Map(), signatures: new Map(), codeownersErrors: [] },
    ...{ runs: [], artifacts: [], mergeGroups: new Map(), former: new Set(), deleted: false, nextNumber: 1 },
  };
  world.repositories.set(id, repository);
  world.emit({ event: "repository", action: "created", repository, sender: owner, over: {} });
  return repository;
}

/** A fork has the branches of what it was forked from, as they are now. */
export function forkRepository(world: World, parent: Repository, owner: string, name = parent.name): Repository {
  const fork = makeRepository(world, { owner, name, isPrivate: parent.private, parent: parent.id });
  fork.defaultBranch = parent.defaultBranch;
  fork.git.git(["fetch", "--quiet", parent.git.path, "+refs/heads/*:refs/heads/*"]);
  return fork;
}

export function renameRepository(world: World, repository: Repository, name: string, sender: string): void {
  const changes = { repository: { name: { from: repository.name } } };
  repository.former.add(fullName(repository).toLowerCase());
  repository.name = name;
  repository.former.delete(fullName(repository).toLowerCase());
  world.emit({ event: "repository", action: "renamed", repository, sender, over: { changes } });
}

/** An installation on chosen repositories loses it: the new owner decides anew. */
export function transferRepository(world: World, repository: Repository, owner: string, sender: string): void {
  const changes = { owner: { from: { user: payloadShapes(world).user(repository.owner) } } };
  repository.former.add(fullName(repository).toLowerCase());
  for (const { repositories } of world.installations.values())
    if (repositories !== "all") repositories.delete(repository.id);
  repository.owner = accountOf(world, owner).login;
  world.emit({ event: "repository", action: "transferred", repository, sender, over: { changes } });
}

export function deleteRepository(world: World, repository: Repository, sender: string): void {
  world.emit({ event: "repository", action: "deleted", repository, sender, over: {} });
  repository.deleted = true;
}

export function setVisibility(world: World, repository: Repository, isPrivate: boolean, sender: string): void {
  repository.private = isPrivate;
  const action = isPrivate ? "privatized" : "publicized";
  world.emit({ event: "repository", action, repository, sender, over: {} });
}

export function setCollaborator(
  world: World,
  repository: Repository,
  login: string,
  permission: Permission | null,
  sender: string,
): void {
  const was = repository.collaborators.get(login);
  const action = permission === null ? "removed" : was === undefined ? "added" : "edited";
  if (permission === null) repository.collaborators.delete(login);
  else repository.collaborators.set(login, permission);
  const changes = { old_permission: { from: was ?? "read" } };
  const over = { member: payloadShapes(world).user(login), ...(action === "edited" ? { changes } : {}) };
  world.emit({ event: "member", action, repository, sender, over });
}
