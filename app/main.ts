import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import * as z from "zod";
import { openApp, type AppClient } from "../adapters/github/app-token.ts";
import { openInstallations } from "../adapters/github/installation-client.ts";
import { openStore } from "../adapters/store/open-store.ts";
import type { Store } from "../adapters/store/store.ts";
import type { Clock } from "../core/clock.ts";
import { plainStage } from "../core/stage.ts";
import { probotInbox, type OwnApp } from "./inbox/index.ts";
import { ingress } from "./ingress/ingress.ts";
import { lend } from "./lend.ts";
import { jsonLog } from "./log.ts";
import { newRegistry } from "./metrics/registry.ts";
import { watchProcess } from "./metrics/process-metrics.ts";
import { pages } from "./pages/index.ts";
import { policyCheck } from "./policy-check/index.ts";
import type { AppPorts, Log } from "./ports.ts";
import { announcing, publisher, type PublishSettings } from "./publish/index.ts";
import { statusRoutes, webhookRoute } from "./routes.ts";
import { startServer } from "./server.ts";
import type { Settings } from "./settings/settings.ts";
import { systemClock } from "./system-clock.ts";
import { startWorker, type Lent } from "./worker/index.ts";

/** What judges a subject: `evaluator` of app/evaluate, or a test's own. */
export type Judge = (ports: AppPorts, settings: Settings) => Lent["evaluate"];

/** What the App is started with beside its settings. What is left out is the machine's own. */
export interface AppLent {
  judge: Judge;
  /** Takes lines of the log. */
  write: (line: string) => void;
  store?: Store;
  clock?: Clock;
}

/** An App that runs. */
export interface RunningApp {
  address: { host: string; port: number };
  log: Log;
  /**
   * Takes nothing up any more, lets what runs come to an end for some eight seconds, hands the rest on to other instances
   * and to the next start, and resolves within ten.
   */
  stop: () => Promise<void>;
  /** Resolves when it can do nothing any more but stop: its database's thread has ended. */
  failed: Promise<Error>;
}

/** Starts an instance of the App: it wires the rooms, and does nothing itself. Rejects with `StoreFault`, or what listening throws. */
export async function startApp(settings: Settings, lent: AppLent): Promise<RunningApp> {
  const clock = lent.clock ?? systemClock;
  const log = jsonLog({ write: lent.write, now: () => clock.now(), secrets: secretsOf(settings) });
  const metrics = newRegistry();
  const failure = Promise.withResolvers<Error>();
  let isStopping = false;
  const store =
    lent.store ??
    (await openAt(settings, (fault) => {
      isStopping = true;
      log.error("store-died", fault, { fix: "The process ends, so that whoever watches it starts another." });
      failure.resolve(fault);
    }));
  const { apiUrl } = settings.github;
  const app = openApp({ apiUrl, appId: settings.app.id, privateKey: settings.app.privateKey }, clock);
  const ports: AppPorts = {
    ...{ store, clock, log, metrics, stage: plainStage },
    installation: openInstallations({ apiUrl }, app, clock),
    instance: `${hostname()}/${process.pid}/${randomUUID()}`,
  };
  const worker = await startWorking(ports, app, settings, lent.judge);
  const { metricsToken } = settings.choices;
  const server = await startServer({
    ...{ listen: settings.listen, log, clock },
    handlers: [
      webhookRoute(ingress(ports, ingressSettings(settings))),
      statusRoutes(ports, watchProcess(metrics), { metricsToken, isStopping: () => isStopping }),
      pages(ports, settings),
    ],
  }).catch(async (error: unknown) => {
    await worker.stop(1_000);
    await store.close();
    throw error;
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    log.info("stopping");
    await Promise.all([server.stop(drainMs), worker.stop(drainMs)]);
    await store.close();
    log.info("stopped");
  };
  log.info("started", { ...server.address, instance: ports.instance, database: databaseOf(settings) });
  return { address: server.address, log, stop, failed: failure.promise };
}

/** Closing the database comes after it, and all of it within the ten seconds that a container is given. */
const drainMs = 8_000;

/** Well within the ten seconds after which GitHub hangs up. */
const storeMs = 5_000;

function ingressSettings({ webhookSecrets, limits }: Settings) {
  return { secrets: webhookSecrets, bodyBytes: limits.bodyBytes, bodiesAtOnce: limits.bodiesAtOnce, storeMs };
}

async function openAt({ dataFolder, store }: Settings, died: (fault: Error) => void): Promise<Store> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  return openStore(store, died);
}

async function startWorking(ports: AppPorts, app: AppClient, settings: Settings, judge: Judge) {
  const own: OwnApp = { id: settings.app.id, slug: null };
  const { clock, log } = ports;
  const inbox = await probotInbox({ own, clock, log, secret: settings.webhookSecrets[0] });
  void learnSlug(app, own, log);
  const publishing = publishSettings(settings);
  const evaluate = announcing(ports, publishing, judge(ports, settings));
  const [showVerdict, showPolicy] = [publisher(ports, publishing), policyCheck(ports, publishing)];
  const publish: Lent["publish"] = async (evaluation, signal) => {
    await showVerdict(evaluation, signal);
    await showPolicy(evaluation, signal);
  };
  const lent: Lent = { ...lend(ports, app), evaluate, publish };
  return startWorker(ports, lent, inbox, { lanes: settings.limits.evaluationsAtOnce });
}

/**
 * By which name our own doings come back to us. Nothing waits for it; whoever starts the App learns here that GitHub takes
 * its key, or why not.
 */
async function learnSlug(app: AppClient, own: OwnApp, log: Log): Promise<void> {
  try {
    const { value } = await app.get("GET /app", {}, z.object({ slug: z.string() }));
    own.slug = value.slug;
    log.info("known-to-github", { slug: value.slug });
  } catch (error) {
    log.error("unknown-to-github", error, {
      app: own.id,
      fix: "Compare APP_ID and the private key with the App's page.",
    });
  }
}

/** A link that everybody can follow who can sign in; without signing in there is none that stays good. */
function publishSettings({ app, choices, publicUrl }: Settings): PublishSettings {
  if (publicUrl === null || app.client === null) return { app, choices };
  return { app, choices, pageLink: ({ owner, name }, number) => `${publicUrl}/pr/${owner}/${name}/${number}` };
}

function databaseOf({ store }: Settings): string {
  return store.url === undefined ? "sqlite" : "postgresql";
}

/** Everything that no log line may hold. */
function secretsOf({ app, webhookSecrets, choices, store }: Settings): string[] {
  const password = store.url === undefined ? "" : (URL.parse(store.url)?.password ?? "");
  const all = [app.privateKey, ...webhookSecrets, app.client?.secret, choices.metricsToken, store.url, password];
  return all.filter((secret) => typeof secret === "string");
}
