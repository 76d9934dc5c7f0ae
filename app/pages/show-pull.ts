import { NotTold } from "../../adapters/github/client.ts";
import { isLost } from "../lost.ts";
import { pullRequestKey } from "../subject.ts";
import { answer, type PageAnswer } from "./answer.ts";
import type { PagesHouse } from "./house.ts";
import { Address, html } from "./html.ts";
import { messagePage } from "./message-page.ts";
import { pathOf, type PullPath } from "./route.ts";
import { endSession, readSession } from "./session.ts";
import { askToSignIn, gitHubSilent } from "./sign-in.ts";
import { linkedRepository, signedLink, type LinkTarget } from "./signed-link.ts";
import { statusPage, type StatusPage } from "./status-page.ts";
import type { MayRead } from "./who-may-read.ts";

/** What a browser sends with it. */
export interface PullRequestAsked {
  path: PullPath;
  query: URLSearchParams;
  cookies: string | undefined;
}

/**
 * The page of one pull request, for whoever may see it: by a signed link, or because GitHub shows the repository to them.
 * Who may not gets what there would be if it did not exist.
 */
export async function showPull(
  house: PagesHouse,
  mayRead: MayRead | null,
  asked: PullRequestAsked,
): Promise<PageAnswer> {
  const { path, query, cookies } = asked;
  const linked = linkedRepository(path, query, house.keys.link, house.now());
  if (linked !== null) {
    if (!(await isStillOurs(house, linked, path.number))) return nothingHere(null);
    return shown(house, { ...path, id: linked }, path.number, null);
  }
  const session = readSession(house, cookies);
  if (session === null || mayRead === null) return askToSignIn(house, pathOf(path));
  try {
    const repository = await mayRead(session.token, path.owner, path.name);
    if (repository === null) return nothingHere(session.login);
    return await shown(house, repository, path.number, session.login);
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    // The token is over, or was taken back: nothing is said to it but to sign in.
    if (error.status !== 401) return gitHubSilent();
    const again = askToSignIn(house, pathOf(path));
    return { ...again, headers: { ...again.headers, "set-cookie": endSession(house) } };
  }
}

/**
 * Whether the App may still see what a link shows: GitHub asks nobody who follows one. A repository that it lost, and a
 * suspended installation, show nothing either.
 */
async function isStillOurs({ store }: PagesHouse, repository: number, number: number): Promise<boolean> {
  const verdict = await store.verdicts.latest(pullRequestKey(repository, number));
  if (verdict === null) return false;
  const installed = (await store.installations.all()).find(({ id }) => id === verdict.installation);
  if (installed === undefined || installed.suspendedAt !== null) return false;
  return !isLost(await store.memory.of(`repository/${repository}`));
}

/** The same whether there is no such repository, none that the person may read, or no verdict in it. */
export function nothingHere(user: string | null): PageAnswer {
  const content = html`<p>There is no verdict at this address, or GitHub does not show its repository to you.</p>`;
  return answer(404, messagePage("Nothing here", content, user));
}

const mostVerdicts = 50;

/** A reader passes a page on to somebody without an account; the longest time is for whoever runs the App. */
const shareDays = 7;

async function shown(
  house: PagesHouse,
  { id, owner, name }: { id: number; owner: string; name: string },
  number: number,
  user: string | null,
): Promise<PageAnswer> {
  const { store, webUrl } = house;
  const key = pullRequestKey(id, number);
  const verdict = await store.verdicts.latest(key);
  if (verdict === null) return nothingHere(user);
  const past = await store.verdicts.history(key, mostVerdicts + 1);
  const [history, historyIsCut] = [past.slice(0, mostVerdicts), past.length > mostVerdicts];
  const share = user === null ? null : shareOf(house, { owner, name, number, repository: id });
  return answer(200, statusPage({ owner, name, number, webUrl, verdict, history, historyIsCut, user, share }));
}

function shareOf({ keys, now, origin }: PagesHouse, target: LinkTarget): StatusPage["share"] {
  const path = signedLink(target, keys.link[0], now(), shareDays);
  return { address: new Address(path, origin === null ? null : new URL(origin)), days: shareDays };
}
