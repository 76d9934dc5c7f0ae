/**
 * A cookie as it is set: for this host alone, not for scripts, and not with requests that another site makes, but for a
 * link that is followed. On loopback there is no https, and the name says nothing of it.
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3
 */
export function setCookie(name: CookieName, value: string, { isSecure, seconds }: CookieOptions): string {
  const shared = `${fullName(name, isSecure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
  return isSecure ? `${shared}; Secure` : shared;
}

export interface CookieOptions {
  /** Whether people come by https: always, but on loopback. */
  isSecure: boolean;
  /** 0 takes the cookie away. */
  seconds: number;
}

/** `session`: who is signed in. `sign-in`: a sign-in under way. `set-up`: who makes the App, where there is none. */
export type CookieName = "session" | "sign-in" | "set-up";

/** The value of a cookie of ours; null without one, and when there are two: one of them was planted. */
export function readCookie(header: string | undefined, name: CookieName, isSecure: boolean): string | null {
  const start = `${fullName(name, isSecure)}=`;
  const found = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(start));
  return found.length === 1 ? (found[0] ?? "").slice(start.length) : null;
}

function fullName(name: CookieName, isSecure: boolean): string {
  return `${isSecure ? "__Host-" : ""}countersign-${name}`;
}
