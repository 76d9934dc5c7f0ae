import { sign } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../../core/clock.ts";
import { hasNext, NotTold, parse, type Parameters } from "./client.ts";
import { saidBy, send, type Received } from "./send.ts";

/** The App itself, as GitHub knows it. */
export interface AppIdentity {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  apiUrl: string;
  appId: number;
  /** PEM. It stays in the closure of `openApp`. */
  privateKey: string;
  timeoutMs?: number;
}

/** What is asked in the name of the App, and not of one of its installations. Every method throws `NotTold`. */
export interface AppClient {
  get: <T>(
    route: string,
    parameters: Parameters,
    shape: z.ZodType<T>,
  ) => Promise<{ value: T; hasNext: boolean; next: string | null }>;
  /** One write, never tried again. */
  write: (route: string, parameters: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** A new token of an installation, and for how many milliseconds it is good. Throws `NotInstalled` when there is none. */
  token: (installation: number) => Promise<{ token: string; lastsMs: number }>;
}

/** The installation is suspended or gone: nothing is to be asked in its name. */
export class NotInstalled extends NotTold {}

/** The App's client. Tokens of its own last some minutes, and are made anew for each request. */
export function openApp({ apiUrl, appId, privateKey, timeoutMs = 10_000 }: AppIdentity, clock: Clock): AppClient {
  // How far GitHub's clock is ahead of ours: a token from the future, or from long ago, is refused.
  let aheadMs = 0;
  const once = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<Received> => {
    const now = clock.now().getTime() + aheadMs;
    const authorization = `Bearer ${appJwt(appId, privateKey, now)}`;
    return send({ apiUrl, route, parameters, authorization, timeoutMs });
  };
  const ask = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<Received> => {
    const received = await once(route, parameters);
    const told = Date.parse(received.headers["date"] ?? "");
    if (received.status !== 401 || Number.isNaN(told)) return received;
    aheadMs = told - clock.now().getTime();
    return once(route, parameters);
  };
  return {
    get: async (route, parameters, shape) => {
      const { data, headers } = answered(await ask(route, parameters));
      return { value: parse(shape, data), hasNext: hasNext(headers["link"]), next: cursorOf(headers["link"]) };
    },
    write: async (route, parameters) => answered(await ask(route, parameters)).data,
    token: async (installation) => {
      const route = "POST /app/installations/{installation_id}/access_tokens";
      const received = await ask(route, { installation_id: installation });
      const { token, expires_at } = parse(Token, tokenOf(received).data);
      const now = Date.parse(received.headers["date"] ?? "") || clock.now().getTime() + aheadMs;
      return { token, lastsMs: Date.parse(expires_at) - now };
    },
  };
}

const Token = z.object({ token: z.string().min(1), expires_at: z.iso.datetime() });

/**
 * A token that says we are the App: from a minute ago, for clocks differ, and for less than the ten minutes that GitHub
 * allows. https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function appJwt(appId: number, privateKey: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const claims = { iat: seconds - 60, exp: seconds + 9 * 60, iss: String(appId) };
  const signed = `${encoded({ alg: "RS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

function answered(received: Received): Received {
  if (received.status < 300) return received;
  throw new NotTold(`GitHub answered ${received.status}`, received.status);
}

function tokenOf(received: Received): Received {
  if (received.status === 404) throw new NotInstalled("the App is not installed there any more", 404);
  if (received.status === 403 && saidBy(received).toLowerCase().includes("suspended"))
    throw new NotInstalled("the installation is suspended", 403);
  return answered(received);
}

/** Deliveries are paged by a cursor, which only the link tells. */
function cursorOf(link: string | undefined): string | null {
  const next = (link ?? "").split(",").find((part) => part.includes('rel="next"'));
  const url = next?.slice(next.indexOf("<") + 1, next.indexOf(">"));
  return url !== undefined && URL.canParse(url) ? new URL(url).searchParams.get("cursor") : null;
}
