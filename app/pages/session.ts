import * as z from "zod";
import type { SignedIn } from "../../adapters/github/user-access.ts";
import { readCookie, setCookie } from "./cookies.ts";
import type { PagesHouse } from "./house.ts";
import { seal, unseal } from "./sealed.ts";

/**
 * Who is signed in, with the token by which GitHub is asked what they may read. The browser keeps it, sealed: the store
 * holds no token, and every instance can open it.
 */
export const Session = z.strictObject({ login: z.string(), token: z.string() });
export type Session = z.infer<typeof Session>;

const longestSeconds = 8 * 60 * 60;

/** A header that signs a person in, for as long as the token is good, and eight hours at most. */
export function startSession(house: PagesHouse, { login, token, seconds }: SignedIn): string {
  const lasts = Math.min(seconds ?? longestSeconds, longestSeconds);
  const ends = new Date(house.now().getTime() + lasts * 1000);
  const value = seal(Session.parse({ login, token }), house.keys.session[0], ends);
  return setCookie("session", value, { isSecure: house.isSecure, seconds: lasts });
}

export function readSession(house: PagesHouse, cookies: string | undefined): Session | null {
  const value = readCookie(cookies, "session", house.isSecure);
  return value === null ? null : unseal(value, house.keys.session, house.now(), Session);
}

export function endSession({ isSecure }: PagesHouse): string {
  return setCookie("session", "", { isSecure, seconds: 0 });
}
