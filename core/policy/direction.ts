import { inertText } from "../untrusted/index.ts";
import { globIsWithin } from "./pattern-within.ts";
import { listed } from "./recipes.ts";
import type { Work } from "./work.ts";

/**
 * Whether a policy asks for less than another, for more, or for something else. `tightens` is said only where nothing passes
 * that did not pass before (but that approvals of stand-ins count where too few owners are left), `loosens` where something
 * may, `changes` where neither is certain.
 */
export type Effect = "loosens" | "changes" | "tightens";

/** One way in which another value of a key asks for something else. */
export interface Step {
  effect: Effect;
  /** What is different: `patch_lines 70, which is 80`. Inert. */
  what: string;
}

/**
 * How the second value of a key differs from the first; nothing where both ask for the same. A condition that holds for
 * more tightens: its rule asks of more. Patterns that are compared count as work.
 */
export type Compare<Asked> = (before: Asked, after: Asked, work: Work) => readonly Step[];

/** Whether what one item of a list means is certainly among what another means. */
export type IsWithin = (item: string, other: string, work?: Work) => boolean;

/** So many steps may comparing two policies take; whatever is left is compared by the letter. */
export const comparisonLimit = 10_000_000;

/** Which way a limit goes: what a higher one does, and what none is as a number. */
interface Scale {
  higher: "loosens" | "tightens";
  none: number;
}

/** A requirement of at least so much. */
export const atLeast: Scale = { higher: "tightens", none: -Infinity };
/** A requirement of at most so much. */
export const atMost: Scale = { higher: "loosens", none: Infinity };
/** A condition that holds beyond so much. */
export const beyond: Scale = { higher: "loosens", none: -Infinity };

/** A limit; null where none is given. `unit` is what the number is shown in: 0.01 for percent. */
export function stepOfLimit(key: string, scale: Scale, before: number | null, after: number | null, unit = 1): Step[] {
  if (before === after) return [];
  const rise = (after ?? scale.none) - (before ?? scale.none);
  const shown = (limit: number | null) => (limit === null ? "none" : String(Number((limit / unit).toFixed(6))));
  const effect = rise > 0 ? scale.higher : opposite(scale.higher);
  return [{ effect, what: `${key} ${shown(after)}, which is ${shown(before)}` }];
}

/** One of some words, the weakest first. */
export function stepOfWord<Word extends string>(
  key: string,
  weakestFirst: readonly Word[],
  before: Word,
  after: Word,
): Step[] {
  const rise = weakestFirst.indexOf(after) - weakestFirst.indexOf(before);
  if (rise === 0) return [];
  return [{ effect: rise > 0 ? "tightens" : "loosens", what: `${key} ${after}, which is ${before}` }];
}

/** What has no order: another value is another question. */
export function stepOfOther(before: string | number | boolean, after: string | number | boolean): Step[] {
  return before === after ? [] : [{ effect: "changes", what: `${shown(after)}, which is ${shown(before)}` }];
}

/** A list of which an item more does `more`. Items that lie within another of the other list are no news. */
export function stepsOfList(
  more: "loosens" | "tightens",
  before: readonly (string | number)[],
  after: readonly (string | number)[],
  isWithin?: IsWithin,
  work?: Work,
): Step[] {
  const [old, now] = [before.map(String), after.map(String)];
  return [
    ...told(opposite(more), "without", missing(old, now, isWithin, work)),
    ...told(more, "with", missing(now, old, isWithin, work)),
  ];
}

/** The items of a list that are not in another, and lie within none of its items. */
export function missing(
  items: readonly string[],
  others: readonly string[],
  isWithin?: IsWithin,
  work?: Work,
): string[] {
  const known = new Set(others);
  const left = [...new Set(items)].filter((item) => !known.has(item));
  if (isWithin === undefined || left.length * known.size > mostPairs) return left;
  const mayGoOn = () => work === undefined || work.spent <= comparisonLimit;
  return left.filter((item) => !others.some((other) => mayGoOn() && isWithin(item, other, work)));
}

/** Longer lists are compared by the letter: whoever writes them is not trusted yet. */
const mostPairs = 1_000;

/** Patterns for paths, of which those that begin with `!` exclude. */
export function stepsOfPatterns(before: readonly string[], after: readonly string[], work?: Work): Step[] {
  return [
    ...stepsOfList("tightens", included(before), included(after), globIsWithin, work),
    ...stepsOfList("loosens", excluded(before), excluded(after), exclusionIsWithin, work),
  ];
}

/** Whether every path that some patterns mean is certainly among those that others mean. */
export function arePatternsWithin(inner: readonly string[], outer: readonly string[], work?: Work): boolean {
  return (
    missing(included(inner), included(outer), globIsWithin, work).length === 0 &&
    missing(excluded(outer), excluded(inner), exclusionIsWithin, work).length === 0
  );
}

/** Patterns for names of branches: a list of exclusions alone holds for all others. */
export function stepsOfBranches(before: readonly string[], after: readonly string[], work?: Work): Step[] {
  return stepsOfPatterns(withAll(before), withAll(after), work);
}

/** The same as for paths. */
export function areBranchesWithin(inner: readonly string[], outer: readonly string[], work?: Work): boolean {
  return arePatternsWithin(withAll(inner), withAll(outer), work);
}

/** Names that are compared without case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A text of a policy as messages show it. */
export function shown(value: string | number | boolean): string {
  return inertText(String(value), { maxGraphemes: 100 });
}

function included(list: readonly string[]): string[] {
  return list.filter((pattern) => !isExclusion(pattern));
}

function excluded(list: readonly string[]): string[] {
  return list.filter(isExclusion);
}

function exclusionIsWithin(one: string, other: string, work?: Work): boolean {
  return globIsWithin(one.slice(1), other.slice(1), work);
}

function withAll(list: readonly string[]): readonly string[] {
  return list.every(isExclusion) ? ["**", ...list] : list;
}

function isExclusion(pattern: string): boolean {
  return pattern.startsWith("!");
}

function opposite(effect: "loosens" | "tightens"): "loosens" | "tightens" {
  return effect === "loosens" ? "tightens" : "loosens";
}

function told(effect: Effect, how: "with" | "without", items: readonly string[]): Step[] {
  if (items.length === 0) return [];
  return [{ effect, what: `${how} ${listed(items.map(shown))}` }];
}
