import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StoreFault, type Store } from "../../../adapters/store/store.ts";
import { longestLinkDays, pageKeys, signedLink } from "../../../app/pages/index.ts";
import { pullRequestKey } from "../../../app/subject.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { sampleReview } from "../../builders.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import { sampleInstallation as installation, verdictOf } from "./pages-sample.ts";
import { servePages, type ServedPages } from "./serve-pages.ts";

let github: GitHub;
let repository: number;
let orders: RepositoryHandle;

beforeAll(async () => {
  github = await startGitHub();
  github.organization("octo");
  orders = github.repository("octo/orders", { isPrivate: true, files: { "a.ts": "1\n" } });
  github.user("ann");
  github.user("eve");
  orders.collaborator("ann", "read");
  repository = orders.id;
});
afterAll(() => {
  expect(github.violations).toEqual([]);
  github.close();
});

/** A browser that keeps cookies, and goes where it is sent when told to. */
class Browser {
  readonly cookies = new Map<string, string>();

  async get(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    return response;
  }

  async follow(url: string): Promise<Response> {
    const response = await this.get(url);
    const location = response.headers.get("location");
    return location === null ? response : this.follow(new URL(location, url).href);
  }

  #keep(set: string): void {
    const pair = set.slice(0, set.indexOf(";"));
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (set.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

async function served(store: Store = modelStore()): Promise<ServedPages> {
  const client = { id: github.app.clientId, secret: github.app.clientSecret };
  const { settings } = await servePages();
  const all = await servePages(
    { app: { ...settings.app, client }, github: { webUrl: github.url, apiUrl: github.apiUrl } },
    store,
  );
  await all.store.installations.write(installation);
  await all.store.verdicts.append(verdictOf(sampleReview(), { subject: pullRequestKey(repository, 7), repository }));
  return all;
}

async function signedIn(
  login: string,
  at: ServedPages,
  path = "/pr/octo/orders/7",
): Promise<{ browser: Browser; response: Response }> {
  github.signIn(login);
  const browser = new Browser();
  const response = await browser.follow(`${at.origin}/sign-in?to=${encodeURIComponent(path)}`);
  return { browser, response };
}

const page = "/pr/octo/orders/7";

describe("who sees a page", () => {
  test("whom GitHub shows the repository to", async () => {
    const at = await served();
    const { response } = await signedIn("ann", at);
    expect(response.status).toBe(200);
    expect(response.url).toBe(`${at.origin}${page}`);
    expect(await response.text()).toContain("octo/orders #7");
  });

  test("nobody else, and nobody learns that it exists", async () => {
    const at = await served();
    const { browser, response } = await signedIn("eve", at);
    const missing = await browser.get(`${at.origin}/pr/octo/nothing/7`);
    expect([response.status, missing.status]).toEqual([404, 404]);
    expect(await response.text()).toBe(await missing.text());
    expect(headersOf(response)).toEqual(headersOf(missing));
  });

  test("nobody who is not signed in, and the answer is the same for what does not exist", async () => {
    const { origin } = await served();
    const [there, missing] = [await fetch(`${origin}${page}`), await fetch(`${origin}/pr/octo/nothing/7`)];
    expect([there.status, missing.status]).toEqual([401, 401]);
    expect((await there.text()).replaceAll("orders", "nothing")).toBe(await missing.text());
  });

  test("a pull request without a verdict looks as a repository that is not shown", async () => {
    const at = await served();
    const { browser } = await signedIn("ann", at);
    const [none, hidden] = [
      await browser.get(`${at.origin}/pr/octo/orders/8`),
      await browser.get(`${at.origin}/pr/octo/nothing/7`),
    ];
    expect([none.status, await none.text()]).toEqual([404, await hidden.text()]);
  });

  test("a right that ended shows for minutes at most", async () => {
    const at = await served();
    github.user("bob");
    orders.collaborator("bob", "read");
    const { browser, response } = await signedIn("bob", at);
    expect(response.status).toBe(200);
    orders.collaborator("bob", null);
    at.clock.now = new Date(at.clock.now.getTime() + 3 * 60_000 + 1);
    expect((await browser.get(`${at.origin}${page}`)).status).toBe(404);
  });

  test("nobody, when GitHub does not say", async () => {
    const at = await served();
    const { browser } = await signedIn("ann", at);
    at.clock.now = new Date(at.clock.now.getTime() + 5 * 60_000);
    github.faults.add({ route: "repos/get", fault: { kind: "status", status: 502 }, times: 2 });
    expect((await browser.get(`${at.origin}${page}`)).status).toBe(503);
  });
});

describe("a session", () => {
  test("is of this host alone, sealed, and not for scripts", async () => {
    const at = await served();
    const { browser } = await signedIn("ann", at);
    const value = browser.cookies.get("countersign-session") ?? "";
    expect(value).toMatch(/^[A-Za-z0-9_-]{100,}$/);
    expect(Buffer.from(value, "base64url").toString("latin1")).not.toMatch(/ghu_|ann/);
  });

  test.each([
    {
      says: "changed by one bit",
      change: (value: string) => `${value.slice(0, -2)}${value.endsWith("AA") ? "BB" : "AA"}`,
    },
    { says: "of another use", change: (_value: string, begun: string) => begun },
    { says: "empty", change: () => "" },
    { says: "twice", change: (value: string) => `${value}; countersign-session=${value}` },
  ])("$says is none", async ({ change }) => {
    const at = await served();
    const { browser } = await signedIn("ann", at);
    const begun = await new Browser().get(`${at.origin}/sign-in`);
    const other = /countersign-sign-in=([^;]+)/.exec(begun.headers.get("set-cookie") ?? "")?.[1] ?? "";
    const cookie = `countersign-session=${change(browser.cookies.get("countersign-session") ?? "", other)}`;
    expect((await fetch(`${at.origin}${page}`, { headers: { cookie } })).status).toBe(401);
  });

  test("ends after eight hours, by a token that is over, and by signing out", async () => {
    const at = await served();
    const { browser } = await signedIn("ann", at);
    at.clock.now = new Date(at.clock.now.getTime() + 8 * 60 * 60_000);
    expect((await browser.get(`${at.origin}${page}`)).status).toBe(401);
    const again = await signedIn("ann", at);
    at.clock.now = new Date(at.clock.now.getTime() + 4 * 60_000);
    github.world.tokens.clear();
    expect((await again.browser.get(`${at.origin}${page}`)).status).toBe(401);
    expect(again.browser.cookies.size).toBe(0);
    const { browser: third } = await signedIn("ann", at);
    expect((await third.get(`${at.origin}/sign-out`)).status).toBe(405);
    expect((await third.get(`${at.origin}/sign-out`, { method: "POST" })).status).toBe(200);
    expect(third.cookies.size).toBe(0);
  });

  test("is secure wherever people come by https", async () => {
    const { origin } = await servePages({ publicUrl: "https://gate.example.com" });
    const response = await fetch(`${origin}/sign-in`, { redirect: "manual" });
    expect(response.headers.get("set-cookie")).toMatch(
      /^__Host-countersign-sign-in=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
    );
    const target = new URL(response.headers.get("location") ?? "");
    expect(target.searchParams.get("redirect_uri")).toBe("https://gate.example.com/sign-in/return");
    expect(target.searchParams.get("code_challenge_method")).toBe("S256");
    expect(response.headers.get("strict-transport-security")).toContain("max-age=");
  });
});

describe("a sign-in that this browser did not begin ends nowhere", () => {
  async function begun(at: ServedPages) {
    github.signIn("ann");
    const browser = new Browser();
    const start = await browser.get(`${at.origin}/sign-in?to=${page}`);
    const back = await fetch(start.headers.get("location") ?? "", { redirect: "manual" });
    return { browser, back: new URL(back.headers.get("location") ?? "") };
  }

  test.each([
    { says: "another browser", act: async (back: URL) => new Browser().get(back.href) },
    {
      says: "another state",
      act: async (back: URL, browser: Browser) => (back.searchParams.set("state", "x"), browser.get(back.href)),
    },
    {
      says: "no code",
      act: async (back: URL, browser: Browser) => (back.searchParams.delete("code"), browser.get(back.href)),
    },
    {
      says: "a code that GitHub does not know",
      act: async (back: URL, browser: Browser) => (back.searchParams.set("code", "code-1"), browser.get(back.href)),
    },
    {
      says: "the same code again",
      act: async (back: URL, browser: Browser) => (
        await new Browser().get(back.href),
        await browser.get(back.href),
        browser.get(back.href)
      ),
    },
  ])("$says", async ({ act }) => {
    const at = await served();
    const { browser, back } = await begun(at);
    const response = await act(back, browser);
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie().join()).not.toMatch(/countersign-session=[A-Za-z]/);
  });

  test("somebody else's code is refused, for its proof is not here", async () => {
    const at = await served();
    const [mine, theirs] = [await begun(at), await begun(at)];
    mine.back.searchParams.set("code", theirs.back.searchParams.get("code") ?? "");
    expect((await mine.browser.get(mine.back.href)).status).toBe(400);
  });

  test("a sign-in takes ten minutes at most", async () => {
    const at = await served();
    const { browser, back } = await begun(at);
    at.clock.now = new Date(at.clock.now.getTime() + 10 * 60_000);
    expect((await browser.get(back.href)).status).toBe(400);
  });

  test.each(["https://example.com/", "//example.com/pr/a/b/1", "/pr/../sign-out", "/\\example.com", ""])(
    "and leads to no other place: %s",
    async (to) => {
      const at = await served();
      const { response } = await signedIn("ann", at, to);
      expect(response.url).toBe(`${at.origin}/sign-in/done`);
    },
  );

  test("GitHub that does not answer signs nobody in", async () => {
    const at = await served();
    const { browser, back } = await begun(at);
    github.faults.add({ route: "users/get-authenticated", fault: { kind: "status", status: 500 }, times: 2 });
    expect((await browser.get(back.href)).status).toBe(503);
    expect(browser.cookies.has("countersign-session")).toBe(false);
  });
});

describe("a signed link", () => {
  const target = () => ({ owner: "octo", name: "orders", number: 7, repository });
  const link = (at: ServedPages, days: number, key = pageKeys(at.settings, "link")[0]) =>
    signedLink(target(), key, at.clock.now, days);

  test("shows its page to whoever has it, without asking GitHub", async () => {
    const at = await served();
    const before = github.requests.length;
    const response = await fetch(`${at.origin}${link(at, 7)}`);
    expect([response.status, github.requests.length]).toEqual([200, before]);
    expect(await response.text()).not.toContain("Sign out");
  });

  test.each([
    { says: "another pull request", change: (path: string) => path.replace("/7?", "/8?") },
    { says: "another repository's id", change: (path: string) => path.replace(/repository=\d+/, "repository=1") },
    {
      says: "a later end",
      change: (path: string) => path.replace(/expires=(\d+)/, (_all, at: string) => `expires=${Number(at) + 1}`),
    },
    { says: "no signature", change: (path: string) => path.replace(/signature=.*/, "signature=") },
    { says: "another signature", change: (path: string) => path.replace(/signature=.{4}/, "signature=AAAA") },
  ])("changed to $says, it shows nothing", async ({ change }) => {
    const at = await served();
    const changed = change(link(at, 7));
    expect(changed).not.toBe(link(at, 7));
    expect((await fetch(`${at.origin}${changed}`)).status).toBe(401);
  });

  test("ends when its days are over, and none has more than a bounded number", async () => {
    const at = await served();
    const [short, long] = [link(at, 1), link(at, 10_000)];
    at.clock.now = new Date(at.clock.now.getTime() + 24 * 60 * 60_000);
    expect((await fetch(`${at.origin}${short}`)).status).toBe(401);
    expect((await fetch(`${at.origin}${long}`)).status).toBe(200);
    at.clock.now = new Date(at.clock.now.getTime() + (longestLinkDays - 1) * 24 * 60 * 60_000);
    expect((await fetch(`${at.origin}${long}`)).status).toBe(401);
  });

  test.each<{ says: string; end: (store: Store) => Promise<void> }>([
    { says: "the App is uninstalled", end: (store) => store.installations.remove(installation.id) },
    {
      says: "its installation is suspended",
      end: (store) => store.installations.write({ ...installation, suspendedAt: "2026-11-21T20:30:00.000Z" }),
    },
    {
      says: "the App may not see the repository any more",
      end: (store) =>
        store.memory.remember([
          {
            subject: `repository/${repository}`,
            kind: "repository",
            id: "lost",
            value: "{}",
            at: "2026-11-21T20:30:00.000Z",
          },
        ]),
    },
  ])("shows nothing once $says, as if there had never been anything", async ({ end }) => {
    const at = await served();
    await end(at.store);
    const response = await fetch(`${at.origin}${link(at, 7)}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("Nothing here");
  });

  test("ends when the secrets are changed for good, and not before", async () => {
    const at = await served();
    const old = link(at, 7);
    const rotating = await servePages(
      { ...at.settings, webhookSecrets: ["a new secret of letters", ...at.settings.webhookSecrets] },
      at.store,
    );
    const rotated = await servePages({ ...at.settings, webhookSecrets: ["a new secret of letters"] }, at.store);
    expect((await fetch(`${rotating.origin}${old}`)).status).toBe(200);
    expect((await fetch(`${rotated.origin}${old}`)).status).toBe(401);
  });

  test("is offered to whoever is signed in, for a week, and to nobody who came by one", async () => {
    const at = await served();
    const { response } = await signedIn("ann", at);
    const [, address = ""] = /href="([^"]*signature[^"]*)"/.exec(await response.text()) ?? [];
    const share = address.replaceAll("&#38;", "&");
    expect(share.startsWith(`${at.origin}${page}?`)).toBe(true);
    const shown = await fetch(share);
    expect([shown.status, (await shown.text()).includes("signature")]).toEqual([200, false]);
    at.clock.now = new Date(at.clock.now.getTime() + 7 * 24 * 60 * 60_000);
    expect((await fetch(share)).status).toBe(401);
  });

  test("made by the key of sessions, it shows nothing", async () => {
    const at = await served();
    expect((await fetch(`${at.origin}${link(at, 7, pageKeys(at.settings, "session")[0])}`)).status).toBe(401);
  });
});

describe("what every answer says of itself", () => {
  test("no script, no frame, no copy on the way, no word of where a reader came from", async () => {
    const at = await served();
    const { response } = await signedIn("ann", at);
    expect(headersOf(response)).toMatchObject({
      "content-security-policy": expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^ ;']+'; form-action 'self'/,
      ),
      "cache-control": "no-store, private",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
  });

  test.each([
    { path: "/", status: 418 },
    { path: "/prs", status: 418 },
    { path: "/healthz", status: 418 },
    { path: "/pr/octo/orders", status: 404 },
    { path: "/pr/octo/orders/0", status: 404 },
    { path: "/pr/octo/orders/07", status: 404 },
    { path: "/pr/octo/%2e%2e/7", status: 404 },
    { path: "/pr/octo/orders/7/x", status: 404 },
    { path: "/pr/octo/%3Cscript%3E/7", status: 404 },
    { path: "/sign-in/elsewhere", status: 404 },
  ])("$path is answered by $status", async ({ path, status }) => {
    const { origin } = await served();
    expect((await fetch(`${origin}${path}`)).status).toBe(status);
  });

  test("HEAD has no body, and no other method is taken", async () => {
    const { origin } = await served();
    const head = await fetch(`${origin}${page}`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([401, ""]);
    for (const method of ["POST", "PUT", "DELETE"])
      expect((await fetch(`${origin}${page}`, { method })).status, method).toBe(405);
  });

  test("a fault is in the log and not on the page", async () => {
    const store = modelStore();
    const failing = {
      ...store,
      verdicts: { ...store.verdicts, latest: () => Promise.reject(new StoreFault("disk of secret name")) },
    };
    const at = await served(failing);
    const { response } = await signedIn("ann", at);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("secret name");
    expect(at.errors).toHaveLength(1);
  });
});

/** Without what differs from request to request. */
function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
}
