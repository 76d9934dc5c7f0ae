import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../core/clock.ts";
import { boundConnections } from "./connections.ts";
import type { Log } from "./ports.ts";

/** Takes a request, or says that it is not its own. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** What a server is lent. */
export interface ServerSetting {
  listen: { host: string; port: number };
  /** Asked in this order; what none of them takes is 404. */
  handlers: readonly Handler[];
  log: Log;
  clock: Clock;
}

/** A server that answers. */
export interface RunningServer {
  /** Where it answers; the port is the one that it got. */
  address: { host: string; port: number };
  /** Takes nothing new, and resolves when every answer is out, at the latest after `graceMs`; then connections break. */
  stop: (graceMs: number) => Promise<void>;
}

/** Starts to listen. Rejects when the address is taken, or may not be used. */
export async function startServer({ listen, handlers, log, clock }: ServerSetting): Promise<RunningServer> {
  let isStopping = false;
  const server = createServer(limits, (request, response) => {
    // What a sender's broken connection does to its own answer concerns nobody else.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    if (isStopping) response.setHeader("connection", "close");
    void answer(request, response, handlers, log);
  });
  boundConnections(server, mostConnections);
  await listening(server, listen);
  // The address of a server that listens on a port is an object.
  const { port } = server.address() as AddressInfo;
  const stop = async (graceMs: number): Promise<void> => {
    isStopping = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const patience = new AbortController();
    await Promise.race([closed, clock.sleep(graceMs, patience.signal).catch(() => undefined)]);
    patience.abort();
    server.closeAllConnections();
    await closed;
  };
  return { address: { host: listen.host, port }, stop };
}

/**
 * GitHub hangs up after ten seconds, so no request takes longer to come. Node answers 408 to one that does.
 * https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks#respond-within-10-seconds
 */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 500,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16 * 1024,
};

const mostConnections = 2_000;

function listening(server: Server, { host, port }: ServerSetting["listen"]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly Handler[],
  log: Log,
): Promise<void> {
  try {
    for (const handler of handlers) if (await handler(request, response)) return;
    sendText(response, 404, "There is nothing here.\n");
  } catch (error) {
    log.error("request-failed", error, { method: request.method ?? "" });
    if (response.headersSent) response.destroy();
    else sendText(response, 500, "Countersign failed. Its log says why.\n");
  }
}

/** A short plain answer that nobody keeps. */
export function sendText(response: ServerResponse, status: number, text: string, headers = plain): void {
  response.writeHead(status, { ...plain, ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}

const plain: Record<string, string> = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** The path of a request, without its query; "" for one that is no path. */
export function pathOf(request: IncomingMessage): string {
  // As nearly all requests have it, of which there are thousands a second.
  if (request.url === "/webhook") return request.url;
  return URL.parse(request.url ?? "", "http://localhost")?.pathname ?? "";
}
