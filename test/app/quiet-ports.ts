import type { Log, Metrics } from "../../app/ports.ts";

/** Lines of the log that a test may look at. */
export interface KeptLog extends Log {
  lines: { level: "info" | "warn" | "error"; event: string; error?: unknown; fields: unknown }[];
}

export function keptLog(): KeptLog {
  const lines: KeptLog["lines"] = [];
  return {
    lines,
    info: (event, fields) => lines.push({ level: "info", event, fields }),
    warn: (event, fields) => lines.push({ level: "warn", event, fields }),
    error: (event, error, fields) => lines.push({ level: "error", event, error, fields }),
  };
}

export const noMetrics: Metrics = { count: () => undefined, gauge: () => undefined, observe: () => undefined };
