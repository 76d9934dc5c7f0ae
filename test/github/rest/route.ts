import type { z } from "zod";
import { permissionOf, rank, repositoryOf } from "../find.ts";
import { Refusal } from "../refusal.ts";
import type { Shapes } from "../shapes.ts";
import type { Repository, World } from "../state.ts";
import type { Caller } from "../tokens.ts";
import type { Webhooks } from "../webhooks.ts";
import { answersOf } from "./answers.ts";

/** One operation of the API: what a caller needs for it, and its answer. */
export interface Route {
  needs: Need;
  answer: (call: Call) => Answer;
}
export type Routes = Readonly<Record<string, Route>>;

/**
 * "app": the App's own JWT. "user": a person's token. A list: any one of these rights of an App, as `checks: write`.
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export type Need = "app" | "user" | "nobody" | "installation" | readonly Right[];
export type Right = `${string}: ${"read" | "write" | "admin"}`;

export interface Answer {
  status?: number;
  /** A list is cut into pages by whoever sends it, unless the answer has a Link header of its own. */
  data?: unknown;
  bytes?: Buffer;
  headers?: Readonly<Record<string, string>>;
}

/** One request that was found fit to be answered. */
export class Call {
  readonly world: World;
  readonly caller: Caller;
  readonly path: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly accept: string;
  readonly answers: Shapes;
  readonly webhooks: Webhooks;
  readonly #body: unknown;

  constructor(
    world: World,
    webhooks: Webhooks,
    request: Pick<Call, "caller" | "path" | "url" | "accept">,
    body: unknown,
  ) {
    this.world = world;
    this.webhooks = webhooks;
    this.caller = request.caller;
    this.path = request.path;
    this.url = request.url;
    this.accept = request.accept;
    this.answers = answersOf(world);
    this.#body = body;
  }

  /** The body, which GitHub's description was held against already. */
  read<T>(shape: z.ZodType<T>): T {
    const read = shape.safeParse(this.#body ?? {});
    if (!read.success) throw new Refusal(422, `Invalid request.\n\n${read.error.issues[0]?.message ?? ""}`);
    return read.data;
  }

  query(name: string): string | null {
    return this.url.searchParams.get(name);
  }

  number(name: string): number {
    return Number(this.path[name]);
  }

  text(name: string): string {
    return this.path[name] ?? "";
  }

  /** Of the path; 404 for one that the caller may not see. */
  repository(): Repository {
    const found = repositoryOf(this.world, this.text("owner"), this.text("repo"));
    if (found === null || !sees(this.world, this.caller, found)) throw new Refusal(404, "Not Found");
    return found;
  }

  /** Who is shown to have done it. */
  login(): string {
    if (this.caller.kind === "user") return this.caller.login;
    if (this.caller.kind === "nobody") throw new Refusal(401, "Requires authentication");
    return `${this.caller.app.slug}[bot]`;
  }
}

export function sees(world: World, caller: Caller, repository: Repository): boolean {
  if (!repository.private) return true;
  if (caller.kind === "user") return permissionOf(world, repository, caller.login) !== null;
  return caller.kind === "installation" && isGiven(caller, repository);
}

/** Whether an installation's token is for this repository, not for the public alone. */
export function isGiven(caller: Caller, repository: Repository): boolean {
  if (caller.kind !== "installation") return false;
  const { installation, only } = caller;
  if (only !== null && !only.has(repository.id)) return false;
  if (installation.repositories !== "all") return installation.repositories.has(repository.id);
  return installation.account.toLowerCase() === repository.owner.toLowerCase();
}

/** A person may write with the right to push. */
export function mayWrite(world: World, repository: Repository, login: string): boolean {
  const permission = permissionOf(world, repository, login);
  return permission !== null && rank(permission) >= rank("write");
}

export function ok(data: unknown): Answer {
  return { data };
}

export function created(data: unknown): Answer {
  return { status: 201, data };
}
