import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "./faults.ts";
import { startGitHub, type GitHub } from "./github.ts";
import type { PullHandle } from "./pull.ts";
import type { RepositoryHandle } from "./repository.ts";

/** The dial: what goes wrong goes wrong as often as asked for, in the way asked for, and is counted. */
const time = Date.UTC(2026, 10, 21, 12);

let github: GitHub;
let token = "";
let orders: RepositoryHandle;
let pull: PullHandle;

beforeEach(async () => {
  github = await startGitHub({ clock: () => new Date(time) });
  orders = github.repository("octo/orders", { isPrivate: true });
  token = github.token(github.install("octo"));
  orders.push("refunds", { files: { "a.ts": "1\n" } });
  pull = orders.pullRequest({ head: "refunds" });
});
afterEach(() => {
  expect(github.violations).toEqual([]);
  github.close();
});

function get(path = "/repos/octo/orders/pulls/1", timeoutMs = 5000): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${github.apiUrl}${path}`, { headers, signal: AbortSignal.timeout(timeoutMs) });
}

test.each<{ says: string; fault: Fault; status: number; headers?: Record<string, string>; text: string }>([
  {
    says: "another status",
    fault: { kind: "status", status: 502, message: "Bad gateway" },
    status: 502,
    text: "Bad gateway",
  },
  {
    says: "the hourly limit",
    fault: { kind: "primary-limit", resetInSeconds: 60 },
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(time / 1000 + 60) },
    text: "API rate limit",
  },
  {
    says: "a secondary limit with a time to wait",
    fault: { kind: "secondary-limit", status: 429, retryAfterSeconds: 7 },
    status: 429,
    headers: { "retry-after": "7" },
    text: "secondary rate limit",
  },
  {
    says: "a secondary limit in words alone",
    fault: { kind: "secondary-limit" },
    status: 403,
    text: "secondary rate limit",
  },
  {
    says: "a page of HTML",
    fault: { kind: "html" },
    status: 200,
    headers: { "content-type": "text/html" },
    text: "<!DOCTYPE",
  },
  { says: "nothing", fault: { kind: "empty" }, status: 200, text: "" },
  {
    says: "a clock that is wrong",
    fault: { kind: "clock-skew", seconds: -90 },
    status: 200,
    headers: { date: new Date(time - 90_000).toUTCString() },
    text: '"number":1',
  },
])("answers with $says, once", async ({ fault, status, headers = {}, text }) => {
  github.faults.add({ route: "pulls/get", fault, times: 1 });
  const wrong = await get();
  expect(wrong.status).toBe(status);
  expect(Object.fromEntries(Object.keys(headers).map((name) => [name, wrong.headers.get(name)]))).toEqual(headers);
  const body = await wrong.text();
  expect(body.includes(text) && (text !== "" || body === "")).toBe(true);
  expect((await get()).status).toBe(200);
});

test.each<{ says: string; fault: Fault; error: RegExp }>([
  { says: "never", fault: { kind: "hang" }, error: /timeout/ },
  { says: "with a cut connection", fault: { kind: "reset" }, error: /fetch failed/ },
  { says: "with half an answer", fault: { kind: "truncated" }, error: /terminated|JSON/ },
  { says: "byte by byte", fault: { kind: "slow", bytesPerSecond: 10 }, error: /timeout/ },
])("answers $says", async ({ fault, error }) => {
  github.faults.add({ route: "pulls/get", fault, times: 1 });
  await expect(get(undefined, 500).then((response) => response.json())).rejects.toThrow(error);
  expect((await get()).status).toBe(200);
});

test("can carry out what it does not answer", async () => {
  github.faults.add({ route: "issues/create-comment", fault: { kind: "reset", applied: true }, times: 1 });
  const body = JSON.stringify({ body: "One" });
  const headers = { authorization: `Bearer ${token}` };
  const post = () => fetch(`${github.apiUrl}/repos/octo/orders/issues/1/comments`, { method: "POST", headers, body });
  await expect(post()).rejects.toThrow("fetch failed");
  expect(orders.state.comments.map((comment) => comment.body)).toEqual(["One"]);
});

test("gives a part of a graph with an error, and the rest", async () => {
  const path = ["repository", "pullRequest", "commits"];
  github.faults.add({
    route: "graphql",
    fault: { kind: "graphql-error", message: "Something went wrong", path },
    times: 1,
  });
  const query = `{ repository(owner: "octo", name: "orders") { pullRequest(number: 1) { number commits(first: 1) { totalCount } } } }`;
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${github.url}/api/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query }),
  });
  expect(await response.json()).toEqual({
    data: { repository: { pullRequest: { number: 1, commits: null } } },
    errors: [{ message: "Something went wrong", path }],
  });
});

test("goes wrong by a pattern, after some right answers, and by chance the same way each time", async () => {
  const fault: Fault = { kind: "status", status: 500 };
  github.faults.add({ route: "pulls/*", fault, times: 1, after: 1 });
  expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([200, 500, 200]);
  github.faults.add({ route: "*", fault, probability: 0.5 });
  const statuses = await Promise.all(Array.from({ length: 20 }, () => get("/repos/octo/orders")));
  const failed = statuses.filter(({ status }) => status === 500).length;
  expect(failed).toBeGreaterThan(3);
  expect(failed).toBeLessThan(17);
  github.faults.clear();
  expect((await get()).status).toBe(200);
});

test("git goes wrong, too", async () => {
  github.faults.add({ route: "git", fault: { kind: "status", status: 503 }, times: 1 });
  const url = `${github.url}/octo/orders.git/info/refs?service=git-upload-pack`;
  const headers = { authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}` };
  expect((await fetch(url, { headers })).status).toBe(503);
  expect((await fetch(url, { headers })).status).toBe(200);
});

test("says so when an hour's budget is used up", async () => {
  github.server.api.budgets.limits.core = 2;
  const answers = [await get(), await get(), await get()];
  expect(answers.map(({ status, headers }) => [status, headers.get("x-ratelimit-remaining")])).toEqual([
    [200, "1"],
    [200, "0"],
    [403, "0"],
  ]);
});

test("counts what was asked", async () => {
  const from = github.requests.length;
  await get();
  await get("/repos/octo/orders/pulls/1/files");
  const headers = { authorization: `Bearer ${token}` };
  const body = JSON.stringify({ labels: ["x"] });
  await fetch(`${github.apiUrl}/repos/octo/orders/issues/1/labels`, { method: "POST", headers, body });
  expect([github.count("read", from), github.count("write", from)]).toEqual([2, 1]);
  expect(github.requests.map(({ route }) => route)).toEqual(["pulls/get", "pulls/list-files", "issues/add-labels"]);
  expect(pull.state.labels).toEqual(new Set(["x"]));
});
