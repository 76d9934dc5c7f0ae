import { plainStage, type StageAttributes } from "../../core/stage.ts";
import type { Telemetry } from "./telemetry.ts";

/**
 * Opens the one trace of a run when an OTLP endpoint is configured in the environment (OTEL_EXPORTER_OTLP_ENDPOINT or
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT); otherwise nothing is loaded and nothing is recorded. `resource` says what
 * sends it, beside the service's name: `service.version`. OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER=none, OTEL_SERVICE_NAME and TRACEPARENT count as the standard says; the
 * exporter reads its other settings (headers, certificates, compression) from the process's own environment.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export async function openTelemetry(env: NodeJS.ProcessEnv, resource: StageAttributes): Promise<Telemetry> {
  if (!isWanted(env)) return silent(null);
  const protocol = env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? env["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "";
  if (protocol === "grpc") return silent("No trace was sent: set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf.");
  try {
    const { openTrace } = await import("./otlp-trace.ts");
    return openTrace(env, resource);
  } catch {
    return silent(
      "No trace was sent: OpenTelemetry could not be started with the OTEL_* settings of this environment.",
    );
  }
}

function isWanted(env: NodeJS.ProcessEnv): boolean {
  const endpoint = env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || env["OTEL_EXPORTER_OTLP_ENDPOINT"] || "";
  const isOff = env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_TRACES_EXPORTER"] === "none";
  return endpoint !== "" && !isOff;
}

function silent(notice: string | null): Telemetry {
  return { stage: plainStage, describe: () => undefined, shutdown: () => Promise.resolve(notice) };
}
