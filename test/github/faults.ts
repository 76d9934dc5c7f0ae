import type { Delivery } from "./state.ts";

/** What goes wrong with an answer. */
export type Fault =
  /** Another status than the right one; nothing was done. */
  | { kind: "status"; status: number; message?: string; headers?: Record<string, string>; body?: string }
  /** 403 or 429 as GitHub limits: the hourly one with nothing left, or a secondary one with or without a time to wait. */
  | { kind: "primary-limit"; resetInSeconds: number }
  | { kind: "secondary-limit"; status?: 403 | 429; retryAfterSeconds?: number }
  /** Never answers. `applied`: it was done all the same. */
  | { kind: "hang"; applied?: boolean }
  /** Cuts the connection. */
  | { kind: "reset"; applied?: boolean }
  /** Answers as late. */
  | { kind: "late"; ms: number }
  /** Sends so many bytes of the answer a second. */
  | { kind: "slow"; bytesPerSecond: number }
  /** The right answer, cut off: whole by its headers' word, or no longer JSON. */
  | { kind: "truncated" }
  /** 200 with a page of HTML, or with nothing. */
  | { kind: "html" }
  | { kind: "empty" }
  /** Another body under the headers of the right answer, its ETag among them. */
  | { kind: "other-body"; body: string }
  /** 200 with an error, of all of it or of what is at the path. */
  | { kind: "graphql-error"; message: string; type?: string; path?: readonly (string | number)[] }
  /** A Date header that is wrong by so much. */
  | { kind: "clock-skew"; seconds: number };

export interface FaultRule {
  fault: Fault;
  /** `checks/create`, `graphql`, `git`, or with `*`: `pulls/*`, `*`. */
  route: string;
  /** How many times; without it, always. */
  times?: number;
  /** From 0 to 1; without it, always. */
  probability?: number;
  /** So many right answers first. */
  after?: number;
}

/** Which requests go wrong, and how. The same seed makes the same ones fail. */
export class Faults {
  readonly #rules: Required<FaultRule>[] = [];
  readonly #random: () => number;

  constructor(seed = 1) {
    this.#random = seeded(seed);
  }

  add(rule: FaultRule): void {
    this.#rules.push({ times: Infinity, probability: 1, after: 0, ...rule });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault of this request, if any. Asking counts. */
  of(route: string): Fault | null {
    for (const rule of this.#rules) {
      if (rule.times <= 0 || !fits(rule.route, route)) continue;
      if (rule.after > 0) {
        rule.after -= 1;
        continue;
      }
      if (rule.probability < 1 && this.#random() >= rule.probability) continue;
      rule.times -= 1;
      return rule.fault;
    }
    return null;
  }
}

/** What the network and GitHub do to webhooks. Each is a share of all, from 0 to 1. */
export interface WebhookDial {
  /** Sent twice with one id. */
  duplicate: number;
  /** Sent after some that came later. */
  reorder: number;
  /** Never sent, and known as failed: redelivery mends it. */
  fail: number;
  /** Never sent, and nobody knows. */
  lose: number;
}

export class WebhookFaults {
  dial: WebhookDial = { duplicate: 0, reorder: 0, fail: 0, lose: 0 };
  readonly #random: () => number;
  readonly #once: { event: string; what: keyof WebhookDial; times: number }[] = [];

  constructor(seed = 1) {
    this.#random = seeded(seed);
  }

  /** The next of a kind, as `pull_request.synchronize` or `push`, goes wrong so. */
  next(event: string, what: keyof WebhookDial, times = 1): void {
    this.#once.push({ event, what, times });
  }

  /** None, one, or two of it. */
  sentFor(delivery: Delivery): Delivery[] {
    if (this.#happens(delivery, "lose")) return [];
    return this.#happens(delivery, "duplicate") ? [delivery, { ...delivery }] : [delivery];
  }

  ordered(queue: Delivery[]): Delivery[] {
    const last = queue.at(-1);
    if (last === undefined || queue.length < 2 || !this.#happens(last, "reorder")) return queue;
    const place = Math.floor(this.#random() * queue.length);
    return [...queue.slice(0, place), last, ...queue.slice(place, -1)];
  }

  failureOf(delivery: Delivery): { code: number; says: string } | null {
    if (delivery.redelivery || !this.#happens(delivery, "fail")) return null;
    return { code: 502, says: "failed to connect to host" };
  }

  #happens({ event, action }: Delivery, what: keyof WebhookDial): boolean {
    const named = this.#once.find(
      (each) =>
        each.what === what && each.times > 0 && (each.event === event || each.event === `${event}.${action ?? ""}`),
    );
    if (named !== undefined) named.times -= 1;
    return named !== undefined || (this.dial[what] > 0 && this.#random() < this.dial[what]);
  }
}

function fits(pattern: string, route: string): boolean {
  if (!pattern.endsWith("*")) return pattern === route;
  return route.startsWith(pattern.slice(0, -1));
}

/** mulberry32: small, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
