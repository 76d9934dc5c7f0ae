import type { AreaApproval, OwnerGroup } from "./approval.ts";
import { nameKey, sortedNames } from "./names.ts";
import type { People } from "./people.ts";

/** An approval that is missing: how many more people, and who they can be. */
interface Need {
  area: string;
  candidates: ReadonlySet<string>;
  missing: number;
}

/** Somebody who can help, with the needs that they fill. */
interface Helper {
  /** As names compare. */
  user: string;
  fills: readonly number[];
  /** Open reviews; null when that was not read. */
  load: number | null;
}

/**
 * The smallest set of people who settle by approving what stands there now: every area that it names is then satisfied. Of
 * sets of one size the one with the least to do, then the first by name. Areas that approvals cannot settle are left out,
 * and so are their people: a blocked one waits for whoever asked for changes, another for more owners than are known, or
 * for what was not read. Exact for up to 16 people who differ in what they can approve; beyond that whoever fills most
 * comes first, which can be a few people more.
 */
export function smallestReviewerSet(
  open: readonly AreaApproval[],
  load: People["load"],
): { user: string; areas: string[] }[] {
  const needs = open.flatMap(needsOf);
  const helpers = worthAsking(helpersFor(needs, load), needs);
  const chosen = helpers.length <= mostExact ? exactly(helpers, needs) : greedily(helpers, needs);
  const written = new Map(sortedNames(open.flatMap(partsOf).flatMap((part) => part.candidates)).map(keyed));
  return chosen.map(({ user, fills }) => ({
    user: written.get(user) ?? user,
    areas: [...new Set(fills.map((index) => needs[index]!.area))].sort(),
  }));
}

const mostExact = 16;

function keyed(name: string): [string, string] {
  return [nameKey(name), name];
}

/** What each group of owners lacks, or the area as a whole where it has none. */
function partsOf({ groups, have, need, candidates }: AreaApproval): Pick<OwnerGroup, "have" | "need" | "candidates">[] {
  return groups.length > 0 ? groups : [{ have, need, candidates: candidates.users }];
}

/** What an area lacks, by owner group; nothing where the people who are known cannot bring all of it. */
function needsOf(approval: AreaApproval): Need[] {
  const { area, state } = approval;
  if (state !== "waiting" && state !== "stale") return [];
  const needs = partsOf(approval)
    .map((part) => ({ area, candidates: new Set(part.candidates.map(nameKey)), missing: part.need - part.have }))
    .filter(({ missing }) => missing > 0);
  return needs.every(({ candidates, missing }) => candidates.size >= missing) ? needs : [];
}

function helpersFor(needs: readonly Need[], load: People["load"]): Helper[] {
  const loads = new Map(load.map(({ login, openReviews }) => [nameKey(login), openReviews]));
  const users = [...new Set(needs.flatMap(({ candidates }) => [...candidates]))];
  return users
    .map((user) => ({
      user,
      fills: needs.flatMap(({ candidates }, index) => (candidates.has(user) ? [index] : [])),
      load: loads.get(user) ?? null,
    }))
    .sort(byLoad);
}

/** Of people who can approve the same things, no more are ever needed than the largest of those needs asks for. */
function worthAsking(helpers: readonly Helper[], needs: readonly Need[]): Helper[] {
  const taken = new Map<string, number>();
  return helpers.filter(({ fills }) => {
    const key = fills.join(",");
    const count = taken.get(key) ?? 0;
    taken.set(key, count + 1);
    return count < Math.max(...fills.map((index) => needs[index]!.missing));
  });
}

function exactly(helpers: readonly Helper[], needs: readonly Need[]): Helper[] {
  for (let size = 0; size <= helpers.length; size++) {
    const sets = setsOf(helpers, size).filter((set) => areFilled(set, needs));
    if (sets.length > 0) return sets.reduce((best, set) => (compareSets(set, best) < 0 ? set : best));
  }
  return [];
}

/** Every set of so many of them, each in their order. */
function setsOf(helpers: readonly Helper[], size: number, from = 0): Helper[][] {
  if (size === 0) return [[]];
  return helpers
    .slice(from, helpers.length - size + 1)
    .flatMap((helper, index) => setsOf(helpers, size - 1, from + index + 1).map((rest) => [helper, ...rest]));
}

function areFilled(set: readonly Helper[], needs: readonly Need[]): boolean {
  return needs.every(({ missing }, index) => set.filter(({ fills }) => fills.includes(index)).length >= missing);
}

function greedily(helpers: readonly Helper[], needs: readonly Need[]): Helper[] {
  const left = needs.map(({ missing }) => missing);
  const chosen: Helper[] = [];
  const gain = ({ fills }: Helper) => fills.filter((index) => left[index]! > 0).length;
  const waiting = [...helpers];
  while (left.some((missing) => missing > 0)) {
    const best = waiting.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    waiting.splice(waiting.indexOf(best), 1);
    for (const index of best.fills) left[index] = left[index]! - 1;
    chosen.push(best);
  }
  return chosen.sort(byLoad);
}

/** Somebody of whom it is not known how much they have to do comes after those who are known. */
function byLoad(a: Helper, b: Helper): number {
  if (a.load !== b.load) return (a.load ?? Infinity) - (b.load ?? Infinity);
  return a.user < b.user ? -1 : 1;
}

function compareSets(a: readonly Helper[], b: readonly Helper[]): number {
  const unknown = (set: readonly Helper[]) => set.filter(({ load }) => load === null).length;
  const total = (set: readonly Helper[]) => set.reduce((sum, { load }) => sum + (load ?? 0), 0);
  const names = (set: readonly Helper[]) =>
    set
      .map(({ user }) => user)
      .sort()
      .join(" ");
  return unknown(a) - unknown(b) || total(a) - total(b) || (names(a) < names(b) ? -1 : 1);
}
