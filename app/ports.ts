import type { InstallationClient } from "../adapters/github/installation.ts";
import type { Store } from "../adapters/store/store.ts";
import type { Clock } from "../core/clock.ts";
import type { Stage } from "../core/stage.ts";

/** What the App is lent. Tests lend it wrapped ones that fail at any call; nothing in the product knows of that. */
export interface AppPorts {
  store: Store;
  /** What one installation may ask of GitHub, with its own budget. The same object for the same id. */
  installation: (id: number) => InstallationClient;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  stage: Stage;
  /** Names this process among the instances: the owner of its leases. */
  instance: string;
}

/** Structured lines. Every value is made inert and redacted by the log itself. */
export interface Log {
  info: (event: string, fields?: LogFields) => void;
  warn: (event: string, fields?: LogFields) => void;
  error: (event: string, error: unknown, fields?: LogFields) => void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Counters, gauges and histograms by name; `/metrics` prints them as Prometheus does. */
export interface Metrics {
  count: (name: string, labels?: MetricLabels, by?: number) => void;
  gauge: (name: string, value: number, labels?: MetricLabels) => void;
  observe: (name: string, seconds: number, labels?: MetricLabels) => void;
}
export type MetricLabels = Readonly<Record<string, string>>;
