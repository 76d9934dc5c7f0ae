import type { Reason } from "./decision.ts";

/** A limit that is reached. */
export function yes(says: string): Reason {
  return { says, state: "yes", fix: null, reasons: [] };
}

/** A limit of which nobody knows whether it is reached. */
export function unknown(says: string, fix: string): Reason {
  return { says, state: "unknown", fix, reasons: [] };
}

/** Ratios come from percentages with decimals: 0.07 * 100 is not 7. */
export const rounding = 1e-9;
