import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { HttpError, type Context, type Reply, type Router } from "./router.ts";

const bodyLimitBytes = 64 * 1024;

/** A server that answers in JSON. It does not listen yet. */
export function serve(router: Router): Server {
  return createServer((request, response) => {
    void answer(router, request).then((reply) => send(response, reply));
  });
}

async function answer(router: Router, request: IncomingMessage): Promise<Reply> {
  try {
    return await router.handle(await contextOf(request));
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, body: { error: error.message } };
    console.error(error);
    return { status: 500, body: { error: "internal error" } };
  }
}

async function contextOf(request: IncomingMessage): Promise<Context> {
  const url = new URL(request.url ?? "/", "http://localhost");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    params: {},
    query: url.searchParams,
    headers: { authorization: request.headers.authorization },
    body: await bodyOf(request),
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > bodyLimitBytes) throw new HttpError(413, "the body is too large");
    chunks.push(bytes);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new HttpError(400, "the body is not JSON", { cause: error });
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? null);
  response.writeHead(reply.status, { "content-type": reply.contentType ?? "application/json" });
  response.end(reply.status === 204 ? undefined : text);
}
