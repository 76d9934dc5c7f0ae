import { createServer, type RequestListener } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
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

test("of a fork that was deleted is one of a fork", async () => {
  // GitHub's own description does not say so: this is none of the fake's answers.
  const reading = await read(answer(200, JSON.stringify({ ...pull, head: { ...pull.head, repo: null }, user: null })));
  expect(reading).toMatchObject({ pullRequest: { fork: true, author: "ghost" } });
});

describe("who asked an agent for it", () => {
  const agents = { ...pull, user: { login: "Copilot", type: "Bot" }, assignees: [{ login: "bob", type: "User" }] };
  const event = (login: string, type = "User") => ({
    ...{ id: login.length, event: "assigned", created_at: "2026-01-31T12:00:00Z", assignee: { login, type } },
  });

  function serving(opened: unknown, events: unknown): RequestListener {
    return ({ url = "" }, response) => {
      const body = JSON.stringify(url.includes("/events") ? events : opened);
      response.setHeader("content-type", "application/json").end(body);
    };
  }

  test("is whoever is assigned, and whoever was and is not any more", async () => {
    const events = [
      event("ann"),
      event("bob"),
      event("Copilot", "Bot"),
      { ...event("ann"), id: 90, event: "unassigned" },
      { id: 91, event: "assigned", created_at: "2026-01-31T12:00:00Z", assignee: null },
      { id: 92, event: "labeled", created_at: "2026-01-31T12:00:00Z" },
    ].map((each, index) => ({ ...each, id: index }));
    const reading = await read(serving(agents, events));
    expect(reading).toMatchObject({ pullRequest: { agentRequesters: ["ann", "bob"] } });
  });

  test("is not known when the events are not told: then nothing of it is", async () => {
    expect(await read(serving(agents, { message: "no list" }))).toEqual({
      failure: "GitHub's answer has another shape than documented",
    });
  });

  test("is not asked of a person's", async () => {
    const reading = await read(serving({ ...pull, assignees: agents.assignees }, "not asked"));
    expect(reading).toMatchObject({ pullRequest: { agentRequesters: [] } });
  });
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
