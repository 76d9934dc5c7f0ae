import { expect, test } from "vitest";
import type { MonthTotal } from "../../../../core/provenance/index.ts";
import { periodsOf } from "../../../../core/report/history/periods.ts";
import { noneOfEach } from "./sample-history.ts";

/** Months, joined where there are too many for a page. */

function months(count: number, from = 2020 * 12): MonthTotal[] {
  return Array.from({ length: count }, (_, index) => ({
    month: `${Math.floor((from + index) / 12)}-${String(((from + index) % 12) + 1).padStart(2, "0")}`,
    commits: { ...noneOfEach, undeclared: 1 },
    lines: { ...noneOfEach, undeclared: 10 },
  }));
}

test.each([
  { says: "none", count: 0, unit: "month", first: undefined, rows: 0 },
  { says: "24 months stand as they are", count: 24, unit: "month", first: "2020-01", rows: 24 },
  { says: "25 are quarters", count: 25, unit: "quarter", first: "2020 Q1", rows: 9 },
  { says: "73 are years", count: 73, unit: "year", first: "2020", rows: 7 },
  { says: "300 are decades", count: 300, unit: "decade", first: "2020s", rows: 3 },
])("$says", ({ count, unit, first, rows }) => {
  const joined = periodsOf(months(count));
  expect({ unit: joined.unit, first: joined.periods[0]?.name, rows: joined.periods.length }).toEqual({
    unit,
    first,
    rows,
  });
  const sum = joined.periods.reduce((total, period) => total + period.commits.undeclared, 0);
  const lines = joined.periods.reduce((total, period) => total + (period.lines?.undeclared ?? 0), 0);
  expect({ sum, lines }).toEqual({ sum: count, lines: count * 10 });
});

test("a quarter has three months", () => {
  const { periods } = periodsOf(months(27));
  expect(periods.slice(0, 2).map(({ name, commits }) => [name, commits.undeclared])).toEqual([
    ["2020 Q1", 3],
    ["2020 Q2", 3],
  ]);
});

test("lines that are unknown stay unknown", () => {
  const unknown = months(30).map((month) => ({ ...month, lines: null }));
  expect(periodsOf(unknown).periods.every(({ lines }) => lines === null)).toBe(true);
});
