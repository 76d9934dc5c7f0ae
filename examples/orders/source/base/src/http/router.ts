import type { Session } from "../auth/session.ts";

/** One request on its way through the steps of a route. */
export interface Context {
  method: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: unknown;
  /** Set by the session guard. */
  session?: Session;
}

export interface Reply {
  status: number;
  body?: unknown;
  contentType?: string;
}

/** A guard lets the request through by returning nothing; the last step of a route replies. */
export type Step = (context: Context) => Reply | undefined | Promise<Reply | undefined>;

/** A failure that the client may see. Everything else becomes a plain 500. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

interface Route {
  method: string;
  segments: string[];
  steps: Step[];
}

export class Router {
  readonly #routes: Route[] = [];

  get(pattern: string, ...steps: Step[]): void {
    this.#add("GET", pattern, steps);
  }

  post(pattern: string, ...steps: Step[]): void {
    this.#add("POST", pattern, steps);
  }

  async handle(context: Context): Promise<Reply> {
    const segments = segmentsOf(context.path);
    const fits = this.#routes.filter((route) => paramsOf(route, segments) !== undefined);
    if (fits.length === 0) throw new HttpError(404, `no such path: ${context.path}`);
    const route = fits.find(({ method }) => method === context.method);
    if (!route) throw new HttpError(405, `${context.method} is not allowed here`);

    context.params = paramsOf(route, segments) ?? {};
    for (const step of route.steps) {
      const reply = await step(context);
      if (reply) return reply;
    }
    return { status: 204 };
  }

  #add(method: string, pattern: string, steps: Step[]): void {
    this.#routes.push({ method, segments: segmentsOf(pattern), steps });
  }
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** The values of `:name` segments, or nothing when the path is another one. */
function paramsOf(route: Route, segments: string[]): Record<string, string> | undefined {
  if (route.segments.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of route.segments.entries()) {
    const actual = segments[index] ?? "";
    if (expected.startsWith(":")) params[expected.slice(1)] = decodeURIComponent(actual);
    else if (expected !== actual) return undefined;
  }
  return params;
}
