import type { IncomingMessage, ServerResponse } from "node:http";
import { openUserAccess, type UserAccess } from "../../adapters/github/user-access.ts";
import { StoreFault } from "../../adapters/store/store.ts";
import type { AppPorts } from "../ports.ts";
import { answer, send, type PageAnswer } from "./answer.ts";
import { houseOf, type PagesHouse, type PagesSettings } from "./house.ts";
import { html } from "./html.ts";
import { messagePage } from "./message-page.ts";
import { pullPathOf } from "./route.ts";
import { nothingHere, showPull } from "./show-pull.ts";
import { beginSignIn, finishSignIn, signOut } from "./sign-in.ts";
import { whoMayRead, type MayRead } from "./who-may-read.ts";

export type { PagesSettings } from "./house.ts";
export { longestLinkDays, signedLink, type LinkTarget } from "./signed-link.ts";
export { pageKeys } from "./keys.ts";

/** Answers a request for a page; false for what is no page, and then nothing was done. Never throws. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * The App's pages: `/pr/<owner>/<repo>/<number>`, and signing in to see them.
 * @param access GitHub as people sign in with; of the settings' App unless given
 */
export function pages(
  ports: Pick<AppPorts, "store" | "clock" | "log">,
  settings: PagesSettings,
  access: UserAccess | null = accessOf(settings),
): Pages {
  const now = () => ports.clock.now();
  const house = houseOf(settings, { store: ports.store, now, access });
  const mayRead = house.access === null ? null : whoMayRead(house.access, now);
  return async (request, response) => {
    const url = urlOf(request);
    if (url === null || !isPage(url.pathname)) return false;
    const { isSecure } = house;
    const found = await answerTo(house, mayRead, request, url).catch((error: unknown) => faultAnswer(ports, error));
    send(response, found, { isHead: request.method === "HEAD", isSecure });
    return true;
  };
}

function accessOf({ app: { client }, github: { webUrl, apiUrl } }: PagesSettings): UserAccess | null {
  return client === null ? null : openUserAccess({ webUrl, apiUrl, client });
}

/** The host stands for nothing: only path and query are read. */
function urlOf({ url = "/" }: IncomingMessage): URL | null {
  return url.startsWith("/") && URL.canParse(`http://localhost${url}`) ? new URL(`http://localhost${url}`) : null;
}

function isPage(path: string): boolean {
  return path === "/sign-out" || path === "/sign-in" || path.startsWith("/sign-in/") || path.startsWith("/pr/");
}

async function answerTo(
  house: PagesHouse,
  mayRead: MayRead | null,
  { method = "GET", headers }: IncomingMessage,
  { pathname, searchParams: query }: URL,
): Promise<PageAnswer> {
  const wanted = pathname === "/sign-out" ? ["POST"] : ["GET", "HEAD"];
  if (!wanted.includes(method)) return notSo(wanted);
  const path = pullPathOf(pathname);
  if (path !== null) return showPull(house, mayRead, { path, query, cookies: headers.cookie });
  if (pathname === "/sign-out") return signOut(house);
  if (pathname === "/sign-in") return beginSignIn(house, query);
  if (pathname === "/sign-in/return") return finishSignIn(house, query, { headers });
  if (pathname === "/sign-in/done") return done;
  return nothingHere(null);
}

const done = answer(
  200,
  messagePage("Signed in", html`<p>Open the page of a pull request: its check on GitHub leads there.</p>`),
);

function notSo(wanted: readonly string[]): PageAnswer {
  const page = messagePage("Not like this", html`<p>This address does not take that kind of request.</p>`);
  return answer(405, page, { allow: wanted.join(", ") });
}

/** What went wrong is in the log, not on the page. */
function faultAnswer({ log }: Pick<AppPorts, "log">, error: unknown): PageAnswer {
  log.error("page-failed", error);
  const isStore = error instanceof StoreFault;
  const heading = isStore ? "The App's memory does not answer" : "This page could not be made";
  const content = html`<p>Try again in a minute. The check on GitHub says what was decided.</p>`;
  return answer(isStore ? 503 : 500, messagePage(heading, content), isStore ? { "retry-after": "60" } : {});
}
