import type { Remote } from "../../adapters/git/remote.ts";
import type { GitHub } from "../../adapters/github/client.ts";
import { NotInstalled } from "../../adapters/github/app-token.ts";
import { NotTold } from "../../adapters/github/client.ts";
import type { InstallationClient, NamedRepository } from "../../adapters/github/installation.ts";
import type { Repository } from "../../core/change/change.ts";
import type { Bench } from "./evaluator.ts";
import { NotThere, Over } from "./unjudged.ts";

/** A repository under its present name, and how it is read. */
export interface Place {
  id: number;
  client: InstallationClient;
  named: NamedRepository;
  github: GitHub;
  repository: Repository;
}

/** Finds a repository by its id: names change. Throws `Over` when it is gone, or not the App's to read any more. */
export async function findRepository(
  { ports, settings }: Bench,
  { installation, repository: id }: { installation: number; repository: number },
): Promise<Place> {
  const client = ports.installation(installation);
  const named = await client.nameOf(id).catch((error: unknown) => {
    if (isGone(error)) throw new Over("the repository is gone, or the App may not see it");
    throw error;
  });
  const { owner, name } = named;
  const repository = { host: new URL(settings.webUrl).hostname, owner, name };
  return { id, client, named, github: client.repository(owner, name, "read"), repository };
}

/**
 * Reads something under the name that is known. Where GitHub knows no such thing, the name may be an old one: it is asked
 * for anew, once. Throws `NotThere` where the repository is readable under its present name all the same.
 */
export async function underPresentName<T>(
  bench: Bench,
  where: { installation: number; repository: number },
  read: (place: Place) => Promise<T>,
): Promise<T> {
  const place = await findRepository(bench, where);
  try {
    return await read(place);
  } catch (error) {
    if (!isGone(error) && !(error instanceof OtherRepository)) throw error;
  }
  place.client.forgetName?.(where.repository);
  return read(await findRepository(bench, where)).catch((error: unknown) => {
    if (isGone(error) && !(error instanceof NotInstalled))
      throw new NotThere("the repository is readable, and it knows of no such pull request", 404);
    throw error;
  });
}

/** Another repository answers to the name by now. */
export class OtherRepository extends NotTold {}

function isGone(error: unknown): boolean {
  return error instanceof NotTold && (error.status === 404 || error.status === 410 || error.status === 451);
}

/** Where git fetches from, with a token that is good for some minutes. */
export async function remoteOf({ settings }: Bench, { client, named }: Place): Promise<Remote> {
  return { url: `${settings.webUrl}/${named.owner}/${named.name}`, token: await client.token() };
}
