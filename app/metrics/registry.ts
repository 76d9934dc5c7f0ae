import type { MetricLabels, Metrics } from "../ports.ts";
import { metricRows, type MetricRow } from "./metric-table.ts";

/** Metrics that can be printed. */
export interface Registry extends Metrics {
  /**
   * The text format of Prometheus, version 0.0.4: metrics in the order of the table, and below each its series in the
   * order of their labels. https://prometheus.io/docs/instrumenting/exposition_formats/
   */
  text: () => string;
}

/** The content type of that text. */
export const metricsType = "text/plain; version=0.0.4; charset=utf-8";

/** A registry that is empty. It never throws: counting must not end what is counted. */
export function newRegistry(rows: readonly MetricRow[] = metricRows): Registry {
  const families = new Map(rows.map((row) => [row.name, newFamily(row)]));
  const change = (name: string, kind: MetricRow["kind"], labels: MetricLabels, apply: (series: Series) => void) => {
    const family = families.get(name);
    const series = family?.row.kind === kind ? seriesOf(family, labels) : null;
    if (series !== null) apply(series);
    else countDropped(families);
  };
  return {
    count: (name, labels = {}, by = 1) =>
      change(name, "counter", labels, (series) => (series.value += Math.max(0, by))),
    gauge: (name, value, labels = {}) => change(name, "gauge", labels, (series) => (series.value = value)),
    observe: (name, seconds, labels = {}) => change(name, "histogram", labels, (series) => observe(series, seconds)),
    text: () => [...families.values()].map(printed).join(""),
  };
}

/** Upper bounds in seconds: from one write to the disk to what GitHub waits for, and the minutes of a verdict. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

/** More sets of labels than any metric of ours has: a value from outside that became a label would fill the memory. */
const mostSeries = 200;

interface Family {
  row: MetricRow;
  series: Map<string, Series>;
}

interface Series {
  labels: readonly (readonly [string, string])[];
  /** Of a histogram: the sum. */
  value: number;
  /** Of a histogram: how many fell into each bucket, the last without a bound. */
  counts: number[];
}

function newFamily(row: MetricRow): Family {
  const family: Family = { row, series: new Map() };
  // What has never happened is 0 and not absent, so that an alarm on its growth sees the first time.
  if (row.labels.length === 0 && row.kind !== "gauge") seriesOf(family, {});
  return family;
}

/** Null when the labels are not those of the metric, or there are too many sets of them. */
function seriesOf({ row, series }: Family, given: MetricLabels): Series | null {
  const names = Object.keys(given);
  if (names.length !== row.labels.length || names.some((name) => !row.labels.includes(name))) return null;
  const labels = row.labels.map((name) => [name, given[name] ?? ""] as const);
  const key = JSON.stringify(labels.map(([, value]) => value));
  const known = series.get(key);
  if (known !== undefined || series.size >= mostSeries) return known ?? null;
  const made: Series = {
    labels,
    value: 0,
    counts: row.kind === "histogram" ? Array.from({ length: buckets.length + 1 }, () => 0) : [],
  };
  series.set(key, made);
  return made;
}

function observe(series: Series, seconds: number): void {
  const at = buckets.findIndex((bound) => seconds <= bound);
  const bucket = at === -1 ? buckets.length : at;
  series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
  series.value += seconds;
}

function countDropped(families: ReadonlyMap<string, Family>): void {
  const family = families.get("countersign_metrics_dropped_total");
  const series = family === undefined ? null : seriesOf(family, {});
  if (series !== null) series.value += 1;
}

function printed({ row, series }: Family): string {
  if (series.size === 0) return "";
  const lines = [...series.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, each]) => (row.kind === "histogram" ? histogramLines(row.name, each) : [line(row.name, each)]));
  const help = row.says.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${row.name} ${help}\n# TYPE ${row.name} ${row.kind}\n${lines.join("")}`;
}

/** Buckets are cumulative: each counts whatever fell into it and into those below. */
function histogramLines(name: string, series: Series): string[] {
  const bounds = [...buckets.map(String), "+Inf"];
  let sum = 0;
  const below = bounds.map((bound, index) => {
    sum += series.counts[index] ?? 0;
    return line(`${name}_bucket`, { labels: [...series.labels, ["le", bound]], value: sum });
  });
  return [...below, line(`${name}_sum`, series), line(`${name}_count`, { labels: series.labels, value: sum })];
}

function line(name: string, { labels, value }: Pick<Series, "labels" | "value">): string {
  const pairs = labels.map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${numeral(value)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numeral(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}
