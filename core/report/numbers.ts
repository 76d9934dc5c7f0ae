import type { Ratio } from "../coverage/report.ts";

/** `1 error`, `2 errors`, `1,204 lines`. */
export function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `1204` as `1,204`. Whole numbers only. */
export function grouped(number: number): string {
  const digits = String(Math.abs(number));
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return (number < 0 ? "-" : "") + groups.join(",");
}

/**
 * A ratio as a whole percent, rounded down: `100 %` is said only of all, `0 %` only of none.
 * Null when the total is 0, because nothing was measured.
 */
export function percent({ covered, total }: Ratio): string | null {
  if (total === 0) return null;
  const whole = Math.floor((covered * 100) / total);
  return whole === 0 && covered > 0 ? "<1 %" : `${whole} %`;
}

/** The same with one decimal, for before and after, where a small step must show. */
export function finePercent({ covered, total }: Ratio): string | null {
  if (total === 0) return null;
  const tenths = Math.floor((covered * 1000) / total);
  return tenths === 0 && covered > 0 ? "<0.1 %" : `${(tenths / 10).toFixed(1)} %`;
}

/** A difference of two ratios (-1 to 1) in percentage points: `+0.4`, `−1.2`, `±0.0`. */
export function points(delta: number): string {
  const text = Math.abs(delta * 100).toFixed(1);
  if (text === "0.0") return "±0.0";
  return `${delta < 0 ? "−" : "+"}${text}`;
}

/** `251 of 343 (73 %)`, `251 of 343 added lines (73 %)`; null when there was nothing to measure. */
export function ofTotal(ratio: Ratio, noun = ""): string | null {
  const share = percent(ratio);
  if (share === null) return null;
  return `${grouped(ratio.covered)} of ${grouped(ratio.total)}${noun === "" ? "" : ` ${noun}`} (${share})`;
}

/** Ascending line numbers as ranges, `12–19, 33`; after `most` ranges it says how many lines are left. */
export function lineRanges(lines: readonly number[], most: number): string {
  const ranges = consecutive(lines);
  const shown = ranges.slice(0, most).map(({ start, end }) => (start === end ? `${start}` : `${start}–${end}`));
  const left = ranges.slice(most).reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return shown.join(", ") + (left > 0 ? ` and ${grouped(left)} more` : "");
}

/** Ascending numbers as stretches without a gap. */
export function consecutive(lines: readonly number[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last.end + 1) last.end = line;
    else ranges.push({ start: line, end: line });
  }
  return ranges;
}

/** All of them together; 0 of none. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
