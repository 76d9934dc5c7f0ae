import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { metricRows, type MetricRow } from "../../../app/metrics/metric-table.ts";
import { newRegistry } from "../../../app/metrics/registry.ts";

const rows: readonly MetricRow[] = [
  { name: "a_total", kind: "counter", labels: ["way"], says: "One\\two\nthree." },
  { name: "b", kind: "gauge", labels: [], says: "B." },
  { name: "c_seconds", kind: "histogram", labels: [], says: "C." },
  { name: "countersign_metrics_dropped_total", kind: "counter", labels: [], says: "D." },
];

const lines = (registry: ReturnType<typeof newRegistry>) => registry.text().split("\n");

test("counters, gauges and histograms are printed as Prometheus reads them", () => {
  const registry = newRegistry(rows);
  registry.count("a_total", { way: "in" });
  registry.count("a_total", { way: "in" }, 2);
  registry.count("a_total", { way: 'a "b"\\\n' });
  registry.gauge("b", 7);
  registry.gauge("b", 0.5);
  for (const seconds of [0.001, 0.005, 0.2, 2000]) registry.observe("c_seconds", seconds);
  expect(registry.text()).toMatchSnapshot();
});

test("what never happened is 0, and what was never measured is not there", () => {
  expect(lines(newRegistry(rows))).toContain("countersign_metrics_dropped_total 0");
  expect(lines(newRegistry(rows))).toContain("c_seconds_count 0");
  expect(newRegistry(rows).text()).not.toContain("\nb ");
});

test.each([
  { says: "an unknown name", run: (registry: ReturnType<typeof newRegistry>) => registry.count("z") },
  {
    says: "another kind",
    run: (registry: ReturnType<typeof newRegistry>) => registry.gauge("a_total", 1, { way: "" }),
  },
  { says: "a missing label", run: (registry: ReturnType<typeof newRegistry>) => registry.count("a_total") },
  { says: "another label", run: (registry: ReturnType<typeof newRegistry>) => registry.count("a_total", { who: "a" }) },
  {
    says: "one label more",
    run: (registry: ReturnType<typeof newRegistry>) => registry.count("a_total", { way: "", who: "a" }),
  },
])("$says is dropped, and that is counted", ({ run }) => {
  const registry = newRegistry(rows);
  run(registry);
  expect(lines(registry)).toContain("countersign_metrics_dropped_total 1");
  expect(registry.text()).not.toContain("a_total{");
});

test("values from outside cannot fill the memory", () => {
  const registry = newRegistry(rows);
  for (let index = 0; index < 1000; index += 1) registry.count("a_total", { way: String(index) });
  expect(lines(registry).filter((line) => line.startsWith("a_total{"))).toHaveLength(200);
  expect(lines(registry)).toContain("countersign_metrics_dropped_total 800");
});

test("a counter never falls", () => {
  const registry = newRegistry(rows);
  registry.count("a_total", { way: "in" }, 2);
  registry.count("a_total", { way: "in" }, -1);
  expect(lines(registry)).toContain('a_total{way="in"} 2');
});

test("every row has a name by Prometheus's rules, and only once", () => {
  const names = metricRows.map((row) => row.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, kind } of metricRows) {
    expect(name).toMatch(/^(countersign|process)_[a-z_]+$/);
    expect(name.endsWith("_total")).toBe(kind === "counter");
    if (kind === "histogram") expect(name).toMatch(/_seconds$/);
  }
});

test("every metric that the App counts is in the table, with its labels", () => {
  const root = resolve(import.meta.dirname, "../../..");
  const used = globSync("app/**/*.ts", { cwd: root }).flatMap((file) =>
    callsIn(readFileSync(join(root, file), "utf8")),
  );
  expect(used.length).toBeGreaterThan(3);
  const known = metricRows.map(({ name, kind }) => `${kind} ${name}`);
  expect(used.filter((call) => !known.includes(call))).toEqual([]);
});

function callsIn(text: string): string[] {
  const kinds = { count: "counter", gauge: "gauge", observe: "histogram" } as const;
  return [...text.matchAll(/metrics\s*\.(count|gauge|observe)\(\s*"([^"]+)"/g)].map(
    ([, method, name]) => `${kinds[method as keyof typeof kinds]} ${name}`,
  );
}
