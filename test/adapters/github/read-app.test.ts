import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { openApp, type AppClient } from "../../../adapters/github/app-token.ts";
import { openInstallations } from "../../../adapters/github/installation-client.ts";
import type { InstallationClient } from "../../../adapters/github/installation.ts";
import {
  askForRedelivery,
  readCoveredRepositories,
  readHookDeliveries,
  readInstallations,
} from "../../../adapters/github/read-app.ts";
import { lend } from "../../../app/lend.ts";
import type { ListedPlace } from "../../../app/worker/index.ts";
import { removeRepositories } from "../../git-repository.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import type { Installation } from "../../github/state.ts";
import { LentClock } from "./lent-clock.ts";

/** What GitHub knows of the App itself, and what its worker is lent of that. */
let github: GitHub;
let app: AppClient;
let clock: LentClock;
let orders: RepositoryHandle;
let installation: Installation;
let client: (id: number) => InstallationClient;

beforeEach(async () => {
  clock = new LentClock();
  github = await startGitHub({ clock: () => clock.now() });
  orders = github.repository("octo/orders", { isPrivate: true, writers: ["mona"] });
  github.repository("octo/billing");
  installation = github.install("octo");
  app = openApp({ apiUrl: github.apiUrl, appId: github.app.id, privateKey: github.app.privateKey }, clock);
  client = openInstallations({ apiUrl: github.apiUrl }, app, clock);
});
afterEach(() => {
  expect(github.violations).toEqual([]);
  github.close();
});
afterAll(removeRepositories);

const signal = new AbortController().signal;
const lent = () => lend({ installation: client }, app);
const place = (): ListedPlace => ({ installation: installation.id, repository: orders.id, purpose: "read" });

test("every installation is listed, with whether it is suspended", async () => {
  github.repository("acme/shop");
  github.suspend(github.install("acme"));
  expect(await readInstallations(app)).toMatchObject([
    { id: installation.id, account: "octo", suspendedAt: null },
    { account: "acme", suspendedAt: expect.any(String) as unknown },
  ]);
});

test("an installation covers its repositories by id, and none when it is gone", async () => {
  const all = [orders.id, github.named("octo/billing").id];
  expect((await readCoveredRepositories(client(installation.id))).sort()).toEqual(all.sort());
  github.uninstall(installation);
  expect(await lent().repositories(installation.id, signal)).toEqual([]);
});

test("what did not arrive is told, and asked for once more", async () => {
  // Nobody listens there.
  github.app.webhookUrl = "http://127.0.0.1:9/webhook";
  const since = clock.now();
  orders.push("main", { files: { "a.ts": "1\n" } });
  await github.settled();
  const [lost] = (await readHookDeliveries(app, since)).attempts;
  expect(lost).toMatchObject({ arrived: false });
  await askForRedelivery(app, lost!.id);
  await github.settled();
  const again = await readHookDeliveries(app, since);
  expect(again.attempts.map(({ guid }) => guid)).toEqual([lost!.guid, lost!.guid]);
  expect(again.isWhole).toBe(true);
  const none = await readHookDeliveries(app, new Date(clock.now().getTime() + 1_000));
  expect(none).toEqual({ attempts: [], isWhole: true });
});

test("of more attempts than are asked for the newest are told, and that there are others", async () => {
  const attempt = (id: number) => ({ id, guid: `${id}`, delivered_at: "2026-03-01T12:00:00Z", status_code: 502 });
  const get: AppClient["get"] = (_route, { cursor }, shape) => {
    const page = Number(cursor ?? 0);
    const next = page === 2 ? null : String(page + 1);
    return Promise.resolve({ value: shape.parse([attempt(page)]), hasNext: next !== null, next });
  };
  const told = async (pages: number) => {
    const { attempts, isWhole } = await readHookDeliveries({ ...app, get }, new Date("2026-03-01T00:00:00Z"), pages);
    return [attempts.map(({ id }) => id), isWhole];
  };
  expect(await told(2)).toEqual([[0, 1], false]);
  expect(await told(3)).toEqual([[0, 1, 2], true]);
});

test("open pull requests are another when anything about them is another, also under a new name", async () => {
  orders.push("refunds", { files: { "a.ts": "1\n" } }, "mona");
  const pull = orders.pullRequest({ head: "refunds" });
  const read = async () => (await lent().openPulls(place(), signal))?.[0];
  const before = await read();
  expect(before).toMatchObject({ number: pull.number, head: pull.head, base: "main" });
  expect(await read()).toEqual(before);
  orders.rename("bestellungen");
  orders.push("refunds", { files: { "a.ts": "2\n" } }, "mona");
  expect((await read())?.fingerprint).not.toBe(before?.fingerprint);
});

test("a repository that is gone has no list", async () => {
  await lent().openPulls(place(), signal);
  orders.delete();
  expect(await lent().openPulls(place(), signal)).toBeNull();
});

test("what GitHub does not tell is no empty list", async () => {
  github.faults.add({ route: "*", fault: { kind: "status", status: 422 } });
  await expect(lent().repositories(installation.id, signal)).rejects.toThrow("422");
  await expect(lent().openPulls(place(), signal)).rejects.toThrow("422");
  await expect(lent().installations(signal)).rejects.toThrow("422");
});
