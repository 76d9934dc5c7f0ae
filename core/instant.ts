import * as z from "zod";

/** A moment that there was or will be, ISO 8601 with `Z` or an offset. Anything else could not be compared with others. */
export const Instant = z.iso.datetime({ offset: true });

/** Whether `a` is before `b` (negative) or after it (positive), whatever their offsets. What is no instant is before all. */
export function compareInstants(a: string, b: string): number {
  const [first, second] = [milliseconds(a), milliseconds(b)];
  if (first !== second) return first < second ? -1 : 1;
  return first > -Infinity || a === b ? 0 : a < b ? -1 : 1;
}

function milliseconds(text: string): number {
  return Instant.safeParse(text).success ? Date.parse(text) : -Infinity;
}
