import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appJwt } from "./app-token.ts";
import { asApp, asInstallation, asUser, client, refusal } from "./ask.ts";
import { startGitHub, type GitHub } from "./github.ts";
import type { RepositoryHandle } from "./repository.ts";
import type { Installation } from "./state.ts";

/** What an App is to GitHub: its JWT, its installations, their tokens, and signing people in. */
let github: GitHub;
let now = 0;
let orders: RepositoryHandle;
let installation: Installation;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 12);
  github = await startGitHub({ clock: () => new Date(now) });
  orders = github.repository("octo/orders", { isPrivate: true });
  installation = github.install("octo");
});
afterEach(() => github.close());

describe("a JWT", () => {
  const seconds = () => now / 1000;

  test("of the App is known, by its number or its client id", async () => {
    expect((await asApp(github).apps.getAuthenticated()).data).toMatchObject({ id: 4711, slug: "countersign" });
    const byClient = client(github, appJwt(github.app, new Date(now), { iss: github.app.clientId }));
    expect((await byClient.apps.getAuthenticated()).data).toMatchObject({ id: 4711 });
    expect(github.violations).toEqual([]);
  });

  test.each([
    { says: "for more than ten minutes", over: () => ({ exp: seconds() + 601 }), status: 401 },
    { says: "that is over", over: () => ({ exp: seconds() - 1 }), status: 401 },
    { says: "from the future", over: () => ({ iat: seconds() + 30 }), status: 401 },
    { says: "of an unknown App", over: () => ({ iss: "99" }), status: 404 },
    { says: "without an end", over: () => ({ exp: undefined }), status: 401 },
  ])("$says is refused", async ({ over, status }) => {
    const wrong = client(github, appJwt(github.app, new Date(now), over()));
    expect(await refusal(wrong.apps.getAuthenticated())).toMatchObject({ status });
  });

  test("signed by nobody, or by another key, is refused", async () => {
    const jwt = appJwt(github.app, new Date(now));
    const tampered = `${jwt.slice(0, -8)}AAAAAAAA`;
    const unsigned = appJwt(github.app, new Date(now), {}, { alg: "none" });
    for (const each of [tampered, unsigned])
      expect(await refusal(client(github, each).apps.getAuthenticated())).toMatchObject({ status: 401 });
  });
});

describe("an installation's token", () => {
  const token = async (
    over: Parameters<ReturnType<typeof asApp>["apps"]["createInstallationAccessToken"]>[0] | object = {},
  ) => {
    const request = { installation_id: installation.id, ...over };
    return (await asApp(github).apps.createInstallationAccessToken(request)).data;
  };

  test("reads what the App may read, for an hour", async () => {
    const { token: value, expires_at } = await token();
    const octokit = client(github, value);
    expect((await octokit.apps.listReposAccessibleToInstallation()).data).toMatchObject({ total_count: 1 });
    expect(Date.parse(expires_at) - now).toBe(3_600_000);
    now += 3_600_000;
    expect(await refusal(octokit.apps.listReposAccessibleToInstallation())).toMatchObject({ status: 401 });
    expect(github.violations).toEqual([]);
  });

  test("is for the repositories and the rights that were asked for, and no more", async () => {
    github.repository("octo/ledger", { isPrivate: true });
    const { token: value } = await token({ repositories: ["ledger"], permissions: { contents: "read" } });
    const octokit = client(github, value);
    const names = (await octokit.apps.listReposAccessibleToInstallation()).data.repositories.map(({ name }) => name);
    expect(names).toEqual(["ledger"]);
    expect(await refusal(octokit.repos.get({ owner: "octo", repo: "orders" }))).toMatchObject({ status: 404 });
    expect(await refusal(octokit.pulls.list({ owner: "octo", repo: "ledger" }))).toMatchObject({ status: 403 });
    expect(await refusal(token({ permissions: { contents: "write" } }))).toMatchObject({ status: 422 });
    expect(await refusal(token({ repositories: ["secrets"] }))).toMatchObject({ status: 422 });
  });

  test("is nothing while the installation is suspended, and none is to be had", async () => {
    const octokit = asInstallation(github, installation);
    github.suspend(installation);
    expect(await refusal(octokit.repos.get({ owner: "octo", repo: "orders" }))).toMatchObject({ status: 403 });
    expect(await refusal(token())).toMatchObject({ status: 403 });
    github.unsuspend(installation);
    expect(await refusal(octokit.repos.get({ owner: "octo", repo: "orders" }))).toBeNull();
    github.uninstall(installation);
    expect(await refusal(octokit.repos.get({ owner: "octo", repo: "orders" }))).toMatchObject({ status: 401 });
    expect(await refusal(token())).toMatchObject({ status: 404 });
  });
});

test("a token that is given back is good no more; another one is", async () => {
  const [first, second] = [asInstallation(github, installation), asInstallation(github, installation)];
  await first.apps.revokeInstallationAccessToken();
  expect(await refusal(first.apps.listReposAccessibleToInstallation())).toMatchObject({ status: 401 });
  expect(await refusal(second.apps.listReposAccessibleToInstallation())).toBeNull();
});

test("what is left of the hour's budget is told", async () => {
  const octokit = asInstallation(github, installation);
  await octokit.repos.get({ owner: "octo", repo: "orders" });
  expect((await octokit.rateLimit.get()).data.resources.core).toMatchObject({ limit: 5000, remaining: 4999, used: 1 });
  expect(github.violations).toEqual([]);
});

test("installations are listed, and found by account and repository", async () => {
  const { apps } = asApp(github);
  const found = [
    (await apps.listInstallations()).data[0],
    (await apps.getInstallation({ installation_id: installation.id })).data,
    (await apps.getOrgInstallation({ org: "octo" })).data,
    (await apps.getRepoInstallation({ owner: "octo", repo: "orders" })).data,
  ];
  expect(found.map((each) => each?.id)).toEqual(Array.from({ length: 4 }, () => installation.id));
  expect(github.violations).toEqual([]);
});

test("a repository is found by its id and by its former name", async () => {
  const octokit = asInstallation(github, installation);
  orders.rename("purchases");
  const byId = await octokit.request("GET /repositories/{id}", { id: orders.id });
  const byName = await octokit.request("GET /repos/{owner}/{repo}", { owner: "octo", repo: "orders" });
  expect([byId.data, byName.data].map((data) => (data as { full_name: string }).full_name)).toEqual([
    "octo/purchases",
    "octo/purchases",
  ]);
  expect(github.violations).toEqual([]);
});

test("what did not change costs nothing", async () => {
  const octokit = asInstallation(github, installation);
  const first = await octokit.repos.get({ owner: "octo", repo: "orders" });
  const headers = { "if-none-match": String(first.headers.etag) };
  expect(await refusal(octokit.repos.get({ owner: "octo", repo: "orders", headers }))).toMatchObject({ status: 304 });
  expect(github.requests.map(({ cost }) => cost)).toEqual([1, 0]);
  expect(github.server.api.budgets.left(`installation ${installation.id}`, "core").used).toBe(1);
});

test("an App is made of a manifest, once", async () => {
  github.signIn("octo-owner");
  const manifest = {
    ...{ name: "Our Gate", url: "https://example.com", redirect_url: "https://gate.example.com/made" },
    ...{ hook_attributes: { url: "https://gate.example.com/hooks" }, default_permissions: { checks: "write" } },
    default_events: ["push"],
  };
  const body = new URLSearchParams({ manifest: JSON.stringify(manifest) });
  const answer = await fetch(`${github.url}/settings/apps/new?state=s1`, { method: "POST", body, redirect: "manual" });
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.searchParams.get("state")).toBe("s1");
  const code = location.searchParams.get("code") ?? "";
  const { data } = await client(github).apps.createFromManifest({ code });
  expect(data).toMatchObject({ slug: "our-gate", permissions: { checks: "write" }, events: ["push"] });
  expect(data.pem).toContain("PRIVATE KEY");
  expect(github.violations).toEqual([]);
  expect(await refusal(client(github).apps.createFromManifest({ code }))).toMatchObject({ status: 404 });
});

test("a person signs in with a code that is good once", async () => {
  github.signIn("ann");
  const query = new URLSearchParams({
    client_id: github.app.clientId,
    redirect_uri: "https://gate.example.com/in",
    state: "s2",
  });
  const answer = await fetch(`${github.url}/login/oauth/authorize?${query.toString()}`, { redirect: "manual" });
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.searchParams.get("state")).toBe("s2");
  const exchange = async () => {
    const code = location.searchParams.get("code") ?? "";
    const body = new URLSearchParams({ client_id: github.app.clientId, client_secret: github.app.clientSecret, code });
    const headers = { accept: "application/json" };
    const token = await fetch(`${github.url}/login/oauth/access_token`, { method: "POST", headers, body });
    return (await token.json()) as Record<string, string>;
  };
  const { access_token = "" } = await exchange();
  expect((await client(github, access_token).users.getAuthenticated()).data.login).toBe("ann");
  expect(await exchange()).toMatchObject({ error: "bad_verification_code" });
  expect(github.violations).toEqual([]);
});

test("people see what they may see", async () => {
  const get = (login: string) => refusal(asUser(github, login).repos.get({ owner: "octo", repo: "orders" }));
  orders.collaborator("bob", "read");
  expect([await get("bob"), await get("eve")]).toMatchObject([null, { status: 404 }]);
});
