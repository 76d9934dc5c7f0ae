import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../core/clock.ts";
import { metricsType, type Registry } from "./metrics/registry.ts";
import type { AppPorts } from "./ports.ts";
import { pathOf, sendText, type Handler } from "./server.ts";

/** `POST /webhook`, and the two other names under which people look for it. */
export function webhookRoute(take: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Handler {
  return async (request, response) => {
    if (!webhookPaths.includes(pathOf(request))) return false;
    await take(request, response);
    return true;
  };
}

/** Probot's path, and its older one, so that an App that moves here keeps its address. */
const webhookPaths = ["/webhook", "/webhooks", "/api/github/webhooks"];

/** What machines ask: `/healthz` is the process, `/readyz` the database, `/metrics` what docs/operations.md lists. */
export function statusRoutes(
  ports: Pick<AppPorts, "store" | "clock" | "log">,
  registry: Registry,
  { metricsToken, isStopping }: { metricsToken: string | null; isStopping: () => boolean },
): Handler {
  const probe = remembering(ports.clock, () => storeAnswers(ports));
  return async (request, response) => {
    const path = pathOf(request);
    if (path !== "/healthz" && path !== "/readyz" && path !== "/metrics") return false;
    if (request.method !== "GET" && request.method !== "HEAD")
      sendText(response, 405, "Ask with GET.\n", { allow: "GET" });
    else if (path === "/healthz") sendText(response, 200, "alive\n");
    else if (path === "/metrics" && !maySee(request, metricsToken))
      sendText(response, 401, "Send the token of COUNTERSIGN_METRICS_TOKEN.\n", { "www-authenticate": "Bearer" });
    else if (path === "/metrics")
      sendText(response, 200, await measured(ports, registry, probe), { "content-type": metricsType });
    else if (isStopping()) sendText(response, 503, "stopping\n");
    else {
      const isReady = await probe();
      sendText(response, isReady ? 200 : 503, isReady ? "ready\n" : "the database does not answer\n");
    }
    return true;
  };
}

/** Hashes are compared: they have one length, whatever was sent. */
function maySee({ headers }: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ""), digest(`Bearer ${token}`));
}

const patienceMs = 3_000;

type Ports = Pick<AppPorts, "store" | "clock" | "log">;

/** Null when the database did not answer in time, or not at all; that is logged. */
async function asked<T>({ clock, log }: Ports, question: () => Promise<T>): Promise<T | null> {
  const stop = new AbortController();
  const late = clock.sleep(patienceMs, stop.signal).then(
    () => null,
    () => null,
  );
  try {
    return await Promise.race([question(), late]);
  } catch (error) {
    log.error("store-not-ready", error);
    return null;
  } finally {
    stop.abort();
  }
}

/**
 * Whoever asks while it is being found out waits for the same answer, and whoever asks soon after gets it again: finding
 * out writes to the disk, and anybody may ask. A bad answer is soon an old one.
 */
function remembering(clock: Clock, find: () => Promise<boolean>): () => Promise<boolean> {
  let answer: Promise<boolean> | null = null;
  let isGoodAt: (now: number) => boolean = () => false;
  return () => {
    if (answer !== null && isGoodAt(clock.now().getTime())) return answer;
    isGoodAt = () => true;
    answer = find().then((isGood) => {
      const began = clock.now().getTime();
      // A clock that was set back must not make it good for long.
      isGoodAt = (now) => now >= began && now < began + (isGood ? goodForMs : badForMs);
      return isGood;
    });
    return answer;
  };
}

const [goodForMs, badForMs] = [5_000, 1_000];

async function storeAnswers(ports: Ports): Promise<boolean> {
  const answered = await asked(ports, async () => {
    await ports.store.ping();
    return true;
  });
  return answered === true;
}

async function measured(ports: Ports, metrics: Registry, probe: () => Promise<boolean>): Promise<string> {
  const isUp = await probe();
  const deliveries = isUp ? await asked(ports, () => ports.store.deliveries.waiting()) : null;
  const subjects = isUp ? await asked(ports, () => ports.store.subjects.waiting()) : null;
  const now = ports.clock.now().getTime();
  const age = (oldest: string | null): number => (oldest === null ? 0 : Math.max(0, now - Date.parse(oldest)) / 1000);
  metrics.gauge("countersign_store_up", isUp ? 1 : 0);
  if (deliveries !== null) {
    metrics.gauge("countersign_deliveries_waiting", deliveries.count);
    metrics.gauge("countersign_deliveries_oldest_seconds", age(deliveries.oldest));
  }
  if (subjects !== null) {
    metrics.gauge("countersign_subjects_waiting", subjects.count);
    metrics.gauge("countersign_subjects_oldest_seconds", age(subjects.oldest));
  }
  return metrics.text();
}
