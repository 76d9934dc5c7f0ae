import type { Hunk } from "./line-map.ts";

/** Whether a change added, rewrote or took away something within these lines of the head; both ends count, from 1. */
export function touches(hunks: readonly Hunk[], start: number, end: number, around = 0): boolean {
  return hunks.some(({ newStart, newLines }) => {
    // What was only taken away stood between two lines of the head: `newStart` and the next.
    if (newLines === 0) return newStart >= start - around && newStart + 1 <= end + around;
    return newStart <= end + around && newStart + newLines - 1 >= start - around;
  });
}
