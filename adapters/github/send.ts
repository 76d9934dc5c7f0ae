import { Octokit } from "@octokit/rest";
import { inertText } from "../../core/untrusted/index.ts";
import { NotTold, silence, type Parameters } from "./client.ts";

/** One request, as whoever sends it has decided on it. */
export interface Sending {
  apiUrl: string;
  route: string;
  parameters: Readonly<Record<string, unknown>>;
  /** The whole header: `Bearer …` or `token …`. */
  authorization: string;
  headers?: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** The answer is wanted as bytes, and no more of them than this are taken in. */
  mostBytes?: number;
}

/** What came back, whatever its status. */
export interface Received {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  data: unknown;
}

/**
 * Sends one request once and gives back the answer, also a refusal. Throws `NotTold` without a status when no answer came,
 * or not in time: then nobody knows whether it was carried out.
 */
export async function send(sending: Sending): Promise<Received> {
  const { apiUrl, route, parameters, authorization, headers, timeoutMs, mostBytes } = sending;
  const method = route.slice(0, route.indexOf(" "));
  // A redirected write would be sent as a read: whoever writes must ask for the present name first.
  const redirect = method === "GET" ? "follow" : "manual";
  const baseUrl = route === graphQlRoute ? apiUrl.replace(/\/api\/v3$/, "/api") : apiUrl;
  const client = new Octokit({ baseUrl, log: silence });
  try {
    const answer = await client.request(route, {
      ...parameters,
      headers: { authorization, ...headers },
      request: {
        ...{ signal: AbortSignal.timeout(timeoutMs), redirect },
        ...(mostBytes === undefined ? {} : { parseSuccessResponseBody: false }),
      },
    });
    const told: unknown = answer.data;
    const data = mostBytes === undefined ? told : await collect(told, mostBytes);
    return { status: answer.status, headers: plain(answer.headers), data };
  } catch (error) {
    if (error instanceof NotTold) throw error;
    const refused = receivedOf(error);
    if (refused !== null) return refused;
    throw withoutAnswer(error);
  }
}

/** All of a body, or nothing: what goes on beyond the limit is let go of, however large it says that it is. */
async function collect(body: unknown, mostBytes: number): Promise<Buffer> {
  if (!(body instanceof ReadableStream)) throw new NotTold("GitHub's answer was not whole");
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    if (!(part instanceof Uint8Array)) throw new NotTold("GitHub's answer was not whole");
    length += part.length;
    if (length > mostBytes) throw new NotTold(`it is larger than ${mostBytes / 2 ** 20} MB`, 413);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What GitHub says a refusal is about; empty when it says nothing. */
export function saidBy({ data }: Received): string {
  return isRecord(data) && typeof data["message"] === "string" ? data["message"] : "";
}

/** GitHub says 403 of limits, too: with nothing remaining, with a time to wait, or in words alone. */
export function isLimited(received: Received): boolean {
  const { status, headers } = received;
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0") return true;
  return saidBy(received).toLowerCase().includes("rate limit");
}

/** How a GraphQL query is asked. On an Enterprise Server it is not below the REST API, but beside it. */
export function graphQl(query: string, variables: Parameters): Pick<Sending, "route" | "parameters"> {
  return { route: graphQlRoute, parameters: { query, variables } };
}
export const graphQlRoute = "POST /graphql";

function receivedOf(error: unknown): Received | null {
  if (!isRecord(error) || !isRecord(error["response"])) return null;
  const { status, headers, data } = error["response"];
  return typeof status === "number" ? { status, headers: isRecord(headers) ? plain(headers) : {}, data } : null;
}

function plain(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), text(value)]));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function withoutAnswer(error: unknown): NotTold {
  if (!(error instanceof Error)) return new NotTold("GitHub could not be reached");
  const cause = error.cause instanceof Error ? error.cause : error;
  if ([error.name, cause.name].includes("TimeoutError")) return new NotTold("GitHub did not answer in time");
  return new NotTold(`GitHub could not be reached: ${inertText(error.message, { maxGraphemes: 200 })}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
