import { createHmac, randomUUID } from "node:crypto";
import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import type { Store } from "../../../adapters/store/store.ts";
import { ingress, type IngressSettings } from "../../../app/ingress/ingress.ts";
import { jsonLog } from "../../../app/log.ts";
import { newRegistry } from "../../../app/metrics/registry.ts";
import { statusRoutes, webhookRoute } from "../../../app/routes.ts";
import { startServer } from "../../../app/server.ts";
import { systemClock } from "../../../app/system-clock.ts";

export const secret = "a secret that nobody guesses: 4f1c9b0a";

/** The App's ingress on a port of loopback, with what it logged and counted. */
export async function serveIngress(store: Store, over: Partial<IngressSettings> = {}) {
  const logged: string[] = [];
  const metrics = newRegistry();
  const log = jsonLog({ write: (line) => logged.push(line), now: () => new Date(), secrets: [secret] });
  const ports = { store, clock: systemClock, log, metrics };
  const settings = { secrets: [secret], bodyBytes: 25 * 2 ** 20, bodiesAtOnce: 100, storeMs: 5_000, ...over };
  const { address, stop } = await startServer({
    listen: { host: "127.0.0.1", port: 0 },
    handlers: [
      webhookRoute(ingress(ports, settings)),
      statusRoutes(ports, metrics, { metricsToken: null, isStopping: () => false }),
    ],
    log,
    clock: systemClock,
  });
  return { port: address.port, stop: () => stop(0), logged, metrics };
}

export const sign = (body: string | Uint8Array, key = secret): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

export interface Answer {
  /** 0: the connection broke before an answer came. */
  status: number;
  text: string;
  headers: IncomingHttpHeaders;
  ms: number;
}

/** Posts a delivery as GitHub does; `headers` replace or, undefined, take away. */
export function deliver(
  port: number,
  body: string | Uint8Array | Readable,
  headers: OutgoingHttpHeaders = {},
  options: { method?: string; path?: string; agent?: Agent } = {},
): Promise<Answer> {
  const all = {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-github-delivery": randomUUID(),
    ...(body instanceof Readable
      ? {}
      : { "x-hub-signature-256": sign(body), "content-length": Buffer.byteLength(body) }),
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const began = performance.now();
  return new Promise((resolve) => {
    const settle = (status: number, text: string, answered: IncomingHttpHeaders): void =>
      resolve({ status, text, headers: answered, ms: performance.now() - began });
    const sent = request(
      { host: "127.0.0.1", port, method: "POST", path: "/webhook", agent: false, ...options, headers: given },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => settle(response.statusCode ?? 0, text, response.headers));
        response.on("error", () => settle(response.statusCode ?? 0, text, response.headers));
      },
    );
    // After an answer, a connection that breaks changes nothing.
    sent.on("error", () => settle(0, "", {}));
    if (body instanceof Readable) body.on("error", () => undefined).pipe(sent);
    else sent.end(body);
  });
}

/** A push as small as its shape allows. */
export const push = (over: object = {}): string =>
  JSON.stringify({
    ...{ ref: "refs/heads/main", before: "0".repeat(40), after: "1".repeat(40) },
    ...{ repository: { id: 7 }, installation: { id: 9 }, ...over },
  });

/** So many bytes, made while they are sent. */
export function bytes(length: number, chunk = 64 * 1024): Readable {
  const piece = Buffer.alloc(chunk, 32);
  let left = length;
  return new Readable({
    read() {
      if (left <= 0) this.push(null);
      else this.push(left >= chunk ? piece : piece.subarray(0, left));
      left -= chunk;
    },
  });
}
