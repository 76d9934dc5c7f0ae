import * as z from "zod";
import type { Clock } from "../../core/clock.ts";
import { NotInstalled, type AppClient } from "./app-token.ts";
import { NotTold, readerOver, type Answer, type Parameters } from "./client.ts";
import { conditional } from "./conditional.ts";
import { graphQlAnswer } from "./graphql-answer.ts";
import type { InstallationClient, NamedRepository, Purpose } from "./installation.ts";
import { back, freshBudget, sent, taught, waitsUntil, type Resource } from "./rate-budget.ts";
import { graphQl, graphQlRoute, isLimited, saidBy, send, type Received, type Sending } from "./send.ts";

/** How requests of an installation are sent. */
export interface InstallationSettings {
  apiUrl: string;
  /** How long one request may take. */
  timeoutMs?: number;
}

/** The client of one installation, the same object for the same id: it holds the token and the budget. */
export function openInstallations(
  settings: InstallationSettings,
  app: AppClient,
  clock: Clock,
): (id: number) => InstallationClient {
  const known = new Map<number, InstallationClient>();
  return (id) => {
    const client = known.get(id) ?? openInstallation(id, settings, app, clock);
    known.set(id, client);
    return client;
  };
}

type Request = Pick<Sending, "route" | "parameters" | "headers" | "mostBytes"> & { purpose: Purpose };

function openInstallation(
  id: number,
  { apiUrl, timeoutMs = 10_000 }: InstallationSettings,
  app: AppClient,
  clock: Clock,
): InstallationClient {
  const now = (): number => clock.now().getTime();
  const tokens = tokenKeeper(id, app, now);
  const names = new Map<number, { name: NamedRepository; until: number }>();
  let budget = freshBudget;
  // How far GitHub's clock is ahead of ours.
  let aheadMs = 0;

  /** One request within the budget, with a token that is good; a token that GitHub does not know is made anew once. */
  const within = async ({ purpose, ...request }: Request, renewed = false): Promise<Received> => {
    const resource: Resource = request.route === graphQlRoute ? "graphql" : "core";
    const until = waitsUntil(budget, resource, purpose, now());
    if (until !== null) throw usedUp(until);
    const token = await tokens.take();
    budget = sent(budget, resource);
    const received = await send({ apiUrl, timeoutMs, authorization: `token ${token}`, ...request }).finally(
      () => void (budget = back(budget, resource)),
    );
    const refused = isLimited(received) || isLimitedQuery(received);
    const told = Date.parse(received.headers["date"] ?? "");
    if (!Number.isNaN(told)) aheadMs = told - now();
    budget = taught(budget, { resource, headers: received.headers, refused }, now());
    if (refused) throw usedUp(waitsUntil(budget, resource, purpose, now()));
    if (received.status === 401 && !renewed) {
      tokens.forget(token);
      return within({ purpose, ...request }, true);
    }
    if (received.status === 403 && saidBy(received).toLowerCase().includes("suspended"))
      throw new NotInstalled("the installation is suspended", 403);
    return received;
  };
  const read = async <T>(request: Request, take: (received: Received) => T): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return take(await within(request));
      } catch (error) {
        if (!isPassing(error) || attempt === backoffMs.length) throw error;
      }
      await clock.sleep(backoffMs[attempt] ?? 0);
    }
  };
  const cached = conditional();
  const reader = (owner: string, repo: string, purpose: Purpose) => {
    const ask = (route: string, parameters: Parameters, accept?: string): Promise<Answer> => {
      const filled = { ...(route.includes("{repo}") ? { owner, repo } : {}), ...parameters };
      const entry = cached(route, filled, accept);
      const headers = { ...entry.headers, ...(accept === undefined ? {} : { accept }) };
      return read({ route, parameters: filled, headers, purpose }, (received) => entry.take(received));
    };
    const query = (text: string, variables: Parameters): Promise<Answer> =>
      read({ ...graphQl(text, { owner, name: repo, ...variables }), purpose }, graphQlAnswer);
    return readerOver({ owner, name: repo }, ask, query);
  };
  return {
    id,
    repository: (owner, name, purpose = "read") => reader(owner, name, purpose),
    nameOf: async (repository) => {
      const kept = names.get(repository);
      if (kept !== undefined && kept.until > now()) return kept.name;
      const name = await reader("", "", "read").get(
        "GET /repositories/{repository_id}",
        { repository_id: repository },
        Named,
      );
      names.set(repository, { name, until: now() + nameLastsMs });
      return name;
    },
    forgetName: (repository) => void names.delete(repository),
    download: ({ owner, name, route, parameters }, mostBytes) =>
      read({ route, parameters: { owner, repo: name, ...parameters }, mostBytes, purpose: "read" }, (received) => {
        const { data } = usable(received);
        if (!Buffer.isBuffer(data)) throw new NotTold("GitHub's answer was not whole");
        return data;
      }),
    write: async (route, parameters, purpose) => {
      const request = { route, parameters, purpose };
      if (mayRepeat(route)) return read(request, (received) => usable(received).data);
      return usable(await within(request), "unknown").data;
    },
    token: tokens.take,
    now: () => new Date(now() + aheadMs),
    pausedUntil: () => {
      const until = waitsUntil(budget, "core", "verdict", now()) ?? waitsUntil(budget, "graphql", "verdict", now());
      return until === null ? null : new Date(until);
    },
  };
}

/** Between two tries of a read. */
const backoffMs = [1_000, 3_000];

/** A rename is noticed at once by whoever reads the repository; this is for whoever does not look. */
const nameLastsMs = 10 * 60_000;

const Named = z
  .object({
    name: z.string(),
    owner: z.object({ login: z.string() }),
    private: z.boolean(),
    default_branch: z.string(),
  })
  .transform((told) => ({
    owner: told.owner.login,
    name: told.name,
    private: told.private,
    defaultBranch: told.default_branch,
  }));

/** GitHub's tokens are good for an hour; the last five minutes are left to what was begun before. */
function tokenKeeper(id: number, app: AppClient, now: () => number) {
  let kept: { token: string; until: number } | null = null;
  let coming: Promise<string> | null = null;
  const mint = async (): Promise<string> => {
    const { token, lastsMs } = await app.token(id);
    kept = { token, until: now() + lastsMs - 5 * 60_000 };
    return token;
  };
  return {
    take: (): Promise<string> => {
      if (kept !== null && kept.until > now()) return Promise.resolve(kept.token);
      // Many ask at once after a pause: one token is enough.
      coming ??= mint().finally(() => void (coming = null));
      return coming;
    },
    forget: (token: string): void => {
      if (kept?.token === token) kept = null;
    },
  };
}

/** A fault that may be over in a moment, of GitHub's or of the network. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof NotTold)) return false;
  return error.status === null || error.status >= 500;
}

/** The same once more changes nothing. A PATCH may append, and most POSTs make one more of something. */
function mayRepeat(route: string): boolean {
  const [method = ""] = route.split(" ");
  return ["PUT", "DELETE"].includes(method) || route === "POST /repos/{owner}/{repo}/issues/{issue_number}/labels";
}

/** An answer that was meant. `unknown`: of a fault nobody knows whether it was carried out, so it has no status. */
function usable(received: Received, fault: "plain" | "unknown" = "plain"): Received {
  const { status, data } = received;
  if (status >= 500) throw new NotTold(`GitHub answered ${status}`, fault === "unknown" ? null : status);
  if (status >= 300) throw new NotTold(refusalOf(received), status);
  if (status !== 204 && typeof data === "string") throw new NotTold("GitHub's answer was not whole");
  return received;
}

function refusalOf({ status }: Received): string {
  return status < 400 ? "the repository is called something else now" : `GitHub answered ${status}`;
}

function usedUp(until: number | null): NotTold {
  const from = until === null ? "" : ` until ${new Date(until).toISOString()}`;
  return new NotTold(`the installation's rate limit is used up${from}`, 429);
}

/** GraphQL tells of its limit in an answer of 200. */
function isLimitedQuery({ data }: Received): boolean {
  const read = Limited.safeParse(data);
  return read.success;
}

const Limited = z.object({ errors: z.array(z.unknown()).refine((all) => all.some(isRateLimited)) });

function isRateLimited(error: unknown): boolean {
  return z.object({ type: z.literal("RATE_LIMITED") }).safeParse(error).success;
}
