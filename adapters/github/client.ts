import * as z from "zod";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { inertText } from "../../core/untrusted/index.ts";

/** Whose repository is read, and with what. */
export interface GitHubAddress {
  /** GITHUB_API_URL: `https://api.github.com`, or that of a GitHub Enterprise Server. */
  apiUrl: string;
  token: string;
  owner: string;
  name: string;
}

/**
 * How many requests one reading may make altogether (a workflow's token has 1,000 an hour), how long each may take, and
 * how long all of them.
 */
export interface GitHubLimits {
  requests: number;
  timeoutMs: number;
  totalMs: number;
}
export const gitHubLimits: GitHubLimits = { requests: 100, timeoutMs: 10_000, totalMs: 30_000 };

/** Something that GitHub did not tell. The message is the end of a sentence, inert. */
export class NotTold extends Error {
  /** The HTTP status; null when there was no answer, or none of use. */
  readonly status: number | null;

  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/** More than is read: asking again, or in another way, brings no more of it within bounds. */
export class TooMany extends NotTold {}

/** Reads from GitHub's API. Every method throws `NotTold`, and nothing else, for what was not to be had. */
export interface GitHub {
  repository: Pick<GitHubAddress, "owner" | "name">;
  /** One answer; the `{owner}` and `{repo}` of a route are the repository's. `accept` asks for another media type. */
  get: <T>(route: string, parameters: Parameters, shape: z.ZodType<T>, accept?: string) => Promise<T>;
  /**
   * All pages of a list. `items` takes them out of a page, `key` tells them apart: a server that gave the same page twice
   * would look complete.
   */
  list: <T, Item>(route: string, parameters: Parameters, reading: PageReading<T, Item>) => Promise<Item[]>;
  /** One answer of the GraphQL API; `$owner` and `$name` of a query are the repository's. */
  query: <T>(query: string, variables: Parameters, shape: z.ZodType<T>) => Promise<T>;
}

/** What fills a route or a query. */
export type Parameters = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface PageReading<T, Item> {
  shape: z.ZodType<T>;
  items: (page: T) => Item[];
  key: (item: Item) => string | number;
  /** The route takes no number of a page: all must be in one answer. */
  inOneAnswer?: true;
  /** The most pages that are worth asking for, of 100 entries each. */
  mostPages?: number;
}

/** A reader of one repository. No request is made yet. Each is tried twice when GitHub fails, and never again when it refuses. */
export async function openGitHub(address: GitHubAddress, limits: GitHubLimits = gitHubLimits): Promise<GitHub> {
  const { getOctokit } = await import("@actions/github");
  // Without a token the client refuses to be made; without one, nothing is asked.
  const client = address.token === "" ? null : getOctokit(address.token, { baseUrl: address.apiUrl, log: silence });
  const budget = budgetOf(limits);
  const ask = (route: string, parameters: Parameters, accept?: string): Promise<Answer> =>
    twice(async () => {
      if (client === null) throw new NotTold("there is no token");
      const answer = await budget((signal) =>
        client.request(route, {
          ...(route.includes("{repo}") ? { owner: address.owner, repo: address.name } : {}),
          ...parameters,
          ...(accept === undefined ? {} : { headers: { accept } }),
          request: { signal },
        }),
      );
      return { data: answer.data as unknown, hasNext: hasNext(answer.headers.link) };
    });
  const query = (text: string, variables: Parameters): Promise<Answer> =>
    twice(async () => {
      if (client === null) throw new NotTold("there is no token");
      const all = { owner: address.owner, name: address.name, ...variables };
      const data = await budget((signal) => client.graphql<unknown>(text, { ...all, request: { signal } }));
      return { data, hasNext: false };
    });
  return readerOver({ owner: address.owner, name: address.name }, ask, query);
}

/** A reader over whatever sends the requests: `ask` answers a route, `query` a GraphQL query. Both throw `NotTold`. */
export function readerOver(
  repository: GitHub["repository"],
  ask: (route: string, parameters: Parameters, accept?: string) => Promise<Answer>,
  query: (text: string, variables: Parameters) => Promise<Answer>,
): GitHub {
  return {
    repository,
    get: async (route, parameters, shape, accept) => taken(shape, await ask(route, parameters, accept)),
    list: (route, parameters, reading) =>
      readPages(
        (page) => ask(route, { ...parameters, ...(reading.inOneAnswer ? {} : { per_page: 100, page }) }),
        reading,
      ),
    query: async (text, variables, shape) => taken(shape, await query(text, variables)),
  };
}

/** Runs requests as long as there are some left, and time. Whatever waits for GitHub is counted, and nothing else. */
function budgetOf({ requests, timeoutMs, totalMs }: GitHubLimits) {
  let left = requests;
  let leftMs = totalMs;
  return async <T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (left === 0) throw new NotTold(`more than ${requests} requests would be needed`);
    if (leftMs <= 0) throw new NotTold(`GitHub took more than ${totalMs / 1000} seconds for all answers together`);
    left -= 1;
    const began = performance.now();
    try {
      return await request(AbortSignal.timeout(Math.ceil(Math.min(timeoutMs, leftMs))));
    } finally {
      leftMs -= performance.now() - began;
    }
  };
}

/** What was read, or why it was not: `what` begins the sentence, `needs` says how to get it. */
export async function evidenceOf<T>(what: string, needs: string, read: () => Promise<T>): Promise<Evidence<T>> {
  try {
    return present(await read());
  } catch (error) {
    if (error instanceof NotTold) return absent(`${what} could not be read: ${error.message}${hint(error, needs)}`);
    throw error;
  }
}

function hint({ status }: NotTold, needs: string): string {
  return status === 401 || status === 403 || status === 404 ? ` (${needs})` : "";
}

/** What GitHub answered, of no known shape yet, and whether a list goes on. */
export interface Answer {
  data: unknown;
  hasNext: boolean;
  /** It is of no use: whoever kept it must not give it again. */
  forget?: () => void;
}

async function twice(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    if (!isPassing(error)) throw notTold(error);
  }
  return request().catch((error: unknown) => {
    throw notTold(error);
  });
}

/** A fault of GitHub's. What is cut off by the clock would only be waited for again. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && status >= 500 && !isTimeout(error);
}

/** No list that is read here has more pages than this, times 100. */
export const mostPages = 30;

async function readPages<T, Item>(
  ask: (page: number) => Promise<Answer>,
  { shape, items, key, inOneAnswer, mostPages: worth = mostPages }: PageReading<T, Item>,
): Promise<Item[]> {
  const found = new Map<string | number, Item>();
  const most = inOneAnswer ? 1 : worth;
  let count = 0;
  for (let page = 1; page <= most; page += 1) {
    const answer = await ask(page);
    const read = items(taken(shape, answer));
    count += read.length;
    for (const item of read) found.set(key(item), item);
    if (found.size < count) {
      answer.forget?.();
      throw new NotTold("GitHub gave the same entries twice");
    }
    if (!answer.hasNext) return [...found.values()];
  }
  if (inOneAnswer) throw new NotTold("GitHub gave a part of the list");
  throw new TooMany(`there are more than ${most * 100} of them`);
}

/** By the header alone: a page may be shorter than asked for and still not be the last. */
export function hasNext(link: string | undefined): boolean {
  return (link ?? "").split(",").some((part) => part.includes('rel="next"'));
}

/** The answer in a shape; one of another shape is `NotTold`, and kept by nobody. */
function taken<T>(shape: z.ZodType<T>, { data, forget }: Answer): T {
  try {
    return parse(shape, data);
  } catch (error) {
    forget?.();
    throw error;
  }
}

/** What GitHub told, in a shape; what has another shape is `NotTold`. */
export function parse<T>(shape: z.ZodType<T>, data: unknown): T {
  const read = shape.safeParse(data);
  if (read.success) return read.data;
  throw new NotTold("GitHub's answer has another shape than documented");
}

function notTold(error: unknown): Error {
  if (error instanceof NotTold) return error;
  if (!(error instanceof Error)) return new NotTold("unknown error");
  if (isTimeout(error)) return new NotTold("GitHub did not answer in time");
  const status = statusOf(error);
  // The client says 500 also of a server that could not be reached.
  if (status === null || !("response" in error) || error.response === undefined)
    return new NotTold(inertText(error.message, { maxGraphemes: 200 }));
  if (status === 429 || (status === 403 && isLimited(error)))
    return new NotTold("the token's rate limit is used up for now", 429);
  return new NotTold(`GitHub answered ${status}`, status);
}

/**
 * GitHub says 403 of a limit, too: of the hourly one with nothing remaining, of a secondary one (too much at once) with a
 * time to wait or, without any header, in words alone.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function isLimited(error: unknown): boolean {
  const read = Refusal.safeParse(error);
  if (!read.success) return false;
  const { headers, data } = read.data.response;
  return (
    headers["x-ratelimit-remaining"] === "0" ||
    headers["retry-after"] !== undefined ||
    data.message.toLowerCase().includes("secondary rate limit")
  );
}

const Refusal = z.object({
  response: z.object({
    headers: z.object({ "x-ratelimit-remaining": z.string().optional(), "retry-after": z.string().optional() }),
    data: z.object({ message: z.string() }).catch({ message: "" }),
  }),
});

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "TimeoutError" || (error.cause instanceof Error && error.cause.name === "TimeoutError");
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("status" in error)) return null;
  return typeof error.status === "number" ? error.status : null;
}

/** What the client would print: its lines hold text from outside. */
export const silence = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Said once, by whoever asked, as the reason of an absence.
}
