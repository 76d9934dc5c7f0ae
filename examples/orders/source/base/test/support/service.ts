import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "../../src/app.ts";
import { issueSession } from "../../src/auth/session.ts";

export const now = Date.parse("2026-03-02T09:00:00Z");
const secret = "a secret for tests only";

/** What the fake payment provider was asked, and what it shall answer next. */
export interface Provider {
  url: string;
  calls: { path: string; body: Record<string, unknown> }[];
  answers: { status: number; body?: unknown }[];
}

export interface Service {
  provider: Provider;
  call(method: string, path: string, options?: CallOptions): Promise<{ status: number; body: any }>;
  close(): Promise<void>;
}

export interface CallOptions {
  as?: string;
  role?: "customer" | "support";
  body?: unknown;
}

/** The whole service on a free port, with an empty database and a payment provider of its own. */
export async function startService(): Promise<Service> {
  const { provider, server: providerServer } = await startProvider();
  const config = {
    port: 0,
    databasePath: ":memory:",
    sessionSecret: secret,
    paymentsUrl: provider.url,
    paymentsTimeoutMs: 2000,
    taxPercent: 20,
  };
  const server = createApp(config, () => now);
  const url = await listen(server);
  return {
    provider,
    async call(method, path, options = {}) {
      const headers: Record<string, string> = {};
      if (options.as) headers["authorization"] = `Bearer ${token(options.as, options.role)}`;
      const body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
      const answer = await fetch(new URL(path, url), { method, headers, body });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    async close() {
      await Promise.all([close(server), close(providerServer)]);
    },
  };
}

export function token(customer: string, role: "customer" | "support" = "customer"): string {
  return issueSession(secret, { customer, role }, now);
}

export async function startProvider(): Promise<{ provider: Provider; server: Server }> {
  const provider: Provider = { url: "", calls: [], answers: [] };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    provider.calls.push({ path: request.url ?? "", body: JSON.parse(text) });
    const answer = provider.answers.shift() ?? { status: 200, body: { id: `pay-${provider.calls.length}` } };
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body ?? null));
  });
  provider.url = await listen(server);
  return { provider, server };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
