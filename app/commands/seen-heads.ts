import { compareInstants } from "../../core/instant.ts";

/** A head that the gate has judged, and when first, by GitHub's clock. */
export interface SeenHead {
  sha: string;
  at: string;
}

/** The last head that was judged before somebody wrote: never one that came afterwards. */
export function headSeenAt(at: string, seen: readonly SeenHead[]): string | null {
  const before = seen.filter((head) => compareInstants(head.at, at) <= 0);
  return before.sort((a, b) => compareInstants(a.at, b.at)).at(-1)?.sha ?? null;
}
