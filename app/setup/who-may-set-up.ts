import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { readCookie, setCookie } from "../pages/cookies.ts";
import { isLoopback } from "../settings/places.ts";

/** Who may see the set-up page, and is it the same browser that comes back? */
export interface SetUpDoor {
  /** Printed where only the operator reads it; good once. */
  token: string;
  /**
   * `in`: this browser has been let in. `enter`: it may come in now, with this cookie. `out`: it may not.
   */
  ask: (request: IncomingMessage, asked: Asked) => { state: "in" | "out" } | { state: "enter"; cookie: string };
}

/** How a browser asks: with which token, if any, and whether it comes by https. */
export interface Asked {
  token: string | null;
  isSecure: boolean;
}

/**
 * Whoever makes the App owns the gate, so the page is for the operator alone: for a browser on this machine itself, or
 * for the first that brings the token.
 */
export function newSetUpDoor(): SetUpDoor {
  const token = randomBytes(24).toString("base64url");
  const sessions = new Set<string>();
  let isUsed = false;
  const enter = (isSecure: boolean) => {
    const session = randomBytes(24).toString("base64url");
    sessions.add(digest(session));
    return { state: "enter", cookie: setCookie("set-up", session, { isSecure, seconds: 3600 }) } as const;
  };
  return {
    token,
    ask: (request, { token: given, isSecure }) => {
      const session = readCookie(request.headers.cookie, "set-up", isSecure);
      if (session !== null && sessions.has(digest(session))) return { state: "in" };
      if (given !== null && !isUsed && isSame(given, token)) {
        isUsed = true;
        return enter(isSecure);
      }
      return isFromHere(request) ? enter(isSecure) : { state: "out" };
    },
  };
}

/** As what is looked up: how long that takes then says nothing of the session. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Whether two texts are the same, in a time that says nothing of where they differ. */
export function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)));
}

/**
 * Whether a browser on this machine asks, by our own name. Behind a proxy everybody comes from here, so its marks are
 * looked for; a page elsewhere whose name points here asks for its own host.
 */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? "";
  const isOwn = address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
  const passedOn = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
  const host = URL.parse(`http://${headers.host ?? ""}`)?.hostname ?? "";
  return isOwn && isLoopback(host) && !passedOn.some((name) => headers[name] !== undefined);
}
