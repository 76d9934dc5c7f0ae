import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { convertManifest } from "../../../adapters/github/convert-manifest.ts";
import { writePrivately } from "../../../adapters/workspace/apply-private-file.ts";
import { events } from "../../../app/inbox/events.ts";
import { jsonLog } from "../../../app/log.ts";
import { startServer } from "../../../app/server.ts";
import { readSettings } from "../../../app/settings/settings.ts";
import { appManifest, settingsWith, setUp } from "../../../app/setup/index.ts";
import { systemClock } from "../../../app/system-clock.ts";
import { startGitHub } from "../../github/github.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve({ publicUrl = null as string | null, path = "" } = {}) {
  const github = await startGitHub();
  ends.push(() => github.close());
  const folder = mkdtempSync(join(tmpdir(), "countersign-setup-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = path === "" ? join(folder, "data", "settings.json") : path;
  const reading = readSettings({
    environment: { GHE_HOST: new URL(github.world.url).host, GHE_PROTOCOL: "http" },
    ...{ folder, file: null, readText: () => null },
  });
  if (reading.state !== "set-up") throw new Error("no set-up");
  const logged: string[] = [];
  const log = jsonLog({ write: (line) => logged.push(line), now: () => new Date(), secrets: [] });
  const kept = Promise.withResolvers<undefined>();
  const { token, handle } = setUp(
    { ...reading.settings, publicUrl },
    {
      ...{ log, path: file, done: () => kept.resolve(undefined) },
      convert: (code) => convertManifest(reading.settings.github.apiUrl, code),
      keep: (app, at) => writePrivately(file, settingsWith(null, app, at)),
    },
  );
  const { address, stop } = await startServer({
    ...{ listen: { host: "127.0.0.1", port: 0 }, handlers: [handle], log, clock: systemClock },
  });
  ends.push(() => stop(0));
  return { github, file, token, url: `http://127.0.0.1:${address.port}`, logged, done: kept.promise };
}

/** A browser: it keeps cookies, and follows nothing by itself. */
function browser(headers: Record<string, string> = {}) {
  let cookie = "";
  return async (url: string) => {
    const answer = await fetch(url, { redirect: "manual", headers: { ...headers, cookie } });
    cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return {
      status: answer.status,
      location: answer.headers.get("location"),
      headers: answer.headers,
      text: await answer.text(),
    };
  };
}

function formOf(text: string): { action: string; manifest: string } {
  const unescaped = (html: string): string =>
    html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const [, action = ""] = /<form method="post" action="([^"]*)"/.exec(text) ?? [];
  const [, manifest = ""] = /name="manifest" value="([^"]*)"/.exec(text) ?? [];
  return { action: unescaped(action), manifest: unescaped(manifest) };
}

const wish = "?url=https%3A%2F%2Fcountersign.example.com%2F&name=Countersign&organization=";

test("an App is made on this machine: asked, made by GitHub, kept, and good for a start", async () => {
  const { github, file, url, logged, done } = await serve();
  github.server.signedIn = "mona";
  const open = browser();
  expect(await open(url)).toMatchObject({ status: 303, location: "/" });
  const asking = await open(url);
  expect(asking.text).toContain("Public address of this server");
  const { action, manifest } = formOf((await open(`${url}/${wish}`)).text);
  expect(action).toMatch(new RegExp(`^${github.world.url}/settings/apps/new\\?state=[\\w-]{32}$`));
  const toGitHub = await fetch(action, {
    ...{ method: "POST", redirect: "manual", body: new URLSearchParams({ manifest }) },
  });
  const back = toGitHub.headers.get("location") ?? "";
  expect(back).toMatch(new RegExp(`^${url}/setup/made\\?code=[\\w-]+&state=`));
  const made = await open(back);
  expect(made.status).toBe(200);
  expect(made.text).toContain("The App is made");
  await done;
  const text = readFileSync(file, "utf8");
  if (process.platform !== "win32")
    expect([statSync(file).mode & 0o777, statSync(join(file, "..")).mode & 0o777]).toEqual([0o600, 0o700]);
  const reading = readSettings({ environment: {}, folder: "/", file: { path: file, text }, readText: () => null });
  expect(reading).toMatchObject({
    state: "app",
    settings: { publicUrl: "https://countersign.example.com", app: { client: { id: expect.any(String) as string } } },
  });
  for (const secret of reading.state === "app" ? reading.settings.webhookSecrets : [""]) {
    expect(made.text).not.toContain(secret);
    expect(logged.join("")).not.toContain(secret);
  }
  // The same answer of GitHub's again is nobody's.
  expect((await open(back)).status).toBe(403);
  expect(github.violations).toEqual([]);
});

describe("who may see the page", () => {
  test.each([
    { says: "a browser here", headers: {}, status: 303 },
    { says: "a browser here, by its name", headers: { host: "localhost:1" }, status: 303 },
    { says: "whoever comes through a proxy", headers: { "x-forwarded-for": "203.0.113.7" }, status: 403 },
    { says: "whoever comes through another proxy", headers: { forwarded: "for=203.0.113.7" }, status: 403 },
    { says: "a page whose name points here", headers: { host: "evil.example" }, status: 403 },
    { says: "a host that is none", headers: { host: "a b" }, status: 404 },
    {
      says: "a cookie that somebody made up",
      headers: { host: "evil.example", cookie: "countersign-set-up=a" },
      status: 403,
    },
  ])("$says: $status", async ({ headers, status }) => {
    const { url } = await serve();
    expect(await statusOf(url, headers)).toBe(status);
  });

  test("the token lets one browser in, wherever it is, and once", async () => {
    const { url, token } = await serve();
    const [first, second] = [
      browser({ "x-forwarded-for": "203.0.113.7" }),
      browser({ "x-forwarded-for": "203.0.113.8" }),
    ];
    expect((await first(`${url}/?token=${token}a`)).status).toBe(403);
    expect(await first(`${url}/?token=${token}`)).toMatchObject({ status: 303, location: "/" });
    expect((await first(url)).status).toBe(200);
    expect((await second(`${url}/?token=${token}`)).status).toBe(403);
  });
});

describe("what comes back from GitHub", () => {
  test.each([
    { says: "without a state", query: "code=manifest-1", status: 403 },
    { says: "with another's state", query: "code=manifest-1&state=AAAA", status: 403 },
    { says: "with no code", query: "state=STATE", status: 400 },
    { says: "with an odd code", query: "code=..%2F..%2Fapp&state=STATE", status: 400 },
    { says: "with a code that GitHub does not know", query: "code=manifest-999&state=STATE", status: 400 },
  ])("$says keeps nothing: $status", async ({ query, status }) => {
    const { url, file } = await serve();
    const open = browser();
    await open(url);
    const { action } = formOf((await open(`${url}/${wish}`)).text);
    const state = new URL(action).searchParams.get("state") ?? "";
    expect((await open(`${url}/setup/made?${query.replace("STATE", state)}`)).status).toBe(status);
    expect(() => statSync(file)).toThrow("ENOENT");
  });

  test("and cannot be kept says so", async () => {
    const { url, github, logged } = await serve({ path: "/dev/null/settings.json" });
    github.server.signedIn = "mona";
    const open = browser();
    await open(url);
    const { action, manifest } = formOf((await open(`${url}/${wish}`)).text);
    const toGitHub = await fetch(action, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ manifest }),
    });
    const answer = await open(toGitHub.headers.get("location") ?? "");
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("delete the App on GitHub");
    expect(logged.join("")).toContain("set-up-failed");
  });
});

test.each([
  { says: "an address in the clear", query: "?url=http%3A%2F%2Fa.example&name=a" },
  { says: "no name", query: "?url=https%3A%2F%2Fa.example&name=" },
  { says: "markup for a name", query: "?url=https%3A%2F%2Fa.example&name=%3Cb%3E" },
  { says: "an organization with a path", query: "?url=https%3A%2F%2Fa.example&name=a&organization=..%2F..%2Fx" },
])("$says is asked for again", async ({ query }) => {
  const { url } = await serve();
  const open = browser();
  await open(url);
  const { status, text } = await open(`${url}/${query}`);
  expect(status).toBe(400);
  expect(text).toContain('role="alert"');
  expect(text).not.toContain("<b>");
});

test("an organization's App is made at the organization", async () => {
  const { url, github } = await serve();
  const open = browser();
  await open(url);
  const { action } = formOf((await open(`${url}/${wish}octo-org`)).text);
  expect(action).toMatch(new RegExp(`^${github.world.url}/organizations/octo-org/settings/apps/new\\?`));
});

test("the page runs nothing, loads nothing, and its forms lead nowhere but to GitHub", async () => {
  const { url, github } = await serve();
  const open = browser();
  await open(url);
  const { headers } = await open(url);
  expect(headers.get("content-security-policy")).toMatch(
    new RegExp(
      `^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' ${github.world.url}; base-uri 'none'; frame-ancestors 'none'$`,
    ),
  );
  expect(headers.get("cache-control")).toContain("no-store");
});

describe("app.yml", () => {
  const manifest = appManifest();
  /** GitHub sends these to every App, and takes no subscription to them. */
  const always = ["installation", "installation_repositories"];

  test("asks for the events that the inbox reads, and for no other", () => {
    const read = new Set(
      [...events.keys()].map((event) => event.split(".")[0] ?? "").filter((name) => !always.includes(name)),
    );
    expect([...manifest.events].sort()).toEqual([...read].sort());
  });

  test("says of every permission what it is for", () => {
    for (const { why } of manifest.permissions) expect(why.length).toBeGreaterThan(20);
  });

  test("asks for these permissions, and a change of them is seen", () => {
    expect(Object.fromEntries(manifest.permissions.map(({ name, access }) => [name, access]))).toEqual({
      ...{ checks: "write", statuses: "write", pull_requests: "write" },
      ...{ contents: "read", metadata: "read", merge_queues: "read", actions: "read", members: "read" },
    });
  });
});

test("what was in the settings file stays in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-setup-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const app = { id: 1, slug: "a", url: "", privateKey: "k", webhookSecret: "w", client: { id: "i", secret: "s" } };
  const path = join(folder, randomUUID());
  await writePrivately(path, '{"PORT": 8080, "APP_ID": 0}');
  await writePrivately(path, settingsWith(readFileSync(path, "utf8"), app, "https://a.example"));
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
    ...{
      PORT: 8080,
      APP_ID: 1,
      PRIVATE_KEY: "k",
      WEBHOOK_SECRET: "w",
      GITHUB_CLIENT_ID: "i",
      GITHUB_CLIENT_SECRET: "s",
    },
    COUNTERSIGN_PUBLIC_URL: "https://a.example",
  });
});

/** `fetch` would not send another `Host`. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    request(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
