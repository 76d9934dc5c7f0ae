import { createHmac, randomUUID } from "node:crypto";
import { appOf, holds, now } from "./find.ts";
import { payloadFault, payloadOf } from "./payloads.ts";
import type { WebhookFaults } from "./faults.ts";
import type { App, Delivery, Happening, Installation, World } from "./state.ts";

/**
 * Sends what happens to the Apps that listen: signed, one after another for each App, each tried once, as GitHub does.
 * https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
 */
export class Webhooks {
  readonly #world: World;
  readonly #faults: WebhookFaults;
  #queue: Delivery[] = [];
  #sending: Promise<void> | null = null;
  /** Holds everything back until `resume`. */
  paused = false;

  constructor(world: World, faults: WebhookFaults) {
    this.#world = world;
    this.#faults = faults;
  }

  tell(happening: Happening): void {
    for (const { app, installation } of this.#listeners(happening)) {
      const delivery = this.#delivery(happening, app, installation);
      for (const each of this.#faults.sentFor(delivery)) this.#enqueue(each);
    }
  }

  /** The same bytes and id once more. A delivery of its own, with the id of the first. */
  redeliver(delivery: Delivery): void {
    this.#enqueue({ ...delivery, id: this.#world.serial(), redelivery: true, status: "pending", statusCode: 0 });
  }

  /** When everything was sent that was to be sent. */
  async settled(): Promise<void> {
    while (this.#sending !== null) await this.#sending;
  }

  resume(): void {
    this.paused = false;
    this.#pump();
  }

  #enqueue(delivery: Delivery): void {
    this.#queue = this.#faults.ordered([...this.#queue, delivery]);
    this.#pump();
  }

  #pump(): void {
    if (this.#sending !== null || this.paused || this.#queue.length === 0) return;
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = null;
      this.#pump();
    });
  }

  async #sendAll(): Promise<void> {
    // What was just done in one turn is all in the queue before the first is sent.
    await Promise.resolve();
    for (let next = this.#queue.shift(); next !== undefined; next = this.paused ? undefined : this.#queue.shift())
      await this.#send(next);
  }

  async #send(delivery: Delivery): Promise<void> {
    const app = appOf(this.#world, delivery.app);
    this.#world.deliveries.push(delivery);
    const began = performance.now();
    const failure = this.#faults.failureOf(delivery);
    const answer = failure ?? (await post(app, delivery));
    delivery.deliveredAt = now(this.#world);
    delivery.duration = Math.round((performance.now() - began) / 10) / 100;
    delivery.statusCode = answer.code;
    delivery.status = answer.says;
  }

  *#listeners({ event, app, installation, repository, organization }: Happening) {
    for (const each of this.#world.installations.values()) {
      const listener = appOf(this.#world, each.app);
      if (listener.webhookUrl === null || (app !== undefined && app !== listener.id)) continue;
      if (installation !== undefined && installation !== each.id) continue;
      // Every App is told of its own installations, and suspended ones of nothing else.
      const own = event === "installation" || event === "installation_repositories";
      if (!own && (each.suspendedAt !== null || !each.events.includes(event))) continue;
      if (repository !== null && !holds(each, repository)) continue;
      if (repository === null && !own && each.account !== organization) continue;
      yield { app: listener, installation: each };
    }
  }

  #delivery(happening: Happening, app: App, installation: Installation): Delivery {
    const { event, action, repository } = happening;
    const payload = payloadOf(this.#world, happening, event === "installation" ? null : installation);
    const fault = payloadFault(event, action, payload);
    if (fault !== null) this.#world.violations.push(`the fake's webhook ${fault}`);
    return {
      ...{ id: this.#world.serial(), guid: randomUUID(), app: app.id, installation: installation.id, event, action },
      ...{ repository: repository?.id ?? null, body: JSON.stringify(payload), redelivery: false },
      ...{ deliveredAt: now(this.#world), duration: 0, statusCode: 0, status: "pending" },
    };
  }
}

/** GitHub waits ten seconds, and takes what comes later for a failure. */
async function post(app: App, { event, guid, body }: Delivery): Promise<{ code: number; says: string }> {
  try {
    const response = await fetch(app.webhookUrl ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/fake",
        "x-github-event": event,
        "x-github-delivery": guid,
        "x-github-hook-id": String(app.id),
        "x-github-hook-installation-target-id": String(app.id),
        "x-github-hook-installation-target-type": "integration",
        "x-hub-signature-256": signature(app.webhookSecret, body),
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return { code: response.status, says: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}` };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { code: timedOut ? 504 : 502, says: timedOut ? "timed out" : "failed to connect to host" };
  }
}

export function signature(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
