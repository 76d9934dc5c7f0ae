import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { openApp, type AppClient } from "../../adapters/github/app-token.ts";
import {
  completeCheckRun,
  readOwnCheckRun,
  startCheckRun,
  type CheckPlace,
} from "../../adapters/github/apply-check-run.ts";
import { addLabel, createLabel, removeLabel } from "../../adapters/github/apply-labels.ts";
import { requestReview } from "../../adapters/github/apply-review-requests.ts";
import { openInstallations } from "../../adapters/github/installation-client.ts";
import type { InstallationClient } from "../../adapters/github/installation.ts";
import { readInstallations } from "../../adapters/github/read-app.ts";
import { readPullRequest } from "../../adapters/github/read-pull-request.ts";
import { reviewsOf } from "../../adapters/github/read-reviews.ts";
import { publish, type Annotation } from "../../core/report/index.ts";
import { reviewChange } from "../../core/review-change.ts";
import { factsOf, engine } from "../core/trial/try-cases.ts";
import { LentClock } from "../adapters/github/lent-clock.ts";

/**
 * A second opinion: the App's main journey, as far as REST goes, against a GitHub that nobody here wrote (emulate 0.12.2).
 * It has no GraphQL, no git to fetch from, no lists of deliveries and of an installation's repositories, no rulesets and no
 * ETags, lists no files of a pull request, and does not move a pull request's head when its branch is pushed to. It takes
 * what GitHub refuses (more than 50 annotations, any token), and an update's annotations replace those before it, where
 * GitHub adds them. What rests on these is shown on the fake of this folder alone.
 */
let github: Emulator;
let app: AppClient;
let client: InstallationClient;
let place: CheckPlace;
let number = 0;

const owner = "octo";
const name = "orders";

beforeAll(async () => {
  github = await createEmulator({
    service: "github",
    port: 0,
    seed: {
      tokens: { "mona-token": { login: "mona", scopes: ["repo"] }, "ann-token": { login: "ann", scopes: ["repo"] } },
      github: {
        users: [
          { login: "mona", email: "mona@example.com" },
          { login: "ann", email: "ann@example.com" },
        ],
        orgs: [
          {
            login: owner,
            members: [
              { login: "mona", role: "admin" },
              { login: "ann", role: "admin" },
            ],
          },
        ],
        repos: [{ owner, name, auto_init: true }],
        apps: [
          {
            ...{ app_id: 4711, slug: "countersign", name: "Countersign", events: [] },
            permissions: {
              checks: "write",
              issues: "write",
              pull_requests: "write",
              contents: "read",
              metadata: "read",
            },
            installations: [{ installation_id: 100, account: owner, repository_selection: "all" }],
          },
        ],
      },
    },
  });
  const key = github.generatedSecrets.find(({ kind }) => kind === "github.app_private_key");
  const clock = new LentClock();
  clock.at = Date.now();
  const identity = { apiUrl: github.url, appId: 4711, privateKey: key?.value ?? "" };
  app = openApp(identity, clock);
  client = openInstallations({ apiUrl: github.url }, app, clock)(100);
  const pull = await openPull();
  number = pull.number;
  const settle = () => Promise.resolve();
  place = { client, owner, name, settle, sha: pull.head.sha, check: "countersign", app: 4711 };
});
afterAll(() => github.close());

const Pull = z.object({ number: z.int(), head: z.object({ sha: z.string() }) });
const Ref = z.object({ object: z.object({ sha: z.string() }) });

/** What a person does there. */
async function by<T>(
  token: string,
  method: string,
  path: string,
  body: object | null,
  shape: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(`${github.url}/repos/${owner}/${name}/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status, `${method} ${path}`).toBeLessThan(300);
  return shape.parse(await response.json());
}

async function openPull() {
  const main = await by("mona-token", "GET", "git/ref/heads/main", null, Ref);
  await by("mona-token", "POST", "git/refs", { ref: "refs/heads/refunds", sha: main.object.sha }, z.unknown());
  const file = { message: "Refunds\n\nAssisted-by: claude-code:x\n", content: btoa("2\n"), branch: "refunds" };
  await by("mona-token", "PUT", "contents/src/auth/login.ts", file, z.unknown());
  return by("mona-token", "POST", "pulls", { title: "Refunds", head: "refunds", base: "main" }, Pull);
}

/** A verdict of the core to show: an agent's change that waits for its owner, and the same once she approved. */
function verdict(policy: string) {
  const facts = factsOf("change: { author: mona, files: [{ path: src/auth/login.ts, additions: 1 }] }");
  const at = { path: ".github/countersign.yml", commit: "a".repeat(40), text: policy };
  return publish(reviewChange({ ...facts, policy: { state: "present", value: at } }, engine));
}

const strict = "version: 1\nrules:\n  - id: second\n    require: { second_human: true }\n";
const content = (publication: ReturnType<typeof verdict>, externalId: string) => {
  const { conclusion, title, summary, buttons } = publication;
  return { externalId, conclusion, title, summary, buttons, detailsUrl: "https://countersign.example.com/pr" };
};

describe("the main journey against another's GitHub", () => {
  test("the App's key is taken, its installation found, and a token made of it", async () => {
    expect(await readInstallations(app)).toMatchObject([{ id: 100, account: owner, suspendedAt: null }]);
    const response = await fetch(`${github.url}/repos/${owner}/${name}`, {
      headers: { authorization: "Bearer ann-token" },
    });
    const { id } = z.object({ id: z.int() }).parse(await response.json());
    expect(await client.nameOf(id)).toMatchObject({ owner, name, defaultBranch: "main" });
  });

  test("the pull request and its reviews are read as they are", async () => {
    const read = await readPullRequest({ apiUrl: github.url, token: await client.token(), owner, name, number });
    expect(read).toMatchObject({ pullRequest: { number, author: "mona", title: "Refunds" } });
    expect(await reviewsOf(client.repository(owner, name), number)).toEqual([]);
    await by("ann-token", "POST", `pulls/${number}/reviews`, { event: "APPROVE", commit_id: place.sha }, z.unknown());
    expect(await reviewsOf(client.repository(owner, name), number)).toMatchObject([
      { user: "ann", state: "approved", commit: place.sha },
    ]);
  });

  test("one check run: in progress, action required, then success with its annotations", async () => {
    const begun = await startCheckRun(place, "begun", null);
    expect(begun).toMatchObject({ isCompleted: false, externalId: "begun" });
    const waits = await completeCheckRun(place, content(verdict(strict), "waits"), [], begun);
    expect(waits).toMatchObject({ id: begun.id, isCompleted: true, conclusion: "action_required" });
    const annotation = { path: "src/auth/login.ts", startLine: 1, endLine: 1, startColumn: 1, title: "Look at it" };
    const annotations: Annotation[] = Array.from({ length: 50 }, (_, index) => {
      return { ...annotation, level: "warning", message: `Finding ${index}` };
    });
    const passes = await completeCheckRun(place, content(verdict("version: 1\n"), "passes"), annotations, waits);
    expect(passes).toMatchObject({ conclusion: "success", annotations: 50 });
    // Whose run it is it does not tell, so that none is taken for ours.
    expect(await readOwnCheckRun(place)).toBeNull();
    const runs = z.object({ check_runs: z.array(z.object({ external_id: z.string(), conclusion: z.string() })) });
    const path = `commits/${place.sha}/check-runs?check_name=countersign`;
    expect((await by("mona-token", "GET", path, null, runs)).check_runs).toContainEqual({
      ...{ external_id: "passes", conclusion: "success" },
    });
  });

  test("labels one by one, made once and taken away singly", async () => {
    const look = { name: "needs-owner-approval", color: "cf222e", description: "Waits for the approval of an owner" };
    await createLabel(place, look);
    await createLabel(place, look);
    await addLabel(place, number, look.name);
    const names = async () => {
      const labels = z.array(z.object({ name: z.string() }));
      return (await by("mona-token", "GET", `issues/${number}/labels`, null, labels)).map((label) => label.name);
    };
    expect(await names()).toEqual([look.name]);
    await removeLabel(place, number, look.name);
    await removeLabel(place, number, look.name);
    expect(await names()).toEqual([]);
  });

  test("the owner is asked for a review", async () => {
    expect(await requestReview(place, number, { kind: "user", name: "ann" })).toBe("asked");
    const asked = z.object({ requested_reviewers: z.array(z.object({ login: z.string() })) });
    const pull = await by("mona-token", "GET", `pulls/${number}`, null, asked);
    expect(pull.requested_reviewers).toMatchObject([{ login: "ann" }]);
  });
});
