import { createHmac, timingSafeEqual } from "node:crypto";
import { pathOf, type PullPath } from "./route.ts";

/** The longest time that a link is good for. */
export const longestLinkDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

/** Whom a link shows what: GitHub's id of the repository goes with it, so that a new repository of an old name is not shown. */
export interface LinkTarget extends PullPath {
  repository: number;
}

/**
 * Path and query of a link that shows one page to whoever has it, until then. It ends early when the App's secrets are
 * changed.
 * @param days more than 0; cut to `longestLinkDays`
 */
export function signedLink(target: LinkTarget, key: Buffer, now: Date, days: number): `/${string}` {
  const expires = Math.floor((now.getTime() + Math.min(days, longestLinkDays) * dayMs) / 1000);
  const query = { repository: String(target.repository), expires: String(expires) };
  const signature = sign(target, expires, key).toString("base64url");
  return `${pathOf(target)}?${new URLSearchParams({ ...query, signature }).toString()}`;
}

/** GitHub's id of the repository, when the query is one of ours for this path, and is not over; null otherwise. */
export function linkedRepository(
  path: PullPath,
  query: URLSearchParams,
  keys: readonly Buffer[],
  now: Date,
): number | null {
  const [repository, expires] = [wholeNumber(query.get("repository")), wholeNumber(query.get("expires"))];
  const given = Buffer.from(query.get("signature") ?? "", "base64url");
  if (repository === null || expires === null || given.length !== 32) return null;
  const left = expires * 1000 - now.getTime();
  // A link that would hold longer was not made by this version's rules.
  if (left <= 0 || left > longestLinkDays * dayMs) return null;
  const target = { ...path, repository };
  return keys.some((key) => timingSafeEqual(given, sign(target, expires, key))) ? repository : null;
}

function sign(target: LinkTarget, expires: number, key: Buffer): Buffer {
  const text = ["v1", pathOf(target), target.repository, expires].join("\n");
  return createHmac("sha256", key).update(text).digest();
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}
