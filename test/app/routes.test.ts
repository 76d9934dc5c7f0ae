import { request } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { newRegistry } from "../../app/metrics/registry.ts";
import { statusRoutes } from "../../app/routes.ts";
import { startServer, type Handler } from "../../app/server.ts";
import { systemClock } from "../../app/system-clock.ts";
import { modelStore } from "../adapters/store/model-store.ts";
import { keptLog } from "./quiet-ports.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

async function serve({
  metricsToken = null as string | null,
  isStopping = false,
  handlers = [] as Handler[],
  store = modelStore(),
  now = () => new Date(),
} = {}) {
  const log = keptLog();
  const ports = { store, clock: { ...systemClock, now }, log };
  const status = statusRoutes(ports, newRegistry(), { metricsToken, isStopping: () => isStopping });
  const { address, stop } = await startServer({
    ...{ listen: { host: "127.0.0.1", port: 0 }, handlers: [status, ...handlers], log, clock: systemClock },
  });
  stops.push(() => stop(0));
  return { url: `http://127.0.0.1:${address.port}`, log, stop };
}

test.each([
  { says: "no token", authorization: undefined, status: 401 },
  { says: "another token", authorization: "Bearer another", status: 401 },
  { says: "half the token", authorization: "Bearer a token of 2", status: 401 },
  { says: "the token without its kind", authorization: "a token of 22 letters", status: 401 },
  { says: "the token", authorization: "Bearer a token of 22 letters", status: 200 },
])("metrics that have a token are answered $status to $says", async ({ authorization, status }) => {
  const { url } = await serve({ metricsToken: "a token of 22 letters" });
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await fetch(`${url}/metrics`, { headers });
  expect(answer.status).toBe(status);
  expect((await answer.text()).includes("countersign_store_up 1")).toBe(status === 200);
});

test("without a token metrics are anybody's who reaches the port, in the format of Prometheus", async () => {
  const { url } = await serve();
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(await answer.text()).toContain("\ncountersign_deliveries_waiting 0\n");
});

test.each([
  { method: "GET", path: "/healthz", status: 200 },
  { method: "HEAD", path: "/readyz", status: 200 },
  { method: "POST", path: "/healthz", status: 405 },
  { method: "GET", path: "/", status: 404 },
  { method: "GET", path: "/healthz/..", status: 404 },
  { method: "GET", path: "//evil.example/healthz", status: 200 },
  { method: "GET", path: "/%00", status: 404 },
])("$method $path is answered $status", async ({ method, path, status }) => {
  const { url } = await serve();
  expect(await statusOf(url, method, path)).toBe(status);
});

describe("whether the database can be written", () => {
  /** A database that fails when it is told to, and a clock that is set. */
  async function asked() {
    const state = { pings: 0, isBroken: false, at: 0 };
    const ping = async (): Promise<void> => {
      state.pings += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (state.isBroken) throw new Error("The disk is full.");
    };
    const { url } = await serve({ store: { ...modelStore(), ping }, now: () => new Date(state.at) });
    return { state, ready: async () => (await fetch(`${url}/readyz`)).status, url };
  }

  test("is found out once for all who ask within five seconds", async () => {
    const { state, ready, url } = await asked();
    expect(await Promise.all([ready(), ready(), ready()])).toEqual([200, 200, 200]);
    state.at = 4_900;
    expect(await (await fetch(`${url}/metrics`)).text()).toContain("countersign_store_up 1");
    expect(state.pings).toBe(1);
    state.at = 5_000;
    expect(await ready()).toBe(200);
    expect(state.pings).toBe(2);
  });

  test("is found out again a second after it could not", async () => {
    const { state, ready } = await asked();
    state.isBroken = true;
    expect([await ready(), await ready()]).toEqual([503, 503]);
    expect(state.pings).toBe(1);
    Object.assign(state, { at: 1_000, isBroken: false });
    expect(await ready()).toBe(200);
    // A clock that is set back makes no answer good for longer.
    state.at = 500;
    expect(await ready()).toBe(200);
    expect(state.pings).toBe(3);
  });
});

test("while it stops, it lives and is not ready", async () => {
  const { url } = await serve({ isStopping: true });
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test("what a handler throws is in the log, and not in the answer", async () => {
  const { url, log } = await serve({ handlers: [() => Promise.reject(new Error("hunter2"))] });
  const answer = await fetch(`${url}/anything`);
  expect({ status: answer.status, text: await answer.text() }).toEqual({
    status: 500,
    text: "Countersign failed. Its log says why.\n",
  });
  expect(log.lines).toMatchObject([{ level: "error", event: "request-failed", error: { message: "hunter2" } }]);
});

test("told to stop, it answers what it took, and takes nothing more", async () => {
  const [taken, release] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const slow: Handler = async (_, response) => {
    taken.resolve(undefined);
    await release.promise;
    response.end("late");
    return true;
  };
  const { url, stop } = await serve({ handlers: [slow] });
  const answer = fetch(`${url}/slow`);
  await taken.promise;
  const stopped = stop(5_000);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
  release.resolve(undefined);
  expect(await (await answer).text()).toBe("late");
  await stopped;
});

test("what never ends is broken off when the time is over", async () => {
  const { url, stop } = await serve({ handlers: [() => new Promise(() => undefined)] });
  const answer = fetch(`${url}/never`).then(
    () => "answered",
    () => "broken off",
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  await stop(100);
  expect(await answer).toBe("broken off");
});

test("an address that is taken is said at once", async () => {
  const { url, log } = await serve();
  const listen = { host: "127.0.0.1", port: Number(new URL(url).port) };
  await expect(startServer({ listen, handlers: [], log, clock: systemClock })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

/** `fetch` would mend the path first. */
function statusOf(url: string, method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { method, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
