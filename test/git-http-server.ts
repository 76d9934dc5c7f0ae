import { buffer } from "node:stream/consumers";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { launchAway } from "../adapters/git/launcher.ts";

/** A git server on loopback: `git http-backend`, git's own, behind Node's HTTP. For tests of fetching. */
export interface GitServer {
  /** `http://127.0.0.1:<port>`; a repository `a/b.git` below the folder is `<url>/a/b`. */
  url: string;
  /** `GET /octo/orders/info/refs` … of every request, with its Authorization header. */
  requests: { line: string; authorization: string | undefined }[];
  close(): Promise<void>;
}

export interface GitServerOptions {
  /** Requests without this Authorization header get 401, as for a private repository. */
  authorization?: string;
  /** False: a server that sends everything, whatever part is asked for. */
  filter?: boolean;
  /** Handles what is not git's: a fake of GitHub's API. Returns true when it did. */
  other?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Serves the bare repositories `<folder>/<owner>/<name>.git` for reading. */
export async function startGitServer(folder: string, options: GitServerOptions = {}): Promise<GitServer> {
  const requests: GitServer["requests"] = [];
  const server: Server = createServer((request, response) => {
    if (options.other?.(request, response)) return;
    // From the raw list: Node shows the first of two headers, where GitHub refuses both.
    const sent = request.rawHeaders.filter((_, index, list) => list[index - 1]?.toLowerCase() === "authorization");
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const authorization = sent.length === 0 ? undefined : sent.join(" and ");
    requests.push({ line: `${request.method ?? ""} ${request.url ?? ""}`, authorization });
    if (options.authorization !== undefined && authorization !== options.authorization)
      return void response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end();
    // GitHub serves `/owner/name` and `/owner/name.git` alike.
    const path = url.pathname.replace(/^(\/[^/]+\/[^/]+?)(?:\.git)?(\/|$)/, "$1.git$2");
    void runBackend(folder, path, options, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

/** One CGI exchange (RFC 3875) with `git http-backend`; `path` is the repository's below the folder. Resolves when it is over. */
export async function runBackend(
  folder: string,
  path: string,
  options: Pick<GitServerOptions, "filter">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const input = await buffer(request);
  const backend = launchAway(["http-backend"], {
    ...{ cwd: undefined, input, timeoutMs: 0, signal: undefined },
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      // GitHub lets a client ask for any commit by its id.
      GIT_CONFIG_KEY_1: "uploadpack.allowAnySHA1InWant",
      GIT_CONFIG_VALUE_1: "true",
      // And for a part of what a commit holds.
      GIT_CONFIG_KEY_2: "uploadpack.allowFilter",
      GIT_CONFIG_VALUE_2: String(options.filter ?? true),
      REQUEST_METHOD: request.method,
      PATH_INFO: path,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers["content-type"],
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
      GIT_PROTOCOL: request.headers["git-protocol"]?.toString(),
    },
  });
  backend.stderr.resume();
  const chunks: Buffer[] = [];
  backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    backend.on("error", reject);
    backend.on("close", () => {
      answer(Buffer.concat(chunks), response);
      resolve();
    });
  });
}

function answer(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf("\r\n\r\n");
  const lines = output.subarray(0, Math.max(end, 0)).toString("latin1").split("\r\n");
  const headers = lines.map(
    (line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const,
  );
  const status = headers.find(([name]) => name.toLowerCase() === "status")?.[1] ?? (end < 0 ? "500" : "200");
  for (const [name, value] of headers)
    if (name !== "" && name.toLowerCase() !== "status") response.setHeader(name, value);
  response.writeHead(Number.parseInt(status, 10)).end(output.subarray(end + 4));
}
