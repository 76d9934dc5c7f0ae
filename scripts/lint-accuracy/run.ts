import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadParser } from "../../adapters/sandbox/parser.ts";
import type { Parse } from "../../core/lint/index.ts";
import { patterns } from "../../core/lint/patterns.ts";
import { grammars } from "../../core/syntax/index.ts";
import type { LabelledCase } from "./cases.ts";
import { accuracyFolder, figuresFile, readFigures, worse, type Figures, type Row } from "./figures.ts";
import { mapping } from "./mapping.ts";
import { measureCases, ours, sumOf, type Difference } from "./measure-cases.ts";
import { measureMature } from "./measure-mature.ts";
import { isForPeers, peerLook, peersOf } from "./peer-rules.ts";
import { readings } from "./readings.ts";
import { renderFigures } from "./render.ts";
import { suites } from "./suites.ts";

const usage = `npm run accuracy -- lint [--data DIR] [--mature DIR …] [--list RULE] [--write]

  --data DIR     a folder with checkouts of the suites: ${suites.map(({ name }) => name).join(", ")}
  --mature DIR   a checkout of clean code, as DIR or NAME=DIR; may come several times
  --list RULE    each case in which the rule and the label differ
  --write        keep the figures, and put them into docs/accuracy.md
`;

const page = join(import.meta.dirname, "../../docs/accuracy.md");

/** `npm run accuracy -- lint`: true when nothing is worse than it was. */
export async function lintAccuracy(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      mature: { type: "string", multiple: true, default: [] },
      list: { type: "string" },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return true;
  }
  const before = readFigures();
  const parse = await loadParser(grammars);
  const { figures, differences } = await measure(parse, values);
  if (values.list !== undefined) {
    process.stdout.write((differences.get(values.list) ?? []).map(renderDifference).join("\n"));
    return true;
  }
  process.stdout.write(`${renderFigures(figures)}\n`);
  if (values.write) keep(merged(figures, before));
  const fallen = worse(figures.measured, before.measured);
  if (fallen.length > 0) process.stdout.write(`\nWorse than before:\n${fallen.map((line) => `  ${line}\n`).join("")}`);
  return fallen.length === 0;
}

/** The suites of a folder that are there, and the mature code. */
export async function measure(
  parse: Parse,
  { data, mature = [] }: { data?: string | undefined; mature?: readonly string[] },
): Promise<{ figures: Figures; differences: Map<string, Difference[]> }> {
  const found = suites.flatMap((suite) => {
    const folder = folderOf(suite.name, data);
    return folder === null ? [] : [{ suite, folder }];
  });
  const cases: LabelledCase[] = [];
  for (const { suite, folder } of found)
    cases.push(...(await suite.read(folder, new Set(rulesOf(suite.name).map(({ theirs }) => theirs)))));
  const { measured, differences } = measureCases(cases, ours(parse));
  return {
    figures: {
      suites: Object.fromEntries(found.map(({ suite, folder }) => [suite.name, commitOf(folder)])),
      measured: measured.map((row) => ({ ...row, right: rightOf(row, differences.get(row.ours) ?? []) })),
      peers: measurePeers(cases, parse),
      mature: mature.flatMap((folder) => measureMature(folder, parse)),
    },
    differences,
  };
}

function rulesOf(name: string): typeof mapping {
  return mapping.filter(({ suite }) => suite === name);
}

/** In the folder that is named; else in the fixtures; else in an installed package that brings its tests. */
function folderOf(name: string, data: string | undefined): string | null {
  const given = join(data ?? accuracyFolder, name);
  if (existsSync(given)) return given;
  return data === undefined && name === "eslint-plugin-security"
    ? installed("eslint-plugin-security/package.json")
    : null;
}

function installed(file: string): string {
  return dirname(fileURLToPath(import.meta.resolve(file)));
}

function commitOf(folder: string): string | null {
  const file = join(folder, "COMMIT");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

/** Never more than there are: a reading of what is reported no more counts for nothing. */
function rightOf({ suite, theirs, ours: rule }: Omit<Row, "right">, differences: readonly Difference[]): number {
  return differences
    .filter((one) => one.theirs === theirs && one.place.startsWith(`${suite} `))
    .reduce((sum, { place, extra }) => {
      const read = readings.find((reading) => reading.rule === rule && reading.place === place);
      return sum + Math.min(extra, read?.right ?? 0);
    }, 0);
}

function measurePeers(cases: readonly LabelledCase[], parse: Parse): Figures["peers"] {
  return patterns.flatMap(({ rule: { id } }) => {
    const mine = cases.filter(
      (one) =>
        isForPeers(one) && rulesOf(one.suite).some(({ theirs, ours: rule }) => rule === id && theirs === one.theirs),
    );
    if (mine.length === 0 || peersOf(id).length === 0) return [];
    const count = (look: Parameters<typeof measureCases>[1]) =>
      sumOf(measureCases(mine, look).measured.filter((row) => row.ours === id));
    const names = peersOf(id).map((peer) => [peer]);
    const groups = names.length > 1 ? [...names, names.flat()] : names;
    return [
      { ours: id, peer: id, ...count(ours(parse)) },
      ...groups.map((group) => ({ ours: id, peer: group.join(" + "), ...count(peerLook(group)) })),
    ];
  });
}

/** What was not measured this time stays as it was. */
function merged(now: Figures, before: Figures): Figures {
  const isOld = ({ suite }: Row) => !(suite in now.suites);
  const isWhole = Object.keys(before.suites).every((suite) => suite in now.suites);
  return {
    suites: { ...before.suites, ...now.suites },
    measured: [...now.measured, ...before.measured.filter(isOld)],
    peers: isWhole ? now.peers : before.peers,
    mature: now.mature.length > 0 ? now.mature : before.mature,
  };
}

function keep(figures: Figures): void {
  mkdirSync(accuracyFolder, { recursive: true });
  writeFileSync(figuresFile, `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(page, withSection(readFileSync(page, "utf8"), renderFigures(figures)));
}

const marks = {
  start: "<!-- figures of the lint rules: npm run accuracy -- lint --write -->",
  end: "<!-- end of the figures -->",
};

/** The page with the tables between its two marks. */
export function withSection(text: string, tables: string): string {
  const [before, rest] = text.split(marks.start);
  const after = rest?.split(marks.end)[1];
  if (before === undefined || after === undefined) throw new Error("docs/accuracy.md has lost its marks");
  return `${before}${marks.start}\n\n${tables}\n\n${marks.end}${after}`;
}

function renderDifference({ place, found, missed, extra, lines, text }: Difference): string {
  return `----- ${place}: found ${found}, missed ${missed}, extra ${extra}; reported on ${lines.join(", ") || "no line"}\n${text}\n`;
}
