import { createHash } from "node:crypto";
import type { ReadableRepository, UserAccess } from "../../adapters/github/user-access.ts";

/** Whether GitHub shows a repository to somebody, remembered for a few minutes: longer, and a right that ended would still show. */
export type MayRead = (token: string, owner: string, name: string) => Promise<ReadableRepository | null>;

export const rememberedMs = 3 * 60 * 1000;
const mostRemembered = 10_000;

/** What GitHub does not show is asked anew each time: an invitation that was just taken counts at once. */
export function whoMayRead(access: UserAccess, now: () => Date): MayRead {
  const known = new Map<string, { until: number; repository: ReadableRepository }>();
  return async (token, owner, name) => {
    // The token itself is kept nowhere.
    const key = createHash("sha256").update(`${token}\n${owner}/${name}`.toLowerCase()).digest("base64");
    const before = known.get(key);
    if (before !== undefined && before.until > now().getTime()) return before.repository;
    known.delete(key);
    const repository = await access.readable(token, owner, name);
    if (repository === null) return null;
    if (known.size >= mostRemembered) known.clear();
    known.set(key, { until: now().getTime() + rememberedMs, repository });
    return repository;
  };
}
