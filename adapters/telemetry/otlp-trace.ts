import { AsyncLocalStorage } from "node:async_hooks";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isSpanContextValid, ROOT_CONTEXT, SpanStatusCode, trace, type Context, type Span } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { plain } from "../../core/report/index.ts";
import type { Stage, StageAttributes } from "../../core/stage.ts";
import type { Telemetry } from "./telemetry.ts";

/**
 * The trace of one run over OTLP (protobuf, HTTP): a span for the run and one for each stage below it. Spans wait in
 * memory and are sent once, by `shutdown`, so that a slow collector never holds a stage up. This module is loaded only
 * when an endpoint is configured.
 */
export function openTrace(env: NodeJS.ProcessEnv, resource: StageAttributes): Telemetry {
  const finished = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "countersign", ...resource }).merge(
      // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES of the process.
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new SimpleSpanProcessor(finished)],
  });
  const tracer = provider.getTracer("countersign");
  const run = tracer.startSpan("countersign", {}, parentContext(env["TRACEPARENT"] ?? ""));
  const describe = (more: StageAttributes) => void run.setAttributes(safeAttributes(more));
  const current = new AsyncLocalStorage<Span>();
  const stage: Stage = (name, work, more = {}) => {
    const parent = trace.setSpan(ROOT_CONTEXT, current.getStore() ?? run);
    const span = tracer.startSpan(name, { attributes: safeAttributes(more) }, parent);
    return current.run(span, () => inSpan(span, work));
  };
  const shutdown = async (timeoutMs: number) => {
    run.end();
    const spans = finished.getFinishedSpans();
    return spans.length === 0 ? null : send(spans, timeoutMs);
  };
  return { stage, describe, shutdown };
}

async function inSpan<T>(span: Span, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Only the kind of error: a message may quote what the change says.
    span.setAttribute("error.type", error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Text from a change reaches people and agents through a trace too, so it is one inert line without secrets. */
function safeAttributes(attributes: StageAttributes): StageAttributes {
  const safe = Object.entries(attributes).map(([key, value]) => [
    key,
    typeof value === "string" ? plain(value) : value,
  ]);
  return Object.fromEntries(safe) as StageAttributes;
}

/** The caller's span as W3C writes it: `00-<trace id>-<span id>-<flags>`. Anything else starts a trace of its own. */
function parentContext(traceparent: string): Context {
  const [version, traceId = "", spanId = "", flags = ""] = traceparent.trim().split("-");
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  const isUsable = version === "00" && flags.length === 2 && isSpanContextValid(parent);
  return isUsable ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

type Spans = ReturnType<InMemorySpanExporter["getFinishedSpans"]>;

async function send(spans: Spans, timeoutMs: number): Promise<string | null> {
  const agents: HttpAgent[] = [];
  const exporter = new OTLPTraceExporter({
    timeoutMillis: timeoutMs,
    httpAgentOptions: (protocol) => {
      const agent = protocol === "https:" ? new HttpsAgent() : new HttpAgent();
      agents.push(agent);
      return agent;
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
  const sent = new Promise<string | null>((resolve) =>
    exporter.export(spans, ({ code, error }: { code: number; error?: Error }) =>
      resolve(code === 0 ? null : (error?.message ?? "unknown error")),
    ),
  );
  const failure = await Promise.race([sent, late]).catch((error: unknown) => String(error));
  clearTimeout(timer);
  // A collector that never finishes its answer must not keep the process alive.
  for (const agent of agents) agent.destroy();
  return failure === null
    ? null
    : `The trace was not delivered: ${plain(failure)}. ${spans.length} spans were dropped.`;
}
