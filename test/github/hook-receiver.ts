import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "./server.ts";

export interface Received {
  event: string;
  delivery: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Takes webhooks, and answers each with what `status` says. */
export async function receiveHooks(status: () => number = () => 202) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { "x-github-event": event, "x-github-delivery": delivery } = request.headers;
      received.push({ event: String(event), delivery: String(delivery), headers: request.headers, body });
      response.writeHead(status()).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, received, close };
}
