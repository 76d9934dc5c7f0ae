import { daysUntilEndOf } from "./dates.ts";
import type { WaiverUse } from "./decision.ts";
import type { Policy, Waiver } from "./policy.ts";
import { datedWaivers } from "./waivers.ts";

/** One written exception with what the day makes of it. Owner, reason and paths are as written: untrusted. */
export interface ListedWaiver extends Omit<Waiver, "paths"> {
  /** Null: every file. */
  paths: readonly string[] | null;
  /** `owner/name` of the floor that it stands in; null for the repository's own policy. */
  floor: string | null;
  /** Days on which it still holds, today among them; 0 when it has ended. */
  daysLeft: number;
  state: WaiverUse["state"];
  /** What it exempts in the change that was looked at, inert; null when none was. */
  exempts: readonly string[] | null;
}

/**
 * Every waiver of a policy and of its floors on the day of `asOf` (ISO 8601), those that end first on top.
 * @param uses what a decision says of them; null when no change was judged
 */
export function listWaivers(policy: Policy, asOf: string, uses: readonly WaiverUse[] | null): ListedWaiver[] {
  const all = [{ floor: null, policy }, ...policy.floors.map((floor) => ({ floor: floor.repo, policy: floor.policy }))];
  return all
    .flatMap(({ floor, policy: { waivers } }) =>
      datedWaivers({ waivers }, asOf).map(({ waiver, state }) => ({
        ...waiver,
        floor,
        daysLeft: state === "expired" ? 0 : daysUntilEndOf(waiver.expires, asOf),
        state,
        exempts:
          uses === null ? null : (uses.find((use) => use.id === waiver.id && use.floor === floor)?.exempts ?? []),
      })),
    )
    .sort((a, b) => (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : a.id < b.id ? -1 : 1));
}
