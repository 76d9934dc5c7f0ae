import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { StoreFault, type Store } from "../../../adapters/store/store.ts";
import type { IngressSettings } from "../../../app/ingress/ingress.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { bytes, deliver, push, secret, serveIngress, sign } from "./serve.ts";

const running: { stop: () => Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((each) => each.stop())));

async function serve(store: Store = modelStore(), over: Partial<IngressSettings> = {}) {
  const server = await serveIngress(store, over);
  running.push(server);
  const count = (outcome: string): number => {
    const line = server.metrics
      .text()
      .match(new RegExp(`countersign_deliveries_total\\{outcome="${outcome}"\\} (\\d+)`));
    return Number(line?.[1] ?? 0);
  };
  const stored = () => store.deliveries.claim("test", 1000, "9999-01-01T00:00:00.000Z", "9999-01-02T00:00:00.000Z");
  return { ...server, store, count, stored };
}

/** The ways in which others write the signature. */
const signatures: { says: string; header: (right: string) => string | string[] | undefined }[] = [
  { says: "missing", header: () => undefined },
  { says: "empty", header: () => "" },
  { says: "of another secret", header: () => sign(push(), "another secret") },
  { says: "of no secret", header: () => sign(push(), "") },
  { says: "of another body", header: () => sign(`${push()} `) },
  { says: "of SHA-1 alone", header: (right) => right.replace("sha256=", "sha1=").slice(0, 45) },
  { says: "cut short", header: (right) => right.slice(0, -1) },
  { says: "too long", header: (right) => `${right}0` },
  { says: "in capitals", header: (right) => `sha256=${right.slice(7).toUpperCase()}` },
  { says: "with another name", header: (right) => `SHA256=${right.slice(7)}` },
  { says: "without a name", header: (right) => right.slice(7) },
  { says: "given twice", header: (right) => [right, right] },
  { says: "followed by a space", header: (right) => `${right} ,` },
];

describe("row 2: a signature that is", () => {
  test.each(signatures)("$says is answered 401, and nothing of it is kept", async ({ header }) => {
    const { port, stored, logged, count } = await serve();
    const body = push({ canary: "hunter2" });
    const right = sign(body);
    const { status, text } = await deliver(port, body, {
      "x-hub-signature-256": header(right),
      "x-hub-signature": "sha1=0000000000000000000000000000000000000000",
    });
    expect(status).toBe(401);
    expect(text.length).toBeLessThan(200);
    expect(await stored()).toEqual([]);
    expect(count("bad-signature")).toBe(1);
    expect(logged.join("")).not.toContain("hunter2");
    expect(logged.join("").length).toBeLessThanOrEqual(200);
  });
});

describe("row 3: a body that is", () => {
  const limit = 2 ** 20;

  test("as large as can be is taken", async () => {
    const { port } = await serve(modelStore(), { bodyBytes: limit });
    const body = push().padEnd(limit, " ");
    expect((await deliver(port, body)).status).toBe(202);
  });

  test("one byte larger is answered 413, unread", async () => {
    const { port, count } = await serve(modelStore(), { bodyBytes: limit });
    const { status, headers } = await deliver(port, push().padEnd(limit + 1, " "));
    expect({ status, connection: headers.connection }).toEqual({ status: 413, connection: "close" });
    expect(count("too-large")).toBe(1);
  });

  test("one byte larger, without its length, is answered 413", async () => {
    const { port } = await serve(modelStore(), { bodyBytes: limit });
    expect((await deliver(port, bytes(limit + 1), { "x-hub-signature-256": sign("") })).status).toBe(413);
  });

  test("without end is answered 413, and cut off", async () => {
    const { port } = await serve(modelStore(), { bodyBytes: limit });
    const began = performance.now();
    const { status } = await deliver(port, bytes(1e12), { "x-hub-signature-256": sign("") });
    expect(status).toBe(413);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("shorter than it says, dripping in, or behind headers that drip in is answered 408 in the end", async () => {
    const { port, stored } = await serve();
    const drip = (text: string) => async (send: (text: string) => void) => {
      for (let at = 0; at < 60; at += 1) {
        send(text);
        await wait(200);
      }
    };
    const answers = await Promise.all([
      raw(port, `${requestHead({ "content-length": 1000 })}${push()}`),
      raw(port, requestHead({ "content-length": 1000 }), drip(" ")),
      raw(port, "POST /webhook HTTP/1.1\r\nhost: a\r\n", drip("x-a: a\r\n")),
    ]);
    for (const { text, ms } of answers) {
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
      expect(ms).toBeLessThan(12_000);
    }
    expect(await stored()).toEqual([]);
  });

  test("longer than it says ends with its length", async () => {
    const { port, stored } = await serve();
    const signed = requestHead({ "content-length": push().length, "x-hub-signature-256": sign(push()) });
    // The rest is the next request, which is none; Node may say so first.
    expect((await raw(port, `${signed}${push()}hello`)).text).toContain("HTTP/1.1 400 ");
    for (const { body } of await stored()) expect(body).toBe(push());
  });

  test.each([
    { says: "two lengths", head: "content-length: 5\r\ncontent-length: 6\r\n" },
    { says: "a length and chunks", head: "content-length: 5\r\ntransfer-encoding: chunked\r\n" },
    { says: "a length that is no number", head: "content-length: 5x\r\n" },
    { says: "a negative length", head: "content-length: -5\r\n" },
    { says: "headers of 20 kB", head: `x-a: ${"a".repeat(20_000)}\r\n` },
  ])("told with $says is refused", async ({ head }) => {
    const { port, stored } = await serve();
    const { text } = await raw(port, `POST /webhook HTTP/1.1\r\nhost: a\r\n${head}\r\nhello`);
    expect(text).toMatch(/^HTTP\/1\.1 4(00|31) /);
    expect(await stored()).toEqual([]);
  });
});

test("row 5: the same delivery fifty times at once is one", async () => {
  const { port, stored, count } = await serve();
  const id = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => deliver(port, push(), { "x-github-delivery": id })),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
  expect(await stored()).toHaveLength(1);
  expect([count("stored"), count("known")]).toEqual([1, 49]);
});

test("row 6: another body under a known id is 409, and a finding", async () => {
  const { port, store, stored, count } = await serve();
  const id = randomUUID();
  expect((await deliver(port, push(), { "x-github-delivery": id })).status).toBe(202);
  expect((await deliver(port, push({ forced: true }), { "x-github-delivery": id })).status).toBe(409);
  const kept = await stored();
  expect(kept.map((delivery) => delivery.body)).toEqual([push()]);
  expect(count("other-body")).toBe(1);
  expect(await store.audit.read(0, 10)).toEqual([expect.objectContaining({ kind: "delivery-other-body" })]);
});

test("row 7: an old body under a new id is taken: judging again changes nothing", async () => {
  const { port, stored } = await serve();
  expect((await deliver(port, push())).status).toBe(202);
  expect((await deliver(port, push())).status).toBe(202);
  const hashes = (await stored()).map((delivery) => delivery.bodyHash);
  expect(hashes).toHaveLength(2);
  expect(new Set(hashes).size).toBe(1);
});

test("row 8: a body under another event's name is 400, and a finding", async () => {
  const { port, store, stored, count, logged } = await serve();
  const body = push({ canary: "hunter2" });
  expect((await deliver(port, body, { "x-github-event": "pull_request" })).status).toBe(400);
  expect(await stored()).toEqual([]);
  expect(count("wrong-shape")).toBe(1);
  const [entry] = await store.audit.read(0, 10);
  expect(entry).toMatchObject({ kind: "delivery-refused", tenant: "app" });
  expect(JSON.parse(entry?.detail ?? "")).toMatchObject({ event: "pull_request", reason: "unexpected action" });
  expect(`${entry?.detail}${logged.join("")}`).not.toContain("hunter2");
});

test("row 8: a finding that the database does not take holds no answer up", async () => {
  const store = modelStore();
  const silent = { ...store, audit: { ...store.audit, append: () => new Promise<never>(() => undefined) } };
  const { port, logged } = await serve(silent, { storeMs: 200 });
  expect((await deliver(port, push(), { "x-github-event": "pull_request" })).status).toBe(400);
  expect(logged.join("")).toContain("audit-not-written");
});

test("row 9: an event that nobody knows is taken as it is", async () => {
  const { port, stored } = await serve();
  const body = JSON.stringify({ action: "sparkled", unicorn: { id: 1 } });
  expect((await deliver(port, body, { "x-github-event": "unicorn_sighting" })).status).toBe(202);
  expect(await stored()).toEqual([expect.objectContaining({ event: "unicorn_sighting", body })]);
});

const deep = "[".repeat(5_000_000);

describe("row 10: a signed body", () => {
  test.each<{ says: string; body: string | Uint8Array; status: number }>([
    { says: "nested five million levels deep", body: `${push().slice(0, -1)},"a":${deep}`, status: 400 },
    {
      says: "nested 65 levels deep",
      body: push().replace(/\}$/, `,"a":${"[".repeat(64)}${"]".repeat(64)}}`),
      status: 400,
    },
    {
      says: "nested 64 levels deep",
      body: push().replace(/\}$/, `,"a":${"[".repeat(63)}${"]".repeat(63)}}`),
      status: 202,
    },
    { says: "with a key twice", body: push().replace("{", '{"ref":{},'), status: 202 },
    { says: "with a key twice, of which the last counts", body: push().replace(/\}$/, ',"ref":{}}'), status: 400 },
    {
      says: "with __proto__",
      body: push().replace("{", '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
      status: 202,
    },
    { says: "that is all in __proto__", body: `{"__proto__":${push()}}`, status: 400 },
    { says: "with NaN", body: push().replace("{", '{"a":NaN,'), status: 400 },
    { says: "with a byte order mark", body: `\ufeff${push()}`, status: 400 },
    {
      says: "in no UTF-8",
      body: Buffer.concat([Buffer.from(push().slice(0, -1)), Buffer.from(',"a":"\xff"}', "latin1")]),
      status: 400,
    },
    { says: "with half a surrogate pair", body: push({ a: "\ud800" }), status: 202 },
    {
      says: "with half a surrogate pair in bytes",
      body: Buffer.from(`${push().slice(0, -1)},"a":"\xed\xa0\x80"}`, "latin1"),
      status: 400,
    },
    { says: "with the character 0", body: push({ a: "\u0000" }), status: 202 },
    { says: "with the character 0 in bytes", body: push().replace("{", '{"a":"\u0000",'), status: 400 },
    { says: "in two documents", body: `${push()}${push()}`, status: 400 },
    { says: "of nothing", body: "", status: 400 },
    { says: "of null", body: "null", status: 400 },
    { says: "of a list", body: "[]", status: 400 },
    { says: "of a text", body: '"push"', status: 400 },
    { says: "with an id that is a text", body: push({ installation: { id: "9" } }), status: 400 },
    { says: "with an id that is no number of ours", body: push({ repository: { id: 2 ** 53 } }), status: 400 },
    { says: "with a negative id", body: push({ repository: { id: -1 } }), status: 400 },
    { says: "with ids in a list", body: push({ repository: [7] }), status: 400 },
    { says: "of a hook without an installation", body: push({ installation: undefined }), status: 202 },
  ])("$says is answered $status", async ({ body, status }) => {
    const { port, stored } = await serve();
    const answer = await deliver(port, body);
    expect(answer.status).toBe(status);
    expect(await stored()).toHaveLength(status === 202 ? 1 : 0);
    expect("polluted" in {}).toBe(false);
    expect((await deliver(port, push())).status).toBe(202);
  });
});

describe("row 12: when the database", () => {
  const broken = (append: Store["deliveries"]["append"]): Store => {
    const store = modelStore();
    const fault = () => Promise.reject(new StoreFault("The disk is full."));
    return { ...store, ping: fault, deliveries: { ...store.deliveries, append } };
  };

  test("refuses, GitHub is told 503, and readiness is red", async () => {
    const { port, count, logged } = await serve(broken(() => Promise.reject(new StoreFault("The disk is full."))));
    const { status, headers } = await deliver(port, push());
    expect({ status, wait: headers["retry-after"] }).toEqual({ status: 503, wait: "5" });
    expect(count("store-fault")).toBe(1);
    expect(logged.join("")).toContain("The disk is full.");
    expect((await deliver(port, "", {}, { method: "GET", path: "/readyz" })).status).toBe(503);
    expect((await deliver(port, "", {}, { method: "GET", path: "/healthz" })).status).toBe(200);
    const metrics = await deliver(port, "", {}, { method: "GET", path: "/metrics" });
    expect(metrics.text).toContain("\ncountersign_store_up 0\n");
  });

  test("says nothing, GitHub is told 503 in time", async () => {
    const { port } = await serve(
      broken(() => new Promise(() => undefined)),
      { storeMs: 200 },
    );
    const { status, ms } = await deliver(port, push());
    expect(status).toBe(503);
    expect(ms).toBeLessThan(5_000);
  });

  test("stores it too late, the same delivery is taken when it comes again", async () => {
    const store = modelStore();
    let ms = 300;
    const slow: Store["deliveries"]["append"] = async (delivery) => (await wait(ms), store.deliveries.append(delivery));
    const { port, stored } = await serve(
      { ...store, deliveries: { ...store.deliveries, append: slow } },
      { storeMs: 100 },
    );
    const id = randomUUID();
    expect((await deliver(port, push(), { "x-github-delivery": id })).status).toBe(503);
    await wait(300);
    ms = 0;
    expect((await deliver(port, push(), { "x-github-delivery": id })).status).toBe(202);
    expect(await stored()).toHaveLength(1);
  });

  test("has an answer, readiness is green", async () => {
    const { port } = await serve();
    expect((await deliver(port, "", {}, { method: "GET", path: "/readyz" })).text).toBe("ready\n");
  });
});

test("row 13: the same delivery at two instances is stored once", async () => {
  const store = modelStore();
  const [one, two] = [await serve(store), await serve(store)];
  const id = { "x-github-delivery": randomUUID() };
  const answers = await Promise.all([one, two, one, two].map(({ port }) => deliver(port, push(), id)));
  expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202]);
  expect(await one.stored()).toHaveLength(1);
});

test("row 14: during a rotation both secrets are good, and afterwards the new one alone", async () => {
  const fresh = "the secret that comes next: 81d2";
  const by = (key: string) => ({ "x-hub-signature-256": sign(push(), key) });
  const rotating = await serve(modelStore(), { secrets: [fresh, secret] });
  expect((await deliver(rotating.port, push(), by(fresh))).status).toBe(202);
  expect((await deliver(rotating.port, push(), by(secret))).status).toBe(202);
  expect((await deliver(rotating.port, push(), by("another"))).status).toBe(401);
  const after = await serve(modelStore(), { secrets: [fresh] });
  expect((await deliver(after.port, push(), by(fresh))).status).toBe(202);
  expect((await deliver(after.port, push(), by(secret))).status).toBe(401);
});

test.each([
  { says: "GET", options: { method: "GET" }, headers: {}, status: 405 },
  { says: "a form", options: {}, headers: { "content-type": "application/x-www-form-urlencoded" }, status: 415 },
  { says: "no content type", options: {}, headers: { "content-type": undefined }, status: 415 },
  {
    says: "JSON with its encoding",
    options: {},
    headers: { "content-type": "application/json; charset=utf-8" },
    status: 202,
  },
  { says: "no event", options: {}, headers: { "x-github-event": undefined }, status: 400 },
  { says: "an odd event", options: {}, headers: { "x-github-event": "Push!" }, status: 400 },
  { says: "no id", options: {}, headers: { "x-github-delivery": undefined }, status: 400 },
  { says: "an odd id", options: {}, headers: { "x-github-delivery": "../../etc/passwd" }, status: 400 },
  { says: "a long id", options: {}, headers: { "x-github-delivery": "a".repeat(65) }, status: 400 },
  { says: "Probot's path", options: { path: "/api/github/webhooks" }, headers: {}, status: 202 },
  { says: "another path", options: { path: "/webhook/" }, headers: {}, status: 404 },
])("a delivery with $says is answered $status", async ({ options, headers, status }) => {
  const { port, stored } = await serve();
  expect((await deliver(port, push(), headers, options)).status).toBe(status);
  expect(await stored()).toHaveLength(status === 202 ? 1 : 0);
});

test("more at once than there are places are answered 503, and places come free", async () => {
  const [store, answered] = [modelStore(), Promise.withResolvers<undefined>()];
  const append: Store["deliveries"]["append"] = (delivery) =>
    answered.promise.then(() => store.deliveries.append(delivery));
  const { port, count, metrics } = await serve(
    { ...store, deliveries: { ...store.deliveries, append } },
    { bodiesAtOnce: 3 },
  );
  const taken = Array.from({ length: 3 }, () => deliver(port, push()));
  while (!metrics.text().includes("countersign_bodies 3\n")) await wait(10);
  // Nothing that is whole gives way.
  await wait(200);
  expect((await deliver(port, push())).status).toBe(503);
  answered.resolve(undefined);
  expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([202, 202, 202]);
  expect((await deliver(port, push())).status).toBe(202);
  expect(count("busy")).toBe(1);
});

describe("what comes slowly, signed or not,", () => {
  test("gives way to what comes when all places are taken", async () => {
    const { port, count, stored } = await serve(modelStore(), { bodiesAtOnce: 300 });
    const slow = Array.from({ length: 300 }, () => raw(port, `${requestHead({ "content-length": 1000 })}{`));
    await wait(500);
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(port, push())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await stored()).toHaveLength(20);
    const told = await Promise.all(slow);
    expect(told.filter(({ text }) => !text.startsWith("HTTP/1.1 408 "))).toEqual([]);
    expect(count("busy")).toBe(0);
  });

  test("and says nothing at all, gives way when all connections are taken", async () => {
    const { port } = await serve();
    const silent: Socket[] = [];
    for (let round = 0; round < 21; round += 1) {
      const more = Array.from({ length: 100 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
      await Promise.all(more.map((socket) => once(socket, "connect")));
      silent.push(...more);
    }
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(port, push())));
    for (const socket of silent) socket.destroy();
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  });

  test("is not waited for as long as what is sent in one piece", async () => {
    const { port, count } = await serve();
    const { text, ms } = await raw(port, `${requestHead({ "content-length": 1000 })}{`);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeLessThan(9_000);
    expect(count("slow")).toBe(1);
  });

  test("holds up no large delivery", async () => {
    const { port, count } = await serve();
    const [large, some] = [push().padEnd(300_000, " "), push().padEnd(200_000, " ")];
    const slow = Array.from({ length: 4 }, () => raw(port, `${requestHead({ "content-length": 300_000 })}${some}`));
    await wait(300);
    const { status, ms } = await deliver(port, large);
    expect(status).toBe(202);
    expect(ms).toBeLessThan(9_000);
    for (const { text } of await Promise.all(slow)) expect(text).toMatch(/^HTTP\/1\.1 408 /);
    // Whoever gets a large piece when nobody waits for it any more is ended by the limit of a whole request.
    await expect.poll(() => count("slow") + count("gone")).toBe(4);
    expect(count("slow")).toBeGreaterThan(0);
  });
});

test("small deliveries do not wait for large ones", async () => {
  const { port } = await serve();
  const large = push().padEnd(2 ** 20, " ");
  const hanging = Array.from({ length: 5 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  for (const socket of hanging) socket.write(`${requestHead({ "content-length": large.length + 1 })}${large}`);
  await wait(300);
  const small = await deliver(port, push());
  expect(small.status).toBe(202);
  expect(small.ms).toBeLessThan(5_000);
  for (const socket of hanging) socket.destroy();
  expect((await deliver(port, large)).status).toBe(202);
});

function requestHead(headers: Record<string, string | number>): string {
  const all = {
    ...{ host: "a", "content-type": "application/json", "x-github-event": "push", "x-github-delivery": randomUUID() },
    ...{ "x-hub-signature-256": sign(""), ...headers },
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /webhook HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** Everything that comes back on a connection of its own, until it ends. */
function raw(port: number, text: string, then?: (send: (text: string) => void) => Promise<void>) {
  const began = performance.now();
  return new Promise<{ text: string; ms: number }>((resolve) => {
    let came = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(text);
      void then?.((more) => socket.writable && socket.write(more));
    });
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (came += chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ text: came, ms: performance.now() - began }));
  });
}
