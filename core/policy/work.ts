import { inertText } from "../untrusted/index.ts";
import { Problem } from "../problem.ts";

/**
 * How much work one decision may take. A step is about one comparison of two characters or path segments. Counted, never
 * timed: the same policy over the same change is decided, or refused, on every machine.
 */
export interface Work {
  readonly limit: number;
  spent: number;
  /** What is being worked at, for the message: a rule's id, or what stands beside the rules. */
  at: string;
  /** What was spent when that began. */
  since: number;
  /** Steps by what took them, but for those since then. */
  readonly by: Map<string, number>;
}

/** About a second's work on a slow machine, for a change of up to 3,000 files. */
export const workLimit = 100_000_000;

/** The limit for a change of so many files: beyond 3,000 it grows with them, since whatever is asked is asked of each. */
export function limitFor(files: number): number {
  return Math.round(workLimit * Math.max(1, files / 3_000));
}

/** A counter of which nothing is spent. */
export function newWork(limit = workLimit): Work {
  return { limit, spent: 0, at: "areas", since: 0, by: new Map() };
}

/**
 * Counts steps that are about to be taken or have just been.
 * @throws {Problem} when they are more than the limit: nothing is decided, and the message says what to shorten
 */
export function spend(work: Work, steps: number): void {
  work.spent += steps;
  if (work.spent > work.limit) throw overLimit(work);
}

/** Does something under a name, so that a refusal can say what took the work. */
export function working<T>(work: Work, at: string, run: () => T): T {
  const before = work.at;
  goOnAt(work, at);
  const result = run();
  goOnAt(work, before);
  return result;
}

/** What was taken so far belongs to what was worked at, also outside any name. */
function goOnAt(work: Work, at: string): void {
  work.by.set(work.at, (work.by.get(work.at) ?? 0) + work.spent - work.since);
  work.since = work.spent;
  work.at = at;
}

function overLimit(work: Work): Problem {
  const limit = work.limit.toLocaleString("en-US");
  return new Problem(
    `The policy asks for more work on this change than the limit of ${limit} steps, so nothing was decided. ${spentOn(work)}`,
    "Shorten these: fewer patterns, at most one `**` in each, no loops inside loops in `if`, fewer rules for single paths; or split the change.",
  );
}

/** What took most; many small parts are one large one. */
function spentOn(work: Work): string {
  goOnAt(work, work.at);
  const shares = [...work.by]
    .filter(([, steps]) => steps > 0)
    .map(([at, steps]) => ({ at: inertText(at), percent: Math.round((100 * steps) / work.spent) }))
    .sort((a, b) => b.percent - a.percent);
  const large = shares.filter(({ percent }) => percent >= 5).slice(0, 3);
  if (large.length === 0) return `It was spent on ${shares.length} rules, little on each.`;
  return `Most was spent on ${large.map(({ at, percent }) => `${at} (${percent} %)`).join(", ")}.`;
}
