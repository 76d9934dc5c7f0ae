import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { openStore } from "../../adapters/store/open-store.ts";
import { currentSettings, runApp } from "../../app/run.ts";
import { startGitHub } from "../github/github.ts";
import { deliver, sign } from "./ingress/serve.ts";

const commandLine = join(import.meta.dirname, "../../cli/main.ts");

let folder = "";
const ends: (() => unknown)[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "countersign-app-"))));
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function world() {
  const github = await startGitHub();
  ends.push(() => github.close());
  const environment = {
    ...{ GHE_HOST: new URL(github.world.url).host, GHE_PROTOCOL: "http", PORT: "0" },
    ...{ APP_ID: String(github.app.id), PRIVATE_KEY: github.app.privateKey, WEBHOOK_SECRET: github.app.webhookSecret },
    COUNTERSIGN_DATA: folder,
  };
  return { github, environment };
}

/** The App as a process, and its log as it comes. */
function start(environment: Record<string, string>, program = [join(import.meta.dirname, "app-child.ts")]) {
  const child = spawn(process.execPath, program, {
    ...{ cwd: folder, env: { PATH: process.env["PATH"] ?? "", ...environment } },
  });
  ends.push(() => child.kill("SIGKILL"));
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const told = async (event: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = text.split("\n").find((each) => each.includes(`"event":"${event}"`));
      if (line !== undefined) return z.record(z.string(), z.unknown()).parse(JSON.parse(line));
      if (child.exitCode !== null) throw new Error(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, told, log: () => text };
}

const pullRequest = JSON.stringify({
  ...{ action: "opened", number: 7, installation: { id: 9 }, sender: { id: 1, login: "mona", type: "User" } },
  repository: { id: 7, full_name: "octo/orders", name: "orders", owner: { login: "octo" }, default_branch: "main" },
  pull_request: {
    id: 70,
    number: 7,
    head: { sha: "1".repeat(40), ref: "a" },
    base: { ref: "main", sha: "2".repeat(40) },
  },
});

test("row 72: told to stop, the App ends within ten seconds, keeps what it took, and hands its lease on", async () => {
  const { github, environment } = await world();
  const { child, told, log } = start(environment);
  const { port } = await told("started");
  const signature = {
    "x-hub-signature-256": sign(pullRequest, github.app.webhookSecret),
    "x-github-event": "pull_request",
  };
  const { status } = await deliver(Number(port), pullRequest, signature);
  expect(status).toBe(202);
  expect(await told("judging")).toMatchObject({ subject: { kind: "pull-request", number: 7, repository: 7 } });
  const began = performance.now();
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(code).toBe(0);
  expect(log()).toContain('"event":"stopped"');
  for (const secret of [github.app.webhookSecret, github.app.privateKey.split("\n")[3] ?? "?"])
    expect(log()).not.toContain(secret);
  const store = await openStore({ path: join(folder, "store.db") });
  ends.push(() => store.close());
  const far = new Date(Date.now() + 60_000).toISOString();
  expect(await store.deliveries.waiting()).toMatchObject({ count: 0 });
  expect(await store.subjects.claim("another", far, far)).toMatchObject({ key: "pull-request/7/7" });
});

test("a database whose thread has ended ends the process, with a code by which it is started again", async () => {
  const { environment } = await world();
  const killing = `process.on("worker", (worker) => process.on("SIGUSR2", () => worker.terminate()));`;
  const program = ["--import", `data:text/javascript,${encodeURIComponent(killing)}`, commandLine, "app"];
  const { child, told, log } = start(environment, program);
  const { port } = await told("started");
  const began = performance.now();
  child.kill("SIGUSR2");
  expect(await told("store-died")).toMatchObject({ level: "error" });
  const ready = await fetch(`http://127.0.0.1:${String(port)}/readyz`).then(
    ({ status }) => status,
    () => "closed",
  );
  expect(ready).not.toBe(200);
  if (child.exitCode === null) await once(child, "exit");
  expect(child.exitCode).toBe(4);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(log()).toContain("The database's thread stopped");
});

test("a first start serves the set-up page, takes no delivery, and goes on by itself when the App is made", async () => {
  const { github, environment } = await world();
  const { GHE_HOST, GHE_PROTOCOL, PORT, COUNTERSIGN_DATA } = environment;
  const { child, told } = start({ GHE_HOST, GHE_PROTOCOL, PORT, COUNTERSIGN_DATA });
  const { here } = await told("set-up");
  const url = String(here).replace(/\/$/, "");
  expect((await fetch(`${url}/webhook`, { method: "POST", body: "{}" })).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  github.server.signedIn = "mona";
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const wish = `${url}/?url=${encodeURIComponent("http://127.0.0.1:3000")}&name=Countersign&organization=`;
  const page = await (await fetch(wish, { headers: { cookie } })).text();
  const unescaped = page.replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)));
  const [, action = ""] = /method="post" action="([^"]*)"/.exec(unescaped) ?? [];
  const [, manifest = ""] = /name="manifest" value="(\{.*\})"/.exec(unescaped) ?? [];
  const made = await fetch(action, { method: "POST", redirect: "manual", body: new URLSearchParams({ manifest }) });
  expect((await fetch(made.headers.get("location") ?? "", { headers: { cookie } })).status).toBe(200);
  const { port } = await told("started");
  expect((await fetch(`http://127.0.0.1:${String(port)}/readyz`)).status).toBe(200);
  expect(await told("known-to-github")).toMatchObject({ slug: "countersign" });
  child.kill("SIGTERM");
  expect(((await once(child, "exit")) as [number | null])[0]).toBe(0);
});

test("row 1: every mistake in the settings is told at once, and nothing is started", async () => {
  const ports = {
    folder,
    write: () => undefined,
    signal: AbortSignal.abort(),
    judge: () => () => Promise.reject(new Error()),
  };
  const environment = { APP_ID: "1", WEBHOOK_SECRET: "development" };
  await expect(runApp({ environment, ...ports })).rejects.toMatchObject({
    name: "Problem",
    what: "PRIVATE_KEY is missing.",
    fix: expect.stringContaining("\nWEBHOOK_SECRET has 11 characters, and 16 is the least.\n") as string,
  });
});

test("a settings file that is a folder is no missing one", async () => {
  await expect(currentSettings({ environment: { COUNTERSIGN_SETTINGS: folder }, folder })).rejects.toThrow(
    "cannot be read (EISDIR)",
  );
});

test.each([
  { says: "the address is taken", over: {}, what: /^Countersign cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)\.$/ },
  {
    says: "the database is not there",
    over: { DATABASE_URL: "postgres://nobody:hunter2@127.0.0.1:9/none" },
    what: /^The database could not be opened: (?!.*hunter2)/,
  },
])("that $says is told, and ends the start", async ({ over, what }) => {
  const { github, environment } = await world();
  const taken = new URL(github.world.url).port;
  const judge = () => () => Promise.reject(new Error());
  const ports = { folder, write: () => undefined, signal: AbortSignal.abort(), judge };
  await expect(runApp({ environment: { ...environment, PORT: taken, ...over }, ...ports })).rejects.toMatchObject({
    name: "Problem",
    what: expect.stringMatching(what) as string,
  });
});
