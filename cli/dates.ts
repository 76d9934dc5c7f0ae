import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";

/**
 * The instant that a flag names, in seconds since 1970: a date, a date with a time, a month, a year, `today`,
 * `yesterday`, or `<n> <days|weeks|months|years> ago`. A date alone begins or ends with its day: git would take the
 * present time of day. Without a zone it is the local one. Throws a `Problem` for anything else, which git would read
 * as now.
 */
export function readInstant(text: string, flag: string, edge: "begins" | "ends", now: Date): number {
  const words = text.trim().toLowerCase().replaceAll(".", " ").split(" ").filter(Boolean);
  const stretch = calendarStretch(text.trim()) ?? namedDay(words, now) ?? ago(words, now) ?? instant(text.trim());
  if (stretch === null)
    throw new Problem(
      `${flag} takes a date, and ${inertText(JSON.stringify(text), { maxGraphemes: 60 })} is none.`,
      `Write it as \`${flag} 2026-01-31\`, \`2026-01\`, \`2026\`, \`2026-01-31T12:00:00Z\`, \`yesterday\` or \`"6 months ago"\`.`,
    );
  const at = edge === "begins" ? stretch.from : stretch.to - 1000;
  return Math.floor((stretch.to === stretch.from ? stretch.from : at) / 1000);
}

/** From an instant up to another one, in milliseconds; an instant alone is empty. */
interface Stretch {
  from: number;
  to: number;
}

function calendarStretch(text: string): Stretch | null {
  const parts = text.split("-");
  const digits = [4, 2, 2];
  if (parts.length > 3 || !parts.every((part, index) => isDecimal(part, digits[index] ?? 0))) return null;
  const [year = 0, month, day] = parts.map(Number);
  const from = new Date(year, (month ?? 1) - 1, day ?? 1);
  // `2026-02-31` would be the third of March.
  if (from.getFullYear() !== year || from.getMonth() !== (month ?? 1) - 1 || from.getDate() !== (day ?? 1)) return null;
  const to = new Date(from);
  if (month === undefined) to.setFullYear(year + 1);
  else if (day === undefined) to.setMonth(month);
  else to.setDate(day + 1);
  return { from: from.getTime(), to: to.getTime() };
}

function namedDay(words: readonly string[], now: Date): Stretch | null {
  const back = ["today", "yesterday"].indexOf(words[0] ?? "");
  if (words.length !== 1 || back === -1) return null;
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  const to = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back + 1);
  return { from: from.getTime(), to: to.getTime() };
}

function ago(words: readonly string[], now: Date): Stretch | null {
  const [number = "", unit = "", last, ...more] = words;
  if (last !== "ago" || more.length > 0 || number.length > 5 || !isDecimal(number, number.length)) return null;
  const back = Number(number);
  const at = new Date(now);
  const name = unit.endsWith("s") ? unit.slice(0, -1) : unit;
  if (name === "day") at.setDate(at.getDate() - back);
  else if (name === "week") at.setDate(at.getDate() - back * 7);
  else if (name === "month") at.setMonth(at.getMonth() - back);
  else if (name === "year") at.setFullYear(at.getFullYear() - back);
  else if (name === "hour") at.setHours(at.getHours() - back);
  else return null;
  return { from: at.getTime(), to: at.getTime() };
}

/** `2026-01-31T12:00:00Z` and the like, by ISO 8601; a blank may stand for the `T`. */
function instant(text: string): Stretch | null {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?$/i.test(text)) return null;
  const at = Date.parse(text.toUpperCase().replace(" ", "T"));
  return Number.isNaN(at) ? null : { from: at, to: at };
}

function isDecimal(text: string, digits: number): boolean {
  return text.length === digits && digits > 0 && /^\d+$/.test(text);
}
