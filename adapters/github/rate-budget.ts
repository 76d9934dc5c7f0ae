import type { Purpose } from "./installation.ts";

/** GitHub counts the requests of its REST API and the points of its GraphQL API apart. */
export type Resource = "core" | "graphql";

/** What is left of an hour, as an answer told. Instants are milliseconds since 1970. */
export interface Allowance {
  limit: number;
  remaining: number;
  resetAt: number;
}

/** What is known of one installation's budget; null: no answer has told yet, or its hour is over. */
export interface RateBudget {
  core: Allowance | null;
  graphql: Allowance | null;
  /** Nothing at all may be asked before: a secondary limit. */
  pausedUntil: number;
  /** How many secondary limits came in a row. */
  strikes: number;
  /** Requests that were sent and whose answers have not told yet. */
  onTheWay: Readonly<Record<Resource, number>>;
}

export const freshBudget: RateBudget = {
  ...{ core: null, graphql: null, pausedUntil: 0, strikes: 0 },
  onTheWay: { core: 0, graphql: 0 },
};

/** The part of an answer that tells of limits. */
export interface LimitTold {
  resource: Resource;
  headers: Readonly<Record<string, string | undefined>>;
  /** The request was refused because of a limit. */
  refused: boolean;
}

/**
 * The share of an hour that a purpose leaves to those before it: the last fifth is for verdicts alone, and a sweep leaves
 * half to what people wait for.
 */
const leaves: Record<Purpose, number> = { verdict: 0, read: 0.2, decoration: 0.3, sweep: 0.5 };

/** The instant from which a request may be made; null: now. */
export function waitsUntil(budget: RateBudget, resource: Resource, purpose: Purpose, now: number): number | null {
  if (budget.pausedUntil > now) return budget.pausedUntil;
  const allowance = budget[resource];
  if (allowance === null || allowance.resetAt <= now) return null;
  const { limit, remaining, resetAt } = allowance;
  return remaining - budget.onTheWay[resource] > limit * leaves[purpose] ? null : resetAt;
}

/** A request is sent: counted at once, for others may be sent before its answer tells. */
export function sent(budget: RateBudget, resource: Resource): RateBudget {
  return moved(budget, resource, 1);
}

/** It came back, or never will. */
export function back(budget: RateBudget, resource: Resource): RateBudget {
  return moved(budget, resource, -1);
}

function moved(budget: RateBudget, resource: Resource, by: number): RateBudget {
  return { ...budget, onTheWay: { ...budget.onTheWay, [resource]: budget.onTheWay[resource] + by } };
}

/** What an answer taught. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function taught(budget: RateBudget, told: LimitTold, now: number): RateBudget {
  const allowance = allowanceOf(told.headers);
  if (!told.refused) {
    const known = allowance === null ? {} : { [resourceOf(told)]: later(budget[resourceOf(told)], allowance, now) };
    return { ...budget, ...known, strikes: budget.pausedUntil <= now ? 0 : budget.strikes };
  }
  if (allowance?.remaining === 0 && told.headers["retry-after"] === undefined) {
    // Whatever the header calls it, what was just asked is refused too.
    const used = { ...allowance, resetAt: Math.max(allowance.resetAt, now + 1000) };
    return { ...budget, [resourceOf(told)]: used, [told.resource]: used };
  }
  const until = now + pauseMs(told.headers["retry-after"], budget.strikes);
  return { ...budget, pausedUntil: Math.max(budget.pausedUntil, until), strikes: budget.strikes + 1 };
}

/** As long as GitHub says; without a word a minute, and twice as long each time that it was not enough. */
function pauseMs(retryAfter: string | undefined, strikes: number): number {
  const seconds = wholeNumber(retryAfter);
  return seconds === null ? Math.min(60_000 * 2 ** strikes, 15 * 60_000) : Math.max(seconds, 1) * 1000;
}

/** Answers come out of order: within an hour, the least that was told is what is left. */
function later(known: Allowance | null, told: Allowance, now: number): Allowance {
  const isSameHour = known !== null && known.resetAt > now && Math.abs(known.resetAt - told.resetAt) < 60_000;
  return isSameHour ? { ...told, remaining: Math.min(known.remaining, told.remaining) } : told;
}

function allowanceOf(headers: LimitTold["headers"]): Allowance | null {
  const limit = wholeNumber(headers["x-ratelimit-limit"]);
  const remaining = wholeNumber(headers["x-ratelimit-remaining"]);
  const reset = wholeNumber(headers["x-ratelimit-reset"]);
  return limit === null || remaining === null || reset === null ? null : { limit, remaining, resetAt: reset * 1000 };
}

function resourceOf({ resource, headers }: LimitTold): Resource {
  const named = headers["x-ratelimit-resource"];
  return named === "core" || named === "graphql" ? named : resource;
}

function wholeNumber(text: string | undefined): number | null {
  const number = text === undefined || text.trim() === "" ? NaN : Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}
