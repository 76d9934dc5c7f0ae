/**
 * Days of a policy against the instant of reading, which is the only clock that a decision knows. Days are in UTC. An
 * instant or a day that cannot be read is later than every day: what is strict then applies, and no exception does.
 */

/** Whether the day (`YYYY-MM-DD`) has begun at this instant (ISO 8601). */
export function hasCome(day: string, asOf: string): boolean {
  return !(instantOf(asOf) < midnight(day));
}

/** Whether the whole day has passed. */
export function isOver(day: string, asOf: string): boolean {
  return !(instantOf(asOf) < midnight(day) + dayMs);
}

/** Whether the day is at most this many days away, or has come. */
export function comesWithin(days: number, day: string, asOf: string): boolean {
  return !(instantOf(asOf) < midnight(day) - days * dayMs);
}

/** Days on which something that holds through `day` still holds, today among them; 0 or less when it has ended. */
export function daysUntilEndOf(day: string, asOf: string): number {
  return Math.ceil((midnight(day) + dayMs - instantOf(asOf)) / dayMs);
}

/** Milliseconds since 1970; NaN for what is no instant. Text without a zone would mean another instant on every machine. */
export function instantOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
}

const dayMs = 24 * 60 * 60 * 1000;

function midnight(day: string): number {
  return instantOf(`${day}T00:00:00Z`);
}
