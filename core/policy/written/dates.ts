import * as z from "zod";
import { problemIssue } from "../schemas.ts";
import { worded, type Wording } from "../wording.ts";

/** A day, `YYYY-MM-DD` in UTC, always in quotes: YAML readers disagree about dates without them. */
export function dateSchema(wording: Omit<Wording, "expects" | "example">) {
  const schema = z.string().check((ctx) => {
    if (isDay(ctx.value)) return;
    const what = "expected a day that exists, year-month-day";
    ctx.issues.push({ ...problemIssue("CS029", what, `Write "${dayIn(ctx.value) ?? example}".`), input: ctx.value });
  });
  const pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
  return worded(schema, { ...wording, expects: 'a day in quotes, "YYYY-MM-DD"', example }, { pattern });
}

const example = "2027-01-15";

/** Whether the text is a day of the calendar, `2027-01-15`. */
export function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // `2027-02-30` is taken for the 2nd of March by some engines.
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(text);
}

/** The day that is meant by `2027-1-5` or by an instant, written as the policy has days; null when there is none. */
export function dayIn(text: string): string | null {
  const [year = "", month = "", day = "", ...more] = text.split(/[Tt ]/, 1)[0]?.split("-") ?? [];
  const written = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  return more.length === 0 && isDay(written) ? written : null;
}

/** A span of time: minutes, hours or days, as `30m`, `4h` or `2d`; at most 30 days. */
export function durationSchema(wording: Omit<Wording, "expects" | "example">) {
  const schema = z.string().check((ctx) => {
    if (durationMs(ctx.value) !== null) return;
    const what = "expected minutes, hours or days, at most 30 days";
    ctx.issues.push({ ...problemIssue("CS030", what, "Write `4h`, `30m` or `2d`."), input: ctx.value });
  });
  const pattern = "^[1-9][0-9]{0,4}[mhd]$";
  return worded(schema, { ...wording, expects: "`30m`, `4h` or `2d`", example: "4h" }, { pattern });
}

/** Milliseconds of `30m`, `4h`, `2d`; null for anything else, and beyond 30 days. */
export function durationMs(text: string): number | null {
  if (!/^[1-9][0-9]{0,4}[mhd]$/.test(text)) return null;
  const ms = Number(text.slice(0, -1)) * (unitsMs[text.slice(-1)] ?? 0);
  return ms <= longestMs ? ms : null;
}

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const longestMs = 30 * 86_400_000;
