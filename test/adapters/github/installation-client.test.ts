import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { NotInstalled, openApp } from "../../../adapters/github/app-token.ts";
import { NotTold } from "../../../adapters/github/client.ts";
import { openInstallations } from "../../../adapters/github/installation-client.ts";
import type { InstallationClient } from "../../../adapters/github/installation.ts";
import { removeRepositories } from "../../git-repository.ts";
import type { Fault } from "../../github/faults.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import type { Installation } from "../../github/state.ts";
import { LentClock } from "./lent-clock.ts";

/** What the App asks in the name of an installation, when GitHub answers and when it does not. */
let clock: LentClock;
let github: GitHub;
let orders: RepositoryHandle;
let installation: Installation;
let client: InstallationClient;

beforeEach(async () => {
  clock = new LentClock();
  github = await startGitHub({ clock: () => clock.now() });
  orders = github.repository("octo/orders", { isPrivate: true, writers: ["mona"] });
  installation = github.install("octo");
  client = opened();
});
afterEach(() => {
  expect(github.violations).toEqual([]);
  github.close();
});
beforeAll(githubSchema);
afterAll(removeRepositories);

function opened(id = installation.id, ahead = 0): InstallationClient {
  const own = { now: () => new Date(clock.at + ahead), sleep: (ms: number) => clock.sleep(ms) };
  const { id: appId, privateKey } = github.app;
  const app = openApp({ apiUrl: github.apiUrl, appId, privateKey }, own);
  return openInstallations({ apiUrl: github.apiUrl, timeoutMs: 500 }, app, own)(id);
}

const Named = z.object({ full_name: z.string() });
const readName = (by = client) => by.repository("octo", "orders").get("GET /repos/{owner}/{repo}", {}, Named);
const listBranches = (page: number) =>
  client.repository("octo", "orders").get("GET /repos/{owner}/{repo}/branches", { page }, z.array(z.unknown()));
const query = "query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { name } }";
const askGraph = () =>
  client.repository("octo", "orders").query(query, {}, z.object({ repository: z.object({ name: z.string() }) }));

function postCheck(): Promise<unknown> {
  const run = { owner: "octo", repo: "orders", name: "countersign", head_sha: orders.tip(), status: "completed" };
  return client.write("POST /repos/{owner}/{repo}/check-runs", { ...run, conclusion: "success" }, "verdict");
}

async function refused(request: Promise<unknown>): Promise<NotTold> {
  const error: unknown = await request.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof NotTold) return error;
  throw new Error("it was answered", { cause: error });
}

const routes = () => github.requests.map(({ route }) => route);
const tokens = () => routes().filter((route) => route === "apps/create-installation-access-token").length;

describe("tokens", () => {
  test("are made once, kept until five minutes before their end, and made for all who ask at once", async () => {
    await Promise.all([readName(), readName(), client.token()]);
    expect(tokens()).toBe(1);
    clock.at += 54 * 60_000;
    await client.token();
    expect(tokens()).toBe(1);
    clock.at += 60_001;
    await readName();
    expect(tokens()).toBe(2);
  });

  test("31. one that GitHub does not know any more is made anew once, for a read and for a write", async () => {
    const before = await client.token();
    github.world.tokens.delete(before);
    expect(await readName()).toEqual({ full_name: "octo/orders" });
    github.world.tokens.delete(await client.token());
    await postCheck();
    expect(tokens()).toBe(3);
    expect(orders.state.checkRuns).toHaveLength(1);
    github.faults.add({ route: "repos/get", fault: { kind: "status", status: 401 } });
    expect((await refused(readName())).status).toBe(401);
    expect(tokens()).toBe(4);
  });

  test.each([
    { says: "90 seconds behind", ahead: -90_000 },
    { says: "2 hours ahead", ahead: 2 * 3_600_000 },
    { says: "a day behind", ahead: -24 * 3_600_000 },
  ])("18. a clock that is $says is corrected by GitHub's", async ({ ahead }) => {
    expect(await readName(opened(installation.id, ahead))).toEqual({ full_name: "octo/orders" });
  });

  test.each([
    { says: "90 seconds behind", ahead: -90_000 },
    { says: "2 hours ahead", ahead: 2 * 3_600_000 },
  ])("18. the time is GitHub's, never later than it is, by a clock that is $says", async ({ ahead }) => {
    const own = opened(installation.id, ahead);
    await readName(own);
    clock.at += 10_500;
    const early = clock.at - (own.now?.().getTime() ?? 0);
    expect([early >= 0, early <= 1_000]).toEqual([true, true]);
  });

  test("of a suspended or removed installation are told apart from other refusals", async () => {
    github.suspend(installation);
    expect(await refused(readName())).toBeInstanceOf(NotInstalled);
    github.uninstall(installation);
    expect(await refused(readName(opened()))).toBeInstanceOf(NotInstalled);
  });

  test("of an installation that is suspended while its token is good, too", async () => {
    await readName();
    github.suspend(installation);
    expect(await refused(readName())).toBeInstanceOf(NotInstalled);
  });
});

describe("25. a read", () => {
  const faults: { says: string; fault: Fault }[] = [
    ...[500, 502, 503, 504].map((status) => ({
      says: `${status}`,
      fault: { kind: "status", status } satisfies Fault,
    })),
    { says: "HTML with 200", fault: { kind: "html" } },
    { says: "nothing with 200", fault: { kind: "empty" } },
    { says: "cut-off JSON", fault: { kind: "truncated" } },
    { says: "26. a reset", fault: { kind: "reset" } },
    { says: "26. nothing for longer than it may take", fault: { kind: "hang" } },
    { says: "26. a byte a second", fault: { kind: "slow", bytesPerSecond: 1 } },
  ];
  test.each(faults)("that gets $says is tried again, and given up after three times", async ({ fault }) => {
    github.faults.add({ route: "repos/get", fault, times: 2 });
    expect(await readName()).toEqual({ full_name: "octo/orders" });
    expect(clock.slept).toEqual([1000, 3000]);
    github.faults.add({ route: "repos/get", fault, times: 3 });
    expect(await refused(readName(opened()))).toBeInstanceOf(NotTold);
    expect(routes().filter((route) => route === "repos/get")).toHaveLength(6);
  });

  test.each(faults)("of the graph that gets $says is tried again, and given up", async ({ fault }) => {
    github.faults.add({ route: "graphql", fault, times: 2 });
    expect(await askGraph()).toEqual({ repository: { name: "orders" } });
    github.faults.add({ route: "graphql", fault, times: 3 });
    expect(await refused(askGraph())).toBeInstanceOf(NotTold);
  });

  test("of the graph with an error beside its data is none, never a part", async () => {
    const path = ["repository", "name"];
    github.faults.add({ route: "graphql", fault: { kind: "graphql-error", message: "Something went wrong", path } });
    expect(await refused(askGraph())).toMatchObject({ message: "Something went wrong", status: null });
    expect(routes().filter((route) => route === "graphql")).toHaveLength(3);
  });

  test("that is refused is not asked again", async () => {
    expect(
      await refused(client.repository("octo", "ledger").get("GET /repos/{owner}/{repo}", {}, Named)),
    ).toMatchObject({ status: 404 });
    expect(routes().filter((route) => route === "repos/get")).toHaveLength(1);
  });
});

describe("27. limits", () => {
  const limits: { says: string; fault: Fault; seconds: number }[] = [
    { says: "the hour's", fault: { kind: "primary-limit", resetInSeconds: 900 }, seconds: 900 },
    { says: "a secondary one with a time", fault: { kind: "secondary-limit", retryAfterSeconds: 40 }, seconds: 40 },
    { says: "a secondary one with 429", fault: { kind: "secondary-limit", status: 429 }, seconds: 60 },
    { says: "a secondary one without a time", fault: { kind: "secondary-limit" }, seconds: 60 },
  ];
  test.each(limits)("$says: nothing is asked until then", async ({ fault, seconds }) => {
    github.faults.add({ route: "repos/get", fault, times: 1 });
    const until = new Date(clock.at + seconds * 1000);
    expect((await refused(readName())).status).toBe(429);
    expect(client.pausedUntil()).toEqual(until);
    const before = github.requests.length;
    expect((await refused(readName())).message).toContain(until.toISOString());
    expect(github.requests).toHaveLength(before);
    clock.at = until.getTime();
    expect(await readName()).toEqual({ full_name: "octo/orders" });
    expect(client.pausedUntil()).toBeNull();
  });

  test("the graph's, which it tells with 200, stops queries and lets a verdict be written", async () => {
    await askGraph();
    github.server.api.budgets.exhaust(`installation ${installation.id}`, "graphql");
    expect((await refused(askGraph())).status).toBe(429);
    const before = github.requests.length;
    expect((await refused(askGraph())).status).toBe(429);
    expect(github.requests).toHaveLength(before);
    await postCheck();
    expect(orders.state.checkRuns).toHaveLength(1);
  });

  test("the last fifth of an hour is for verdicts", async () => {
    const { budgets } = github.server.api;
    budgets.limits.core = 10;
    const used = () => budgets.left(`installation ${installation.id}`, "core").used;
    // What has not changed is free; each of these asks for something else.
    for (let page = 1; used() < 8; page += 1) await listBranches(page);
    expect((await refused(readName())).status).toBe(429);
    expect(used()).toBe(8);
    await postCheck();
    expect(orders.state.checkRuns).toHaveLength(1);
  });
});

describe("a write", () => {
  const create = "checks/create";
  test.each<{ says: string; fault: Fault; done: number }>([
    { says: "was carried out without an answer", fault: { kind: "hang", applied: true }, done: 1 },
    { says: "was cut off before", fault: { kind: "reset" }, done: 0 },
    { says: "met a fault of GitHub's", fault: { kind: "status", status: 502 }, done: 0 },
    { says: "was answered with HTML", fault: { kind: "html" }, done: 1 },
  ])("28. that $says is not sent again: nobody knows", async ({ fault, done }) => {
    github.faults.add({ route: create, fault, times: 1 });
    expect((await refused(postCheck())).status).toBeNull();
    expect(routes().filter((route) => route === create)).toHaveLength(1);
    expect(orders.state.checkRuns).toHaveLength(done);
  });

  test("whose second time changes nothing is tried again", async () => {
    orders.push("refunds", { files: { "a.ts": "2\n" } }, "mona");
    const pull = orders.pullRequest({ head: "refunds" });
    const label = { owner: "octo", repo: "orders", issue_number: pull.number, labels: ["ai-assisted"] };
    github.faults.add({ route: "issues/add-labels", fault: { kind: "hang", applied: true }, times: 1 });
    await client.write("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", label, "decoration");
    expect([...pull.state.labels]).toEqual(["ai-assisted"]);
  });

  test("to a repository of another name by now is refused, and not sent as a read", async () => {
    orders.rename("purchases");
    expect((await refused(postCheck())).status).toBeGreaterThanOrEqual(301);
    expect(orders.state.checkRuns).toHaveLength(0);
  });
});

describe("names", () => {
  test("are asked for by id, and remembered until somebody finds them wrong", async () => {
    const first = await client.nameOf(orders.id);
    expect(first).toEqual({ owner: "octo", name: "orders", private: true, defaultBranch: "main" });
    orders.rename("purchases");
    expect(await client.nameOf(orders.id)).toEqual(first);
    client.forgetName?.(orders.id);
    expect((await client.nameOf(orders.id)).name).toBe("purchases");
    orders.rename("buying");
    clock.at += 10 * 60_000;
    expect((await client.nameOf(orders.id)).name).toBe("buying");
  });
});

describe("32. what did not change", () => {
  test("costs nothing, and is told again as it was", async () => {
    expect(await readName()).toEqual(await readName());
    expect(github.requests.filter(({ route }) => route === "repos/get").map(({ cost }) => cost)).toEqual([1, 0]);
  });

  test.each([
    { says: "another shape", read: () => readName(), route: "repos/get", body: "[]" },
    {
      says: "an entry twice",
      read: () =>
        client.repository("octo", "orders").list(
          "GET /repos/{owner}/{repo}/branches",
          {},
          {
            shape: z.array(z.object({ name: z.string() })),
            items: (page) => page,
            key: ({ name }) => name,
          },
        ),
      route: "repos/list-branches",
      body: '[{ "name": "main" }, { "name": "main" }]',
    },
  ])("of $says, under GitHub's own ETag, is not told again", async ({ read, route, body }) => {
    github.faults.add({ route, fault: { kind: "other-body", body }, times: 1 });
    expect((await refused(read())).status).toBeNull();
    await read();
    expect(github.requests.filter((each) => each.route === route).map(({ cost }) => cost)).toEqual([1, 1]);
  });

  test("is kept for each installation by itself", async () => {
    const ledger = github.repository("hub/ledger", { isPrivate: true });
    const other = opened(github.install("hub").id);
    await readName();
    expect((await refused(readName(other))).status).toBe(404);
    expect((await other.nameOf(ledger.id)).name).toBe("ledger");
  });
});
