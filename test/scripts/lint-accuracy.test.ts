import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadParser } from "../../adapters/sandbox/parser.ts";
import { patterns } from "../../core/lint/patterns.ts";
import { grammars } from "../../core/syntax/index.ts";
import {
  complaints,
  floors,
  leastReports,
  precisionAfterReading,
  recallOfRows,
  reportsOf,
  unmeasured,
} from "../../scripts/lint-accuracy/demands.ts";
import { readFigures, worse, type Row } from "../../scripts/lint-accuracy/figures.ts";
import { mapping, peers } from "../../scripts/lint-accuracy/mapping.ts";
import { measureCases, sumOf } from "../../scripts/lint-accuracy/measure-cases.ts";
import { readings } from "../../scripts/lint-accuracy/readings.ts";
import { renderFigures } from "../../scripts/lint-accuracy/render.ts";
import { measure, withSection } from "../../scripts/lint-accuracy/run.ts";
import { reportedSpans } from "../../scripts/lint-accuracy/read-ruff.ts";
import { suites } from "../../scripts/lint-accuracy/suites.ts";
import { projectRoot } from "../command-line.ts";

/** `npm run accuracy -- lint`: what the rules find of the cases of others, and what they may therefore say. */

const figures = readFigures();
const rules = patterns.map(({ rule }) => rule);
const rowsOf = (id: string) => figures.measured.filter(({ ours }) => ours === id);

describe("what a rule says of itself", () => {
  test.each(rules.map((rule) => ({ rule, id: rule.id })))("$id says no more than was measured", ({ rule, id }) => {
    expect(complaints(rule, rowsOf(id), verdictsOf(id))).toEqual([]);
  });

  const rule = (over: object) => ({ ...rules.find(({ id }) => id === "broad-catch")!, ...over });
  const row = (found: number, extra: number, right = 0): Row => ({
    ...{ suite: "ruff", theirs: "X", ours: "broad-catch", language: "python", cases: 1, missed: 0 },
    ...{ found, extra, right },
  });
  test("an error asks for nine in ten, of a person's line for more, and so does a high confidence", () => {
    expect(complaints(rule({}), [row(18, 2)], 0)).toEqual([]);
    expect(complaints(rule({}), [row(17, 3)], 0)).toHaveLength(1);
    expect(complaints(rule({}), [row(17, 3, 1)], 0)).toEqual([]);
    expect(complaints(rule({ confidence: "high" }), [row(18, 2)], 0)).toHaveLength(1);
    const severity = { human: "error", aiEdited: "error", aiAsIs: "error" };
    expect(complaints(rule({ severity }), [row(18, 2)], 0)).toHaveLength(1);
  });

  test("a rule with few reports must be listed, and one with many must not", () => {
    expect(complaints(rule({}), [row(9, 0)], 99)).toHaveLength(1);
    expect(complaints(rule({ id: "debug-on" }), [row(10, 0)], 99)).toHaveLength(1);
    expect(complaints(rule({ id: "debug-on" }), [row(9, 0)], 11)).toHaveLength(1);
    expect(complaints(rule({ id: "debug-on" }), [row(9, 0)], 12)).toEqual([]);
    expect(complaints(rule({ id: "debug-on", confidence: "high" }), [row(9, 0)], 12)).toHaveLength(1);
  });
});

describe("what was measured", () => {
  const measured = rules.filter(({ id }) => reportsOf(rowsOf(id)) >= leastReports);
  test.each(measured.map(({ id }) => ({ id })))("$id stays above its floors", ({ id }) => {
    const [precision = 1, recall = 1] = floors[id] ?? [];
    expect(precisionAfterReading(rowsOf(id))).toBeGreaterThanOrEqual(precision);
    expect(recallOfRows(rowsOf(id))).toBeGreaterThanOrEqual(recall);
  });

  test("every floor and every word on what is unmeasured is a rule's", () => {
    const ids = new Set(rules.map(({ id }) => id));
    const named = [
      ...Object.keys(floors),
      ...Object.keys(unmeasured),
      ...Object.keys(peers),
      ...mapping.map(({ ours }) => ours),
      ...readings.map(({ rule }) => rule),
    ];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("every mapped rule of every suite was measured", () => {
    const has = new Set(figures.measured.map(({ suite, theirs, ours }) => `${suite} ${theirs} ${ours}`));
    expect(mapping.filter(({ suite, theirs, ours }) => !has.has(`${suite} ${theirs} ${ours}`))).toEqual([]);
    expect(Object.keys(figures.suites).toSorted()).toEqual(suites.map(({ name }) => name).toSorted());
  });

  test("docs/accuracy.md gives these figures", () => {
    const page = readFileSync(join(projectRoot, "docs/accuracy.md"), "utf8");
    expect(withSection(page, renderFigures(figures))).toBe(page);
  });

  test("what can be measured here is no worse; COUNTERSIGN_LINT_CASES names a folder with more", async () => {
    const parse = await loadParser(grammars);
    const now = await measure(parse, { data: process.env["COUNTERSIGN_LINT_CASES"] });
    expect(now.figures.measured.length).toBeGreaterThan(0);
    expect(worse(now.figures.measured, figures.measured)).toEqual([]);
  });
});

describe("the count", () => {
  const base = { suite: "ruff", theirs: "BLE001", place: "here", files: [{ path: "case.py", text: "" }] };
  const spans = (...lines: number[]) => lines.map((line) => ({ start: line, end: line }));
  const sum = (one: Parameters<typeof measureCases>[0][number], lines: number[]) =>
    sumOf(measureCases([one], () => spans(...lines)).measured);

  test("lines are compared one by one", () => {
    const one = { ...base, label: { kind: "lines" as const, spans: [...spans(1), { start: 4, end: 6 }] } };
    expect(sum(one, [1, 5, 9])).toEqual({ cases: 1, found: 2, missed: 0, extra: 1 });
    expect(sum(one, [])).toEqual({ cases: 1, found: 0, missed: 2, extra: 0 });
  });

  test("numbers of findings are compared as such", () => {
    const one = { ...base, label: { kind: "count" as const, count: 2 } };
    expect(sum(one, [1])).toEqual({ cases: 1, found: 1, missed: 1, extra: 0 });
    expect(sum(one, [1, 2, 3])).toEqual({ cases: 1, found: 2, missed: 0, extra: 1 });
  });

  test("a case of ESLint's tests counts once", () => {
    const one = { ...base, suite: "eslint", theirs: "no-empty", label: { kind: "count" as const, count: 1 } };
    expect(sum({ ...one, files: [{ path: "case.js", text: "" }] }, [1, 2])).toEqual({
      ...{ cases: 1, found: 1, missed: 0, extra: 0 },
    });
  });

  test("a row that finds less, or reports more that is wrong, is worse; one whose cases changed is another", () => {
    const row: Row = {
      ...{ suite: "ruff", theirs: "X", ours: "broad-catch", language: "python" },
      ...{ cases: 3, found: 5, missed: 1, extra: 2, right: 1 },
    };
    expect(worse([row], [row])).toEqual([]);
    expect(worse([{ ...row, found: 4 }], [row])).toHaveLength(1);
    expect(worse([{ ...row, extra: 3 }], [row])).toHaveLength(1);
    expect(worse([{ ...row, cases: 4, found: 4 }], [row])).toEqual([]);
  });

  test("a snapshot of ruff gives the spans of one rule", () => {
    const snapshot = [
      "X001 something",
      " --> case.py:3:1",
      "  |",
      "1 |   try:",
      "3 | / except Exception:",
      "4 | |     pass",
      "  | |________^",
      "",
      "Y002 else",
      " --> case.py:9:1",
    ];
    expect(reportedSpans(snapshot.join("\n"), "X001")).toEqual([{ start: 3, end: 4 }]);
  });
});

/** How many lines of a rule's fixtures say OK or NOT OK. */
function verdictsOf(id: string): number {
  const folder = join(projectRoot, "test/fixtures/lint", id);
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.join("\n").match(/(?:\/\/|#|--|\/\*|<!--) ?(?:NOT )?OK(?::.*)?$/gm)?.length ?? 0;
}
