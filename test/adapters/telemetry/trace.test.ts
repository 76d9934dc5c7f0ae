import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { MockOtlpServer } from "@elastic/mockotlpserver";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { openTelemetry } from "../../../adapters/telemetry/trace.ts";
import { plainStage } from "../../../core/stage.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0)) await close();
});

describe("without an endpoint", () => {
  test.each([
    { says: "nothing is set", env: {} },
    { says: "the endpoint is empty", env: { OTEL_EXPORTER_OTLP_ENDPOINT: "" } },
    {
      says: "the SDK is disabled",
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "TRUE" },
    },
    {
      says: "the exporter is none",
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_TRACES_EXPORTER: "none" },
    },
  ])("no trace is taken when $says", async ({ env }) => {
    const telemetry = await openTelemetry(env, {});
    expect(telemetry.stage).toBe(plainStage);
    expect(await telemetry.shutdown(0)).toBeNull();
  });

  test("a gRPC endpoint is said to be unusable", async () => {
    const telemetry = await openTelemetry(
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
      {},
    );
    expect(await telemetry.shutdown(0)).toBe("No trace was sent: set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf.");
  });
});

describe("with a real receiver", () => {
  test("one trace arrives: the run, and a span for each stage under the one that started it", async () => {
    const received = await receiver();
    const telemetry = await openTelemetry(process.env, { "service.version": "1.2.3" });
    telemetry.describe({ "countersign.change.id": "github.com/o/r#41" });
    const answer = await telemetry.stage("read", () =>
      telemetry.stage("read-blobs", () => 41, { "countersign.files": 3 }),
    );
    await telemetry.stage("review", () => "done");
    expect(answer).toBe(41);
    expect(await telemetry.shutdown(2_000)).toBeNull();

    const { resource, spans } = spansOf(received);
    expect(resource).toMatchObject({ "service.name": "countersign", "service.version": "1.2.3" });
    const run = spans.find((span) => span.name === "countersign");
    const read = spans.find((span) => span.name === "read");
    expect(run?.attributes).toEqual({ "countersign.change.id": "github.com/o/r#41" });
    expect(spans.map((span) => [span.name, span.parent])).toEqual([
      ["read-blobs", read?.id],
      ["read", run?.id],
      ["review", run?.id],
      ["countersign", ""],
    ]);
    expect(spans.find((span) => span.name === "read-blobs")?.attributes).toEqual({ "countersign.files": "3" });
    expect(new Set(spans.map((span) => span.trace)).size).toBe(1);
  });

  test("the caller's span is the parent, and the service's name is the caller's choice", async () => {
    const received = await receiver();
    vi.stubEnv("OTEL_SERVICE_NAME", "gate-of-orders");
    vi.stubEnv("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    const telemetry = await openTelemetry(process.env, {});
    await telemetry.shutdown(2_000);
    const { resource, spans } = spansOf(received);
    expect(resource).toMatchObject({ "service.name": "gate-of-orders" });
    expect(spans).toMatchObject([{ trace: "0af7651916cd43dd8448eb211c80319c", parent: "b7ad6b7169203331" }]);
  });

  test.each([
    "",
    "01-x",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zzz",
  ])("a broken TRACEPARENT (%j) starts a trace of its own", async (traceparent) => {
    const received = await receiver();
    vi.stubEnv("TRACEPARENT", traceparent);
    await (await openTelemetry(process.env, {})).shutdown(2_000);
    expect(spansOf(received).spans).toMatchObject([{ parent: "" }]);
  });

  test("values are one inert line without secrets", async () => {
    const received = await receiver();
    const telemetry = await openTelemetry(process.env, {});
    const token = ["ghp", "x7Kq2Lm9Zt4Rw8Vb3Nc6Jd1Hf5Gs0PaYeUiO"].join("_");
    await telemetry.stage("read", () => 1, { branch: `a\n::error::b\u202e${token}` });
    await telemetry.shutdown(2_000);
    expect(JSON.stringify(received)).not.toContain(token);
    expect(spansOf(received).spans[0]?.attributes["branch"]).toMatch(/^a ::error::b[^\n\u202e]*$/);
  });

  test("an error goes through, and its span says only of what kind it was", async () => {
    const received = await receiver();
    const telemetry = await openTelemetry(process.env, {});
    const failure = new TypeError("quotes the change");
    await expect(telemetry.stage("read", () => Promise.reject(failure))).rejects.toBe(failure);
    await telemetry.shutdown(2_000);
    expect(spansOf(received).spans[0]?.attributes).toEqual({ "error.type": "TypeError" });
    expect(JSON.stringify(received)).not.toContain("quotes the change");
  });
});

describe("fault row 71: the gate goes on, bounded in time, with one notice that counts what was dropped", () => {
  test.each([
    {
      says: "down",
      listener: null,
      notice: /^The trace was not delivered: .*ECONNREFUSED.*\. 2 spans were dropped\.$/,
    },
    { says: "silent", listener: () => undefined, notice: /2 spans were dropped\.$/ },
    {
      says: "slow with its answer",
      listener: ((_, response) => void response.writeHead(200).write("x")) satisfies RequestListener,
      notice: /2 spans were dropped\.$/,
    },
    {
      says: "refusing (400)",
      listener: answer(400),
      notice: /^The trace was not delivered: .+\. 2 spans were dropped\.$/,
    },
    { says: "refusing (401)", listener: answer(401), notice: /2 spans were dropped\.$/ },
    { says: "out of disk (507)", listener: answer(507), notice: /2 spans were dropped\.$/ },
    { says: "busy (503)", listener: answer(503), notice: /2 spans were dropped\.$/ },
    {
      says: "resetting the connection",
      listener: ((request) => void request.socket.destroy()) satisfies RequestListener,
      notice: /2 spans were dropped\.$/,
    },
  ])("a collector that is $says", async ({ listener, notice }) => {
    vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", await collector(listener));
    const telemetry = await openTelemetry(process.env, {});
    expect(await telemetry.stage("read", () => 41)).toBe(41);
    const began = performance.now();
    expect(await telemetry.shutdown(300)).toMatch(notice);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  test("an endpoint that is no URL", async () => {
    vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "not a url");
    const telemetry = await openTelemetry(process.env, {});
    expect(await telemetry.stage("read", () => 41)).toBe(41);
    expect(await telemetry.shutdown(300)).toMatch(/^(The trace was not delivered|No trace was sent)/);
  });
});

/** Starts the receiver, points the environment at it, and gives the list that its requests are put into. */
async function receiver(): Promise<unknown[]> {
  const requests: unknown[] = [];
  const server = new MockOtlpServer({
    services: ["http"],
    httpHostname: "127.0.0.1",
    httpPort: 0,
    logLevel: "warn",
    onTrace: (request) => requests.push(JSON.parse(JSON.stringify(request))),
  });
  await server.start();
  closers.push(() => server.close());
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", String(server.httpUrl));
  return requests;
}

const Attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, String(Object.values(value)[0])])));
/** Protobuf's JSON has ids in base64. */
const Id = z
  .string()
  .default("")
  .transform((id) => Buffer.from(id, "base64").toString("hex"));
const Trace = z.object({
  resourceSpans: z.tuple([
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.tuple([
        z.object({
          spans: z.array(
            z.object({ name: z.string(), traceId: Id, spanId: Id, parentSpanId: Id, attributes: Attributes }),
          ),
        }),
      ]),
    }),
  ]),
});

function spansOf(requests: unknown[]) {
  expect(requests).toHaveLength(1);
  const [
    {
      resource,
      scopeSpans: [{ spans }],
    },
  ] = Trace.parse(requests[0]).resourceSpans;
  return {
    resource: resource.attributes,
    spans: spans.map((span) => ({
      name: span.name,
      id: span.spanId,
      parent: span.parentSpanId,
      trace: span.traceId,
      attributes: span.attributes,
    })),
  };
}

function answer(status: number): RequestListener {
  return (request, response) =>
    void request.resume().on("end", () => response.writeHead(status).end("<html>\n::error::x"));
}

/** The address of a collector that behaves badly, or of none at all. */
async function collector(listener: RequestListener | null): Promise<string> {
  const server: Server = createServer(listener ?? (() => undefined));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  if (listener === null) await close();
  else closers.push(close);
  return `http://127.0.0.1:${port}`;
}
