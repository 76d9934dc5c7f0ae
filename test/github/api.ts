import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Budgets, type Resource } from "./budgets.ts";
import { movedRepository, repositoryOf } from "./find.ts";
import { answerFault, faultsOf, operationOf, type Operation } from "./openapi.ts";
import { paged } from "./paging.ts";
import { Refusal } from "./refusal.ts";
import { actionRoutes } from "./rest/actions.ts";
import { appRoutes } from "./rest/app.ts";
import { checkRoutes } from "./rest/checks.ts";
import { deliveryRoutes } from "./rest/deliveries.ts";
import { issueRoutes } from "./rest/issues.ts";
import { limitRoutes } from "./rest/limits.ts";
import { peopleRoutes } from "./rest/people.ts";
import { pullRoutes } from "./rest/pulls.ts";
import { repositoryRoutes } from "./rest/repositories.ts";
import { Call, isGiven, mayWrite, type Answer, type Need, type Right, type Routes } from "./rest/route.ts";
import type { Repository, World } from "./state.ts";
import { callerName, callerOf, covers, type Caller } from "./tokens.ts";
import type { Webhooks } from "./webhooks.ts";

const routes: Routes = {
  ...{ ...actionRoutes, ...appRoutes, ...checkRoutes, ...deliveryRoutes, ...issueRoutes },
  ...{ ...peopleRoutes, ...pullRoutes, ...repositoryRoutes },
};

/** An answer as bytes. */
export interface Sent {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** One request to the REST API, held against GitHub's description on its way in and on its way out. */
export class Api {
  readonly #world: World;
  readonly #webhooks: Webhooks;
  readonly #routes: Routes;
  readonly budgets: Budgets;

  constructor(world: World, webhooks: Webhooks) {
    this.#world = world;
    this.#webhooks = webhooks;
    this.budgets = new Budgets(world);
    this.#routes = { ...routes, ...limitRoutes(this.budgets) };
  }

  /** Which operation a request is; `/repositories/7/pulls` is that of the repository's present name. */
  operation(method: string, path: string): Operation | null {
    return operationOf(method, this.#named(path));
  }

  answer(operation: Operation | null, request: IncomingMessage, url: URL, body: string): Sent {
    const limits: { caller: string; resource: Resource } = { caller: "nobody", resource: "core" };
    try {
      const caller = callerOf(this.#world, request.headers.authorization);
      limits.caller = callerName(caller);
      // Asking what is left is free.
      if (!this.budgets.take(limits.caller, "core", operation?.id === "rate-limit/get" ? 0 : 1))
        throw new Refusal(
          403,
          "API rate limit exceeded for installation. If you reach out to GitHub Support for help, please include the request ID.",
        );
      return this.#whole(this.#answered(operation, caller, request, url, body), request, limits);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#whole({ status: error.status, data: error.body() }, request, limits);
    }
  }

  #answered(operation: Operation | null, caller: Caller, request: IncomingMessage, url: URL, body: string): Answer {
    const { method = "GET" } = request;
    if (operation === null && isById(url.pathname)) throw new Refusal(404, "Not Found");
    if (operation === null) throw this.#violation(404, `${method} ${url.pathname} is no operation of GitHub's`);
    const faults = faultsOf(operation, url.searchParams, body);
    this.#world.violations.push(...faults);
    if (faults.length > 0) throw new Refusal(422, `Invalid request.\n\n${faults.join("\n")}`);
    const route = this.#routes[operation.id];
    if (route === undefined) throw this.#violation(501, `the fake knows no ${operation.id}`);
    const moved = this.#movedTo(operation, url, method);
    if (moved !== null) return moved;
    const accept = request.headers.accept ?? "";
    const call = new Call(this.#world, this.#webhooks, { caller, path: operation.path, url, accept }, parsed(body));
    this.#mayAsk(route.needs, call);
    return this.#held(operation, route.answer(call), url);
  }

  #violation(status: number, what: string): Refusal {
    this.#world.violations.push(what);
    return new Refusal(status, "Not Found");
  }

  #mayAsk(needs: Need, call: Call): void {
    const { caller } = call;
    if (needs === "nobody") return;
    if (caller.kind === "nobody") throw new Refusal(401, "Requires authentication");
    if (needs === "app" || caller.kind === "app") {
      if (needs !== caller.kind) throw new Refusal(401, "A JSON web token could not be decoded");
    } else if (needs === "user" || needs === "installation") {
      if (needs !== caller.kind) throw new Refusal(403, "Resource not accessible by integration");
    } else if (!this.#hasRight(needs, caller, call.path["repo"] === undefined ? null : call.repository()))
      throw new Refusal(403, "Resource not accessible by integration");
  }

  #hasRight(needs: readonly Right[], caller: Caller, repository: Repository | null): boolean {
    const writes = needs.some((right) => right.endsWith("write"));
    if (caller.kind === "user")
      return !writes || (repository !== null && mayWrite(this.#world, repository, caller.login));
    if (caller.kind !== "installation") return false;
    const given = repository === null || isGiven(caller, repository) || (!repository.private && !writes);
    const covered = needs.some((right) => {
      const [name = "", level = ""] = right.split(": ");
      return covers(caller.permissions[name] ?? (name === "metadata" ? "read" : undefined), level);
    });
    return given && covered;
  }

  /** A page of it, as described. */
  #held(operation: Operation, answer: Answer, url: URL): Answer {
    const { status = 200, data, bytes, headers = {} } = answer;
    if (bytes !== undefined) return answer;
    const page = "link" in headers || data === undefined ? { data, link: null } : paged(data, url);
    const wrong = answerFault(operation, page.data, status);
    if (wrong !== null) this.#world.violations.push(`the fake's answer to ${wrong}`);
    const link: Record<string, string> = page.link === null ? {} : { link: page.link };
    const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
    return { status, data: page.data, headers: { ...kept, ...link } };
  }

  #whole(answer: Answer, request: IncomingMessage, { caller, resource }: { caller: string; resource: Resource }): Sent {
    const { status = 200, data, bytes, headers = {} } = answer;
    const body = bytes ?? (data === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(data)));
    const etag = `"${createHash("sha256").update(body).digest("hex")}"`;
    const all = { ...headers, ...this.budgets.headers(caller, resource) };
    const same = request.method === "GET" && status === 200 && request.headers["if-none-match"] === etag;
    // GitHub does not count what did not change.
    if (same) this.budgets.give(caller, resource, 1);
    if (same)
      return {
        status: 304,
        headers: { ...headers, ...this.budgets.headers(caller, resource), etag },
        body: Buffer.alloc(0),
      };
    const type = bytes === undefined ? "application/json; charset=utf-8" : "application/octet-stream";
    return { status, headers: { ...all, ...(request.method === "GET" ? { etag } : {}), "content-type": type }, body };
  }

  #movedTo({ path }: Operation, url: URL, method: string): Answer | null {
    const { owner, repo } = path;
    if (owner === undefined || repo === undefined || repositoryOf(this.#world, owner, repo) !== null) return null;
    const found = movedRepository(this.#world, owner, repo);
    if (found === null) return null;
    const location = `${url.origin}${url.pathname.replace(`/repos/${owner}/${repo}`, `/repositories/${found.id}`)}${url.search}`;
    return {
      status: method === "GET" ? 301 : 307,
      data: { message: "Moved Permanently", url: location },
      headers: { location, link: "" },
    };
  }

  #named(path: string): string {
    const [, id, rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
    const found = id === undefined ? undefined : this.#world.repositories.get(Number(id));
    return found === undefined || found.deleted ? path : `/repos/${found.owner}/${found.name}${rest}`;
  }
}

function parsed(body: string): unknown {
  return body === "" ? undefined : (JSON.parse(body) as unknown);
}

/** Of a repository that is there no more. */
function isById(path: string): boolean {
  return /^(\/api\/v3)?\/repositories\/\d+(\/|$)/.test(path);
}
