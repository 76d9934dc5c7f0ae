import type { IncomingMessage } from "node:http";
import { timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { NotTold } from "../../adapters/github/client.ts";
import { answer, goTo, type PageAnswer } from "./answer.ts";
import { readCookie, setCookie } from "./cookies.ts";
import type { PagesHouse } from "./house.ts";
import { Address, html } from "./html.ts";
import { messagePage } from "./message-page.ts";
import { pathOf, pullPathOf } from "./route.ts";
import { seal, unseal } from "./sealed.ts";
import { startSession, endSession } from "./session.ts";

/** A sign-in under way, as the browser keeps it: whoever did not begin it here cannot end it here. */
const UnderWay = z.strictObject({ state: z.string(), verifier: z.string(), to: z.string() });

const signInSeconds = 10 * 60;

/** What is said to whoever is not signed in: the same for every path, whether something is there or not. */
export function askToSignIn({ access }: PagesHouse, path: `/${string}`): PageAnswer {
  if (access === null)
    return answer(
      401,
      messagePage(
        "Nobody can sign in here",
        html`<p>
          This App has no sign-in: its pages open by a signed link alone. A link ends after some days; ask whoever runs
          the App for a new one.
        </p>`,
      ),
    );
  const to = new Address(`/sign-in?${new URLSearchParams({ to: path }).toString()}`);
  const content = html`<p>This page shows what GitHub lets you see. <a href="${to}">Sign in with GitHub</a>.</p>
    <p class="quiet">A link that was sent to you has ended, or is not whole, when it leads here.</p>`;
  return answer(401, messagePage("Sign in", content));
}

/** `/sign-in?to=/pr/…`: on to GitHub. */
export function beginSignIn(house: PagesHouse, query: URLSearchParams): PageAnswer {
  const { access, isSecure, keys } = house;
  const to = destination(query.get("to"));
  if (access === null) return askToSignIn(house, to);
  const { address, state, verifier } = access.begin(returnAddress(house));
  const ends = new Date(house.now().getTime() + signInSeconds * 1000);
  const value = seal({ state, verifier, to }, keys["sign-in"][0], ends);
  return goTo(address, { "set-cookie": setCookie("sign-in", value, { isSecure, seconds: signInSeconds }) });
}

/** `/sign-in/return?code=…&state=…`: back from GitHub. */
export async function finishSignIn(
  house: PagesHouse,
  query: URLSearchParams,
  { headers }: Pick<IncomingMessage, "headers">,
): Promise<PageAnswer> {
  const { access, isSecure, keys } = house;
  const cookie = readCookie(headers.cookie, "sign-in", isSecure);
  const begun = cookie === null ? null : unseal(cookie, keys["sign-in"], house.now(), UnderWay);
  const over = setCookie("sign-in", "", { isSecure, seconds: 0 });
  const [code, state] = [query.get("code"), query.get("state")];
  if (access === null || begun === null || code === null || !isSame(state, begun.state)) return notSignedIn(over);
  try {
    const person = await access.finish(code, begun.verifier, returnAddress(house));
    if (person === null) return notSignedIn(over);
    return goTo(destination(begun.to), { "set-cookie": [over, startSession(house, person)] });
  } catch (error) {
    if (error instanceof NotTold) return gitHubSilent();
    throw error;
  }
}

/** `POST /sign-out`. */
export function signOut(house: PagesHouse): PageAnswer {
  const page = messagePage("Signed out", html`<p>This browser holds nothing of you any more.</p>`);
  return answer(200, page, { "set-cookie": endSession(house) });
}

/** GitHub does not say who may see what: then nobody sees it. */
export function gitHubSilent(): PageAnswer {
  const content = html`<p>GitHub was asked what you may see, and did not answer. Try again in a minute.</p>`;
  return answer(503, messagePage("GitHub does not answer", content), { "retry-after": "60" });
}

function notSignedIn(over: string): PageAnswer {
  const again = html`<p>
    The sign-in was not begun in this browser, took longer than ten minutes, or was refused.
    <a href="${new Address("/sign-in")}">Sign in with GitHub</a> anew.
  </p>`;
  return answer(400, messagePage("Not signed in", again), { "set-cookie": over });
}

function returnAddress({ origin }: PagesHouse): string {
  return `${origin ?? ""}/sign-in/return`;
}

/** A page of ours, and nothing else: a sign-in leads nowhere that somebody else's link says. */
function destination(to: string | null): `/${string}` {
  const pull = to === null ? null : pullPathOf(to);
  return pull === null ? "/sign-in/done" : pathOf(pull);
}

function isSame(given: string | null, expected: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
