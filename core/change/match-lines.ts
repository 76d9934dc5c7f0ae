import type { IsAncestor } from "./ancestry.ts";
import { enoughLetters, type LineIds } from "./line-ids.ts";
import type { Hunk } from "./line-map.ts";
import type { RemovedHunk, RemovedLines } from "./removed-lines.ts";
import type { Places } from "./same-place.ts";

/** Lines that a commit adds, by their numbers; 0 for a line that nobody took away. */
export interface AddedHunk {
  /** The commit's place in the list of commits. */
  commit: number;
  path: string;
  hunk: Hunk;
  ids: readonly number[];
}

/** From its line `at` (from 0) on, as many lines of the added hunk are those at `position` in the index. */
export interface Match {
  at: number;
  position: number;
  lines: number;
}

export interface MatchSources {
  removed: RemovedLines;
  isAncestor: IsAncestor;
  lettersOf: LineIds["lettersOf"];
  places: Places;
}

/** How many places of one line are looked at: a bound for changes in which all lines are equal. */
const mostCandidates = 16;
/** How many of them are followed through the edits since. */
const mostPlaces = 4;

/**
 * The hunk that this one is, as a whole, word for word: one that an ancestor took away at the same place, however short;
 * else, with enough letters, the latest anywhere.
 */
export function matchWhole(sources: MatchSources, added: AddedHunk): Match | null {
  if (added.ids.includes(0)) return null;
  const { removed, places } = sources;
  const equal = removed
    .wholeHunks(added.ids)
    .slice(-mostCandidates)
    .filter((hunk) => isEqual(sources, added, hunk))
    .reverse();
  const samePath = equal.filter(({ path }) => path === added.path);
  const back = samePath
    .filter(({ commit }) => commit !== added.commit)
    .slice(0, mostPlaces)
    .find((hunk) => places.isSame(hunk, added.commit, added.hunk));
  const found = back ?? (hasLetters(sources, added, 0, added.ids.length) ? latest(equal, samePath) : undefined);
  return found === undefined ? null : { at: 0, position: found.first, lines: added.ids.length };
}

function isEqual(sources: MatchSources, added: AddedHunk, hunk: RemovedHunk): boolean {
  if (!canUse(sources, added.commit, hunk)) return false;
  return added.ids.every((_, index) => isSameLine(sources, added, index, hunk.first + index));
}

function latest(equal: readonly RemovedHunk[], samePath: readonly RemovedHunk[]): RemovedHunk | undefined {
  const [hunk] = equal;
  return samePath.find(({ commit }) => commit === hunk?.commit) ?? hunk;
}

/**
 * Stretches of the added lines that were taken away, none over another, by ascending line. Lines that were taken away
 * least often lead: the header that thirty files share follows the lines that only one of them has.
 */
export function matchStretches(sources: MatchSources, added: AddedHunk): Match[] {
  const { removed } = sources;
  const found: Match[] = [];
  const isTaken = new Uint8Array(added.ids.length);
  const seeds = linesToLookAt(sources, added);
  seeds.sort((a, b) => removed.count(added.ids[a]!) - removed.count(added.ids[b]!) || a - b);
  for (const seed of seeds) {
    const match = isTaken[seed] === 1 ? null : bestAround(sources, added, isTaken, seed);
    if (match === null) continue;
    isTaken.fill(1, match.at, match.at + match.lines);
    bringBack(removed, added, match);
    found.push(match);
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Lines with letters, where enough of them stand together that somebody took away. */
function linesToLookAt(sources: MatchSources, added: AddedHunk): number[] {
  const { ids } = added;
  const lines: number[] = [];
  for (let start = 0; start < ids.length;) {
    let end = start;
    while (end < ids.length && ids[end] !== 0) end += 1;
    if (hasLetters(sources, added, start, end - start))
      for (let at = start; at < end; at += 1) if (sources.lettersOf(ids[at]!) > 0) lines.push(at);
    start = end + 1;
  }
  return lines;
}

/** From now on these lines are no source for the commit, nor for those that come after it. */
export function bringBack(removed: RemovedLines, added: AddedHunk, { position, lines }: Match): void {
  for (let index = 0; index < lines; index += 1) removed.bringBack(position + index, added.commit);
}

/**
 * The longest stretch around one line that the latest commit which took one away offers: every line looked at in vain
 * belongs to a stretch with few letters or is shorter than what is found, so that the work stays in proportion to lines.
 */
function bestAround(sources: MatchSources, added: AddedHunk, isTaken: Uint8Array, seed: number): Match | null {
  const { removed } = sources;
  let best: Match | null = null;
  let group = -1;
  let position = removed.latest(added.ids[seed]!);
  for (let looked = 0; position !== 0 && looked < mostCandidates; looked += 1, position = removed.earlier(position)) {
    const hunk = removed.hunkAt(position);
    if (hunk.commit !== group && best !== null) break;
    group = hunk.commit;
    if (!canUse(sources, added.commit, hunk) || !isSameLine(sources, added, seed, position)) continue;
    const match = extend(sources, added, isTaken, seed, position);
    if (hasLetters(sources, added, match.at, match.lines) && isBetter(sources, added, match, best)) best = match;
  }
  return best;
}

function isBetter({ removed }: MatchSources, { path }: AddedHunk, match: Match, best: Match | null): boolean {
  if (best === null || match.lines !== best.lines) return match.lines > (best?.lines ?? 0);
  return removed.hunkAt(match.position).path === path && removed.hunkAt(best.position).path !== path;
}

function extend(sources: MatchSources, added: AddedHunk, isTaken: Uint8Array, seed: number, position: number): Match {
  const fits = (step: number) => isTaken[seed + step] === 0 && isSameLine(sources, added, seed + step, position + step);
  let before = 0;
  while (fits(-before - 1)) before += 1;
  let behind = 1;
  while (fits(behind)) behind += 1;
  return { at: seed - before, position: position - before, lines: before + behind };
}

/** Equal, and not brought back yet by the commit or an ancestor of it. */
function isSameLine({ removed, isAncestor }: MatchSources, added: AddedHunk, at: number, position: number): boolean {
  const id = removed.idAt(position);
  if (id === 0 || added.ids[at] !== id) return false;
  const before = removed.broughtBackBy(position);
  return before === -1 || (before !== added.commit && !isAncestor(before, added.commit));
}

function canUse({ isAncestor }: MatchSources, commit: number, hunk: RemovedHunk): boolean {
  return hunk.commit === commit || isAncestor(hunk.commit, commit);
}

function hasLetters({ lettersOf }: MatchSources, { ids }: AddedHunk, at: number, lines: number): boolean {
  let letters = 0;
  for (let index = at; index < at + lines && letters < enoughLetters; index += 1) letters += lettersOf(ids[index]!);
  return letters >= enoughLetters;
}
