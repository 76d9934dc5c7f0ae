import { NotInstalled, type AppClient } from "../adapters/github/app-token.ts";
import { NotTold } from "../adapters/github/client.ts";
import {
  askForRedelivery,
  readCoveredRepositories,
  readHookDeliveries,
  readInstallations,
} from "../adapters/github/read-app.ts";
import type { InstallationClient, NamedRepository } from "../adapters/github/installation.ts";
import { readOpenPulls } from "../adapters/github/read-open-pulls.ts";
import type { AppPorts } from "./ports.ts";
import type { Lent, ListedPlace, OpenPull } from "./worker/index.ts";

/** What the worker is lent beside judging and publishing: lists of GitHub's, and having it deliver once more. */
export function lend(
  { installation }: Pick<AppPorts, "installation">,
  app: AppClient,
): Omit<Lent, "evaluate" | "publish"> {
  return {
    openPulls: (place) => openPulls(installation(place.installation), place),
    repositories: (id) => readCoveredRepositories(installation(id)).catch(nothingWhenGone([])),
    installations: () => readInstallations(app),
    hookDeliveries: (since) => readHookDeliveries(app, since),
    redeliver: (id) => askForRedelivery(app, id),
  };
}

/** Null when the repository is gone. A name that leads nowhere may only be an old one, and a list that fails says nothing. */
async function openPulls(client: InstallationClient, place: ListedPlace): Promise<readonly OpenPull[] | null> {
  const { repository, purpose } = place;
  try {
    return await listed(client, await client.nameOf(repository), purpose);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  client.forgetName?.(repository);
  const named = await client.nameOf(repository).catch(nothingWhenGone(null));
  return named === null ? null : listed(client, named, purpose);
}

async function listed(
  client: InstallationClient,
  { owner, name }: NamedRepository,
  purpose: ListedPlace["purpose"],
): Promise<OpenPull[]> {
  const found = await readOpenPulls(client.repository(owner, name, purpose));
  return found.map(({ number, head, base, updatedAt, reviewDecision }) => {
    return { number, head, base, fingerprint: JSON.stringify([updatedAt, head, base, reviewDecision]) };
  });
}

function nothingWhenGone<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (isGone(error)) return nothing;
    throw error;
  };
}

/** The App may not see it, or it is there no more. A refusal for want of budget says 429. */
function isGone(error: unknown): boolean {
  return error instanceof NotInstalled || (error instanceof NotTold && (error.status === 404 || error.status === 451));
}
