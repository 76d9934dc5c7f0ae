import { parse } from "yaml";
import { loadPolicy } from "../core/policy/index.ts";
import { allLintRules } from "../core/rules.ts";

/**
 * How long it takes to load a policy of 300 lines, beside the mere parse of the same text by the YAML library. Both once in
 * a fresh state of the process and many times over; CPU seconds of this process, the cheapest of several runs.
 */
const text = policyOf(300);
const load = () => {
  const loaded = loadPolicy(text, { file: "bench.yml", lintRules: allLintRules });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems[0]));
};
const onlyParse = () => void parse(text);

const rows = [
  { name: "parse, first time", ms: costOf(onlyParse, 1, 1) },
  { name: "load, first time", ms: costOf(load, 1, 1) },
  { name: "parse, warm", ms: costOf(onlyParse, 50, 7) },
  { name: "load, warm", ms: costOf(load, 50, 7) },
];
const warm = rows[2]?.ms ?? NaN;
console.log(`\n## a policy of ${text.split("\n").length} lines, ${text.length} characters\n`);
console.log("| | CPU ms | ÷ parse, warm |\n|---|---|---|");
for (const { name, ms } of rows) console.log(`| ${name} | ${ms.toFixed(2)} | ${(ms / warm).toFixed(2)} |`);

/** CPU milliseconds of one call: the cheapest of several rounds. Noise only adds. */
function costOf(run: () => void, times: number, rounds: number): number {
  const costs = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (let time = 0; time < times; time += 1) run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / times;
  });
  return Math.min(...costs);
}

/** Areas with owners, and rules with conditions, expressions and approvals, until there are enough lines. */
function policyOf(lines: number): string {
  const areas = Array.from({ length: 20 }, (_, index) => [
    `  area-${index}:`,
    `    paths: ["src/part-${index}/**", "lib/part-${index}/**"]`,
    `    tier: ${(index % 3) + 1}`,
    `    owners: { teams: [acme/team-${index}] }`,
  ]).flat();
  const head = ["version: 1", "mode: enforce", "areas:", ...areas, "rules:"];
  const rules = Array.from({ length: Math.ceil((lines - head.length) / 9) }, (_, index) => [
    `  - id: rule-${index}`,
    "    when:",
    "      ai: true",
    `      area: [area-${index % 20}, area-${(index + 1) % 20}]`,
    `      if: change.size.added_lines > ${index} && change.provenance.acceptance == "as-is"`,
    "    require:",
    "      owner_approval: { per: area, count: 1 }",
    "      coverage: { patch_lines: 80, no_report: warn }",
    "      findings: { max_errors: 0, max_warnings: 3 }",
  ]).flat();
  return [...head, ...rules].slice(0, lines).join("\n");
}
