import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";
import { Api, type Sent } from "./api.ts";
import { Faults } from "./faults.ts";
import { gitRequest, serveGit } from "./git-http.ts";
import { answer as answerQuery, prepare } from "./graphql/execute.ts";
import { page } from "./pages.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./state.ts";
import { callerName, callerOf } from "./tokens.ts";
import { isCarriedOut, send } from "./transport.ts";
import type { Webhooks } from "./webhooks.ts";

/** One request, as it was answered. `cost` is what GitHub charges; a write is what it counts as one. */
export interface RequestRecord {
  at: Date;
  method: string;
  path: string;
  /** `checks/create`, `graphql`, `git`, `page`. */
  route: string;
  kind: "read" | "write" | "git" | "page";
  cost: number;
  /** 0 where no answer came. */
  status: number;
  caller: string;
}

/** Everything that GitHub serves, on one port of loopback: API, GraphQL, git and pages. */
export class GitHubServer {
  readonly #world: World;
  readonly api: Api;
  readonly faults = new Faults();
  readonly requests: RequestRecord[] = [];
  /** Who sits before the browser. */
  signedIn: string | null = null;
  #server: Server | null = null;

  constructor(world: World, webhooks: Webhooks) {
    this.#world = world;
    this.api = new Api(world, webhooks);
  }

  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        this.#world.violations.push(`the fake failed: ${error instanceof Error ? (error.stack ?? "") : String(error)}`);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.#world.url);
    const git = gitRequest(url);
    if (git !== null) return this.#git(git, request, response);
    const body = await readBody(request);
    const asked = page(this.#world, request.method ?? "GET", url, body, {
      ...{ signedIn: this.signedIn, wantsJson: (request.headers.accept ?? "").includes("json") },
    });
    const artifact = asked === null ? this.#artifact(url) : null;
    if (asked !== null || artifact !== null) {
      const sent = artifact ?? { ...asked!, body: Buffer.from(asked!.body) };
      return this.#finish(request, response, sent, { route: "page", kind: "page", cost: 0, caller: "browser" });
    }
    await this.#callApi(request, response, url, body);
  }

  async #callApi(request: IncomingMessage, response: ServerResponse, url: URL, body: string): Promise<void> {
    const path = url.pathname.replace(/^\/api(\/v3)?(?=\/)/, "");
    if (path === "/graphql" && request.method === "POST") return this.#query(request, response, body);
    const operation = this.api.operation(request.method ?? "GET", path);
    const route = operation?.id ?? "unknown";
    const kind = request.method === "GET" ? "read" : "write";
    const caller = this.#caller(request);
    const fault = this.faults.of(route);
    const right = isCarriedOut(fault) ? this.api.answer(operation, request, url, body) : nothing;
    const cost = right.status === 304 ? 0 : 1;
    await this.#finish(request, response, right, { route, kind, cost, caller }, fault);
  }

  async #query(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const fault = this.faults.of("graphql");
    const asked = {
      route: "graphql",
      kind: /^\s*mutation\b/.test(body) ? "write" : "read",
      caller: this.#caller(request),
    } as const;
    if (!isCarriedOut(fault)) return this.#finish(request, response, nothing, { ...asked, cost: 1 }, fault);
    const { sent, cost } = await this.#graph(request, body);
    await this.#finish(request, response, sent, { ...asked, cost }, fault);
  }

  async #graph(request: IncomingMessage, body: string): Promise<{ sent: Sent; cost: number }> {
    try {
      const caller = callerOf(this.#world, request.headers.authorization);
      if (caller.kind === "nobody" || caller.kind === "app")
        throw new Refusal(401, "This endpoint requires you to be authenticated.");
      const { query, variables = {} } = Query.parse(JSON.parse(body));
      const prepared = prepare(this.#world, query, variables);
      if ("errors" in prepared) return { sent: json(200, prepared, {}), cost: 1 };
      const name = callerName(caller);
      const { document, points } = prepared;
      const { budgets } = this.api;
      if (!budgets.take(name, "graphql", points))
        return {
          sent: json(
            200,
            { errors: [{ type: "RATE_LIMITED", message: `API rate limit exceeded for ${name}.` }] },
            budgets.headers(name, "graphql"),
          ),
          cost: 0,
        };
      const { limit, remaining, used, reset } = budgets.left(name, "graphql");
      const rateLimit = {
        limit,
        remaining,
        used,
        cost: points,
        nodeCount: 0,
        resetAt: new Date(reset * 1000).toISOString(),
      };
      const result = await answerQuery(this.#world, caller, { document, variables, rateLimit });
      return { sent: json(200, result, budgets.headers(name, "graphql")), cost: points };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { sent: json(error.status, error.body(), {}), cost: 1 };
    }
  }

  async #git(
    git: { owner: string; name: string; rest: string },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const record = this.#record(request, { route: "git", kind: "git", cost: 0, caller: this.#caller(request) });
    const fault = this.faults.of("git");
    if (fault !== null && fault.kind !== "late") {
      record.status = await send(response, nothing, fault, this.#world.clock());
      return;
    }
    if (fault?.kind === "late") await new Promise((resolve) => setTimeout(resolve, fault.ms));
    record.status = await serveGit(this.#world, git, request, response);
  }

  async #finish(
    request: IncomingMessage,
    response: ServerResponse,
    right: Sent,
    about: Pick<RequestRecord, "route" | "kind" | "cost" | "caller">,
    fault: ReturnType<Faults["of"]> = null,
  ): Promise<void> {
    const record = this.#record(request, about);
    record.status = await send(response, right, fault, this.#world.clock());
  }

  #record(request: IncomingMessage, about: Pick<RequestRecord, "route" | "kind" | "cost" | "caller">): RequestRecord {
    const at = this.#world.clock();
    const record = { at, method: request.method ?? "GET", path: request.url ?? "/", status: 0, ...about };
    this.requests.push(record);
    return record;
  }

  #caller(request: IncomingMessage): string {
    try {
      return callerName(callerOf(this.#world, request.headers.authorization));
    } catch {
      return "refused";
    }
  }

  #artifact(url: URL): Sent | null {
    const [, repository, id] = /^\/_artifacts\/(\d+)\/(\d+)$/.exec(url.pathname) ?? [];
    const found = this.#world.repositories.get(Number(repository))?.artifacts.find((each) => each.id === Number(id));
    return found === undefined
      ? null
      : { status: 200, headers: { "content-type": "application/zip" }, body: found.zip };
  }
}

const Query = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  operationName: z.string().nullable().optional(),
});

const nothing: Sent = { status: 500, headers: {}, body: Buffer.alloc(0) };

function json(status: number, data: unknown, headers: Record<string, string>): Sent {
  const type = { "content-type": "application/json; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(data)) };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}
