import type { ServerResponse } from "node:http";
import type { Html } from "./html.ts";
import { styleSource } from "./style.ts";

/** What a browser gets. */
export interface PageAnswer {
  status: number;
  headers: Readonly<Record<string, string | readonly string[]>>;
  /** Null where the browser goes on to somewhere else. */
  page: Html | null;
}

export function answer(status: number, page: Html, headers: PageAnswer["headers"] = {}): PageAnswer {
  return { status, headers, page };
}

/** The browser asks for `location` next, whatever it asked before. */
export function goTo(location: string, headers: PageAnswer["headers"] = {}): PageAnswer {
  return { status: 303, headers: { ...headers, location }, page: null };
}

export function send(response: ServerResponse, { status, headers, page }: PageAnswer, options: SendOptions): void {
  const body = Buffer.from(page?.toString() ?? "", "utf8");
  for (const [name, value] of Object.entries({ ...guards, ...headers })) response.setHeader(name, value);
  if (options.isSecure) response.setHeader("strict-transport-security", "max-age=31536000");
  if (page !== null) response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-length", body.byteLength);
  response.writeHead(status).end(options.isHead ? undefined : body);
}

export interface SendOptions {
  isHead: boolean;
  /** Whether people come by https. */
  isSecure: boolean;
}

/** No script, no frame, no picture, nothing from elsewhere; nobody on the way keeps a copy or learns where a reader came from. */
const guards: PageAnswer["headers"] = {
  "content-security-policy": [
    "default-src 'none'",
    `style-src ${styleSource}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cache-control": "no-store, private",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex, nofollow",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  vary: "cookie",
};
