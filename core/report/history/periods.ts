import { verdicts, type Verdict } from "../../change/authorship.ts";
import type { MonthTotal } from "../../provenance/index.ts";

/** A month, a quarter, a year or a stretch of ten of them. */
export interface Period {
  /** `2026-01`, `2026 Q1`, `2026`, `2020s`. */
  name: string;
  commits: Record<Verdict, number>;
  lines: Record<Verdict, number> | null;
}

export interface Periods {
  unit: "month" | "quarter" | "year" | "decade";
  periods: Period[];
}

/** The months as they are, or joined to quarters, years or decades when there are more than `most` of them. */
export function periodsOf(months: readonly MonthTotal[], most = mostPeriods): Periods {
  const all = units.map(({ unit, name }) => ({ unit, periods: joined(months, name) }));
  return all.find(({ periods }) => periods.length <= most) ?? all.at(-1) ?? { unit: "month", periods: [] };
}

const mostPeriods = 24;

const units: readonly { unit: Periods["unit"]; name: (month: string) => string }[] = [
  { unit: "month", name: (month) => month },
  { unit: "quarter", name: (month) => `${month.slice(0, 4)} Q${Math.ceil(Number(month.slice(5)) / 3)}` },
  { unit: "year", name: (month) => month.slice(0, 4) },
  { unit: "decade", name: (month) => `${month.slice(0, 3)}0s` },
];

function joined(months: readonly MonthTotal[], nameOf: (month: string) => string): Period[] {
  const periods = new Map<string, Period>();
  for (const { month, commits, lines } of months) {
    const name = nameOf(month);
    const known = periods.get(name);
    periods.set(name, {
      name,
      commits: sumOf(known?.commits, commits),
      lines: lines === null ? null : sumOf(known?.lines ?? undefined, lines),
    });
  }
  return [...periods.values()];
}

function sumOf(a: Record<Verdict, number> | undefined, b: Record<Verdict, number>): Record<Verdict, number> {
  const sum = { ...b };
  if (a !== undefined) for (const verdict of verdicts) sum[verdict] += a[verdict];
  return sum;
}
