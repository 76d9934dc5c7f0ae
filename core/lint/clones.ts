import { markShape, readTokens, type CodeTokens } from "./code-tokens.ts";
import { judgeCopy } from "./copy-judgement.ts";

/** Code to find copies of: windows of tokens by their hash. */
export interface CloneIndex {
  sources: readonly CodeTokens[];
  /** Of each hash where such windows begin: the source's number, then the token's, in turns. */
  windows: ReadonlyMap<number, readonly number[]>;
}

/** Lines of a file that stand elsewhere as well. Lines from 1, both ends count. */
export interface Clone {
  start: number;
  end: number;
  tokens: number;
  /** Whether names or literals were changed. */
  isRenamed: boolean;
  /** The copy that was there already. */
  of: { path: string; start: number; end: number };
}

/** A copy has at least so many tokens and lines. */
export const fewestTokens = 50;
export const fewestLines = 5;

/** Every stretch of `fewestTokens` holds a whole window that begins at a multiple of `step`, so no other is kept. */
const step = 25;
const windowSize = fewestTokens - step + 1;
/** What stands more often is a habit of the language, and no copy of anything. */
const mostCandidates = 64;
/** How many tokens are compared for each token of a file: what repeats itself without end is given up. */
const mostWork = 100;
/** Shorter stretches are compared again rather than remembered. */
const longStretch = 100;

/** Reads the files that copies are looked for in. About a million tokens a second. */
export function indexClones(files: Iterable<{ path: string; text: string }>): CloneIndex {
  const sources = [...files].map(({ path, text }) => readTokens(path, text));
  const windows = new Map<number, number[]>();
  sources.forEach(({ shapes, count }, source) => {
    for (let at = 0; at + windowSize <= count; at += step) {
      const hash = hashAt(shapes, at);
      const known = windows.get(hash);
      if (known === undefined) windows.set(hash, [source, at]);
      else if (known.length <= mostCandidates * 2) known.push(source, at);
    }
  });
  return { sources, windows };
}

/**
 * Copies within some lines of a file of what the index holds: equal, or equal but for names and literals. In the file
 * itself only what stands before counts as the original.
 */
export function findClones(
  { path, text }: { path: string; text: string },
  ranges: readonly { start: number; end: number }[] | null,
  index: CloneIndex,
): Clone[] {
  const own = readTokens(path, text);
  const clones: Clone[] = [];
  const search: Search = { own, index, seen: new Map(), left: own.count * mostWork };
  let taken = 0;
  forEachWindow(own, (at, hash) => {
    if (at < taken || search.left < 0 || !touchesAny(own, at, ranges)) return;
    const candidates = index.windows.get(hash) ?? [];
    const best = candidates.length > mostCandidates * 2 ? null : longestCopy(search, at, candidates);
    if (best === null) return;
    clones.push(best.clone);
    taken = best.end;
  });
  return clones;
}

function touchesAny(
  { lines }: CodeTokens,
  at: number,
  ranges: readonly { start: number; end: number }[] | null,
): boolean {
  return ranges === null || ranges.some(({ start, end }) => lines[at + windowSize - 1]! >= start && lines[at]! <= end);
}

interface Search {
  own: CodeTokens;
  index: CloneIndex;
  /** Up to where a long stretch at this distance has been compared: by the source and the distance. */
  seen: Map<number, number>;
  left: number;
}

interface Copy {
  clone: Clone;
  /** The first token after it. */
  end: number;
}

function longestCopy(search: Search, at: number, candidates: readonly number[]): Copy | null {
  const { own, index, seen } = search;
  let best: Copy | null = null;
  for (let next = 0; next < candidates.length; next += 2) {
    const other = index.sources[candidates[next]!]!;
    const there = candidates[next + 1]!;
    const distance = candidates[next]! * mostDistances + (there - at);
    if ((seen.get(distance) ?? -1) > at) continue;
    const { back, length } = extend(own, at, other, there);
    search.left -= back + length + 1;
    if (length > longStretch) seen.set(distance, at + length);
    const clone = cloneOf({ own, start: at - back, other, from: there - back, length: back + length });
    if (clone !== null && (best === null || clone.tokens > best.clone.tokens)) best = { clone, end: at + length };
  }
  return best;
}

/** More than a text has tokens, twice. */
const mostDistances = 2 ** 32;

/** How far both go on alike, to both sides; in one file not into each other. */
function extend(own: CodeTokens, at: number, other: CodeTokens, there: number): { back: number; length: number } {
  const isSame = own.path === other.path;
  const distance = isSame ? at - there : Number.POSITIVE_INFINITY;
  if (distance <= 0) return { back: 0, length: 0 };
  let back = 0;
  while (back < at && back < there && own.shapes[at - back - 1] === other.shapes[there - back - 1]) back += 1;
  let length = 0;
  while (
    at + length < own.count &&
    there + length < other.count &&
    own.shapes[at + length] === other.shapes[there + length]
  ) {
    if (length + back >= distance) break;
    length += 1;
  }
  return { back, length };
}

interface Stretch {
  own: CodeTokens;
  start: number;
  other: CodeTokens;
  from: number;
  length: number;
}

function cloneOf(found: Stretch): Clone | null {
  if (found.length < fewestTokens) return null;
  const stretch = wholeStatements(found);
  const { own, start, other, from, length } = stretch;
  if (length < fewestTokens) return null;
  const [first, last] = [own.lines[start]!, own.lines[start + length - 1]!];
  if (last - first + 1 < fewestLines) return null;
  const judgement = judgeCopy(stretch);
  if (judgement === null) return null;
  return {
    start: first,
    end: last,
    tokens: length,
    isRenamed: judgement.isRenamed,
    of: { path: other.path, start: other.lines[from]!, end: other.lines[from + length - 1]! },
  };
}

/** The longest run of whole lines in it of which every bracket that opens is closed: what ends another block is none of it. */
function wholeStatements(stretch: Stretch): Stretch {
  const { own, start, length } = stretch;
  let best = { from: 0, to: 0 };
  let begin = 0;
  let depth = 0;
  for (let next = 0; next < length; next += 1) {
    depth += depthChange(own.shapes[start + next]!);
    const isLineEnd = start + next + 1 >= own.count || own.lines[start + next + 1] !== own.lines[start + next];
    if (!isLineEnd) continue;
    if (depth === 0 && next + 1 - begin > best.to - best.from) best = { from: begin, to: next + 1 };
    if (depth >= 0) continue;
    begin = next + 1;
    depth = 0;
  }
  return { ...stretch, start: start + best.from, from: stretch.from + best.from, length: best.to - best.from };
}

function depthChange(shape: number): number {
  if (shape === openings.round || shape === openings.square || shape === openings.curly) return 1;
  return shape === closings.round || shape === closings.square || shape === closings.curly ? -1 : 0;
}

const openings = { round: markShape("("), square: markShape("["), curly: markShape("{") };
const closings = { round: markShape(")"), square: markShape("]"), curly: markShape("}") };

function forEachWindow({ shapes, count }: CodeTokens, visit: (at: number, hash: number) => void): void {
  if (count < windowSize) return;
  let hash = hashAt(shapes, 0);
  visit(0, hash);
  for (let at = 1; at + windowSize <= count; at += 1) {
    const left = Math.imul(shapes[at - 1]!, highest);
    hash = (Math.imul(hash - left, base) + shapes[at + windowSize - 1]!) | 0;
    visit(at, hash);
  }
}

const base = 1_000_003;

/** `base` to the power of one less than the window's size. */
const highest = power(windowSize - 1);

function power(times: number): number {
  let value = 1;
  for (let time = 0; time < times; time += 1) value = Math.imul(value, base);
  return value;
}

function hashAt(shapes: Int32Array, at: number): number {
  let hash = 0;
  for (let next = at; next < at + windowSize; next += 1) hash = (Math.imul(hash, base) + shapes[next]!) | 0;
  return hash;
}
