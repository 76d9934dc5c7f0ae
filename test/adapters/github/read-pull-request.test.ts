import { createServer, type RequestListener } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { readPullRequest } from "../../../adapters/github/read-pull-request.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const pull = {
  number: 12,
  title: "Refunds",
  body: "b",
  labels: [{ name: "now" }],
  user: { login: "mona", type: "User" },
  author_association: "MEMBER",
  base: { sha: "a".repeat(40), ref: "main", repo: { full_name: "o/r" } },
  head: { sha: "b".repeat(40), ref: "x", repo: { full_name: "o/r" } },
};

test("reads the labels as they are now, with the token", async () => {
  const asked: unknown[] = [];
  const reading = await read((request, response) => {
    asked.push([request.method, request.url, request.headers.authorization]);
    response.setHeader("content-type", "application/json").end(JSON.stringify(pull));
  });
  expect(reading).toMatchObject({
    pullRequest: { number: 12, labels: ["now"], fork: false },
    base: { name: "main", sha: "a".repeat(40), isMerged: false },
  });
  expect(asked).toEqual([["GET", "/repos/o/r/pulls/12", "token t0ken"]]);
});

test.each([
  {
    says: "a token that may not",
    listener: answer(403, '{"message":"Resource not accessible by integration"}'),
    failure: "GitHub answered 403",
  },
  { says: "a pull request that is hidden", listener: answer(404, "{}"), failure: "GitHub answered 404" },
  { says: "a fault of GitHub (row 25)", listener: answer(502, "<html>"), failure: "GitHub answered 502" },
  { says: "HTML with 200 (row 25)", listener: answer(200, "<html>"), failure: "another shape" },
  { says: "an empty answer (row 25)", listener: answer(200, ""), failure: "another shape" },
  {
    says: "another pull request",
    listener: answer(200, JSON.stringify({ ...pull, number: 13 })),
    failure: "another pull request",
  },
  { says: "no answer in time (row 26)", listener: () => undefined, failure: "did not answer in time" },
  {
    says: "a reset connection (row 26)",
    listener: ((request) => void request.socket.destroy()) satisfies RequestListener,
    failure: "",
  },
])("says why it could not: $says", async ({ listener, failure }) => {
  const printed = vi.spyOn(process.stdout, "write");
  const reading = await read(listener, 200);
  expect(reading).toHaveProperty("failure");
  expect(JSON.stringify(reading)).toContain(failure);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

test("asks nobody without a token", async () => {
  const address = { apiUrl: "http://127.0.0.1:9", token: "", owner: "o", name: "r", number: 1 };
  expect(await readPullRequest(address)).toEqual({ failure: "there is no token" });
});

function answer(status: number, body: string): RequestListener {
  return (_, response) => void response.writeHead(status, { "content-type": "application/json" }).end(body);
}

async function read(listener: RequestListener, timeoutMs = 5_000) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return readPullRequest(
    { apiUrl: `http://127.0.0.1:${port}`, token: "t0ken", owner: "o", name: "r", number: 12 },
    { requests: 2, timeoutMs, totalMs: 10_000 },
  );
}
