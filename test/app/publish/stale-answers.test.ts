import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openApp } from "../../../adapters/github/app-token.ts";
import { NotTold } from "../../../adapters/github/client.ts";
import { openInstallations } from "../../../adapters/github/installation-client.ts";
import { publisher } from "../../../app/publish/index.ts";
import type { Fault } from "../../github/faults.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import { approved, judged, makeWorld, visible, type World } from "./publish-world.ts";

/** A token that is good no more, and answers that were kept, while a verdict is published by the product's own client. */
let world: World;
let publish: World["publish"];

// Some tests are a dozen publications, each on a GitHub of its own; on busy cores that takes a while.
vi.setConfig({ testTimeout: 240_000 });

beforeAll(githubSchema);
beforeEach(async () => {
  world = await makeWorld();
  publish = publishing(world);
});
afterEach(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
});

/** With a comment, so that something is read over the REST API, too. */
function publishing({ github, ports, settings }: World): World["publish"] {
  const { apiUrl, app } = github;
  const own = openApp({ apiUrl, appId: app.id, privateKey: app.privateKey }, ports.clock);
  const installation = openInstallations({ apiUrl, timeoutMs: 2_000 }, own, ports.clock);
  const choices = { ...settings.choices, comment: true };
  const run = publisher({ ...ports, installation }, { ...settings, choices });
  return (evaluation) => run(evaluation, new AbortController().signal);
}

const runs = () => world.orders.state.checkRuns;
const asked = (route: string) => world.github.requests.filter((request) => request.route === route);
const minted = () => asked("apps/create-installation-access-token").length;

/** The pull request's sight where nothing goes wrong, and how many requests that takes. */
async function undisturbed(): Promise<{ seen: object; requests: number }> {
  const other = await makeWorld();
  await publishing(other)(judged(other));
  other.github.close();
  return { seen: visible(other), requests: other.github.requests.length };
}

/** Publishes while one request after the other goes wrong, each in a world of its own, and then once more if need be. */
async function atEachRequest(fault: Fault): Promise<{ seen: object[]; expected: object; tries: number[] }> {
  const { seen: expected, requests } = await undisturbed();
  const seen: object[] = [];
  const tries: number[] = [];
  for (let after = 0; after < requests; after += 1) {
    const own = await makeWorld();
    own.github.faults.add({ route: "*", fault, times: 1, after });
    const run = publishing(own);
    tries.push(await untilTaken(() => run(judged(own))));
    // What is decoration is tried again later.
    await run(judged(own));
    expect(own.github.violations).toEqual([]);
    own.github.close();
    seen.push(visible(own));
  }
  return { seen, expected, tries };
}

async function untilTaken(run: () => Promise<void>, tries = 1): Promise<number> {
  try {
    await run();
    return tries;
  } catch (error) {
    if (!(error instanceof NotTold) || tries === 3) throw error;
    return untilTaken(run, tries + 1);
  }
}

describe("fault 31: a token that GitHub does not know any more", () => {
  test("at any one request is made anew, and what is seen is the same, at the first try", async () => {
    const { seen, expected, tries } = await atEachRequest({ kind: "status", status: 401 });
    expect(seen.length).toBeGreaterThan(8);
    for (const each of seen) expect(each).toEqual(expected);
    expect(new Set(tries)).toEqual(new Set([1]));
  });

  test("is made anew once for a verdict, which is there once", async () => {
    await publish(judged(world));
    const before = minted();
    world.github.world.tokens.clear();
    await publish(judged(world, approved));
    expect(minted()).toBe(before + 1);
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(["action_required", "success"]);
  });

  test("and the next one neither: nothing is taken for shown, and later it is shown once", async () => {
    world.github.faults.add({ route: "checks/create", fault: { kind: "status", status: 401 }, times: 2 });
    await expect(publish(judged(world))).rejects.toMatchObject({ status: 401 });
    expect([minted(), asked("checks/create").length, runs().length]).toEqual([2, 2, 0]);
    await publish(judged(world));
    expect(runs()).toMatchObject([{ conclusion: "action_required", status: "completed" }]);
  });

  test("for a label, again and again, leaves the verdict as it is, and the label for later", async () => {
    world.github.faults.add({ route: "issues/add-labels", fault: { kind: "status", status: 401 } });
    await publish(judged(world));
    expect(runs()).toMatchObject([{ conclusion: "action_required" }]);
    expect(world.pull.state.labels.size).toBe(0);
    world.github.faults.clear();
    await publish(judged(world));
    expect([...world.pull.state.labels].sort()).toEqual(["ai-assisted", "needs-owner-approval"]);
  });
});

describe("fault 32: answers that were kept", () => {
  test("and that GitHub says hold, though nothing was kept, change nothing that is seen", async () => {
    const { seen, expected } = await atEachRequest({ kind: "status", status: 304 });
    for (const each of seen) expect(each).toEqual(expected);
  });

  test.each([
    { says: "the repository's name", route: "repos/get", body: "[]" },
    { says: "the comments", route: "issues/list-comments", body: '[{ "id": "one" }]' },
  ])("with another body for $says, under GitHub's own ETag, are forgotten", async ({ route, body }) => {
    const { seen } = await undisturbed();
    world.github.faults.add({ route, fault: { kind: "other-body", body }, times: 1 });
    await untilTaken(() => publish(judged(world)));
    await publish(judged(world));
    expect(asked(route).length).toBeGreaterThan(1);
    expect(visible(world)).toEqual(seen);
  });

  test("of a lost verdict's read-back, too: there is one check", async () => {
    world.github.faults.add({ route: "checks/create", fault: { kind: "reset", applied: true }, times: 1 });
    const body = '{ "total_count": 0, "check_runs": {} }';
    world.github.faults.add({ route: "checks/list-for-ref", fault: { kind: "other-body", body }, times: 1 });
    await untilTaken(() => publish(judged(world)));
    expect(runs()).toMatchObject([{ conclusion: "action_required", status: "completed" }]);
  });

  test("for one installation are no other's: the same App, installed again, is told all of it anew", async () => {
    await publish(judged(world));
    await publish(judged(world, approved));
    const before = asked("issues/list-comments").map(({ cost }) => cost);
    world.github.uninstall(world.installation);
    const installation = world.github.install("acme");
    await publish(judged({ ...world, installation }));
    const after = asked("issues/list-comments").slice(before.length);
    expect(after.map(({ cost }) => cost)).toContain(1);
    expect(after.map(({ status }) => status)).not.toContain(304);
    expect(runs().at(-1)).toMatchObject({ conclusion: "action_required" });
  });
});
