import { accountOf, appOf, fullName, holds, now } from "../find.ts";
import { payloadShapes } from "../payloads.ts";
import type { App, Installation, Repository, World } from "../state.ts";

/** What owners of accounts do with an App. https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation */

export function install(
  world: World,
  app: App,
  account: string,
  { repositories, by }: { repositories: "all" | readonly Repository[]; by: string },
): Installation {
  const installation: Installation = {
    ...{ id: world.serial(), app: app.id, account: accountOf(world, account).login, suspendedAt: null },
    ...{ permissions: { ...app.permissions }, events: [...app.events] },
    repositories: repositories === "all" ? "all" : new Set(repositories.map(({ id }) => id)),
  };
  world.installations.set(installation.id, installation);
  tell(world, installation, "created", by, { repositories: listOf(repositoriesOf(world, installation)) });
  return installation;
}

export function uninstall(world: World, installation: Installation, by: string): void {
  const repositories = listOf(repositoriesOf(world, installation));
  tell(world, installation, "deleted", by, { repositories });
  world.installations.delete(installation.id);
}

export function suspend(world: World, installation: Installation, by: string): void {
  installation.suspendedAt = now(world);
  const suspended = { suspended_at: installation.suspendedAt, suspended_by: payloadShapes(world).user(by) };
  tell(world, installation, "suspend", by, {}, suspended);
}

export function unsuspend(world: World, installation: Installation, by: string): void {
  installation.suspendedAt = null;
  tell(world, installation, "unsuspend", by, {});
}

/** The owner accepted what the App asks for since then. */
export function acceptPermissions(world: World, installation: Installation, by: string): void {
  const app = appOf(world, installation.app);
  installation.permissions = { ...app.permissions };
  installation.events = [...app.events];
  tell(world, installation, "new_permissions_accepted", by, {});
}

export function addRepositories(
  world: World,
  installation: Installation,
  added: readonly Repository[],
  by: string,
): void {
  if (installation.repositories === "all") return;
  for (const { id } of added) installation.repositories.add(id);
  tellRepositories(world, installation, { added, removed: [] }, by);
}

export function removeRepositories(
  world: World,
  installation: Installation,
  removed: readonly Repository[],
  by: string,
): void {
  if (installation.repositories === "all")
    installation.repositories = new Set(repositoriesOf(world, installation).map(({ id }) => id));
  for (const { id } of removed) installation.repositories.delete(id);
  tellRepositories(world, installation, { added: [], removed }, by);
}

export function repositoriesOf(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter((each) => !each.deleted && holds(installation, each));
}

function tellRepositories(
  world: World,
  installation: Installation,
  { added, removed }: { added: readonly Repository[]; removed: readonly Repository[] },
  sender: string,
): void {
  world.emit({
    ...{ event: "installation_repositories", action: added.length > 0 ? "added" : "removed", repository: null, sender },
    ...{ installation: installation.id, app: installation.app },
    over: {
      installation: payloadShapes(world).installation(installation),
      ...{ repository_selection: "selected", requester: null },
      ...{ repositories_added: listOf(added), repositories_removed: listOf(removed) },
    },
  });
}

function tell(
  world: World,
  installation: Installation,
  action: string,
  sender: string,
  over: Record<string, unknown>,
  more: Record<string, unknown> = {},
): void {
  const shown = payloadShapes(world).installation(installation);
  const data = typeof shown === "object" && shown !== null ? { ...shown, ...more } : shown;
  world.emit({
    ...{
      event: "installation",
      action,
      repository: null,
      sender,
      installation: installation.id,
      app: installation.app,
    },
    over: { installation: data, ...over },
  });
}

function listOf(repositories: readonly Repository[]): unknown[] {
  return repositories.map((each) => ({
    ...{ id: each.id, node_id: `R_${each.id}`, name: each.name, full_name: fullName(each), private: each.private },
  }));
}
