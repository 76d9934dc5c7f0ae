import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { blankedTexts, type BlankedText } from "./blank-tabs.ts";
import type { Doubt } from "./certain-problems.ts";
import type { FoundProblem, KeyPath } from "./problem.ts";
import { formatPath } from "./problem.ts";
import { scalarOffsets, type ScalarSource } from "./scalar-offsets.ts";
import { parserProblems, withoutComparisons } from "./yaml-errors.ts";
import { aliasProblem, anchorProblem, keyProblem, scalarProblem, tagProblem } from "./yaml-traps.ts";
import { checkYamlText, legibleText, nestingProblem, visibleText } from "./yaml-text.ts";

/** A value of the document with the place where it stands. */
export interface YamlNode {
  /** Plain data: objects, arrays, texts, numbers, booleans, null. */
  value: unknown;
  /** Where the value begins, in UTF-16 code units from 0; of a file with tabs, in the text with blanks for them. */
  offset: number;
  /** Where its key begins; the value's own place for an item of a list. */
  keyOffset: number;
  /** True when the value was already reported, so that no second problem is told about it. */
  reported: boolean;
  /** How a text is written in the file; null for anything but a text. */
  source: ScalarSource | null;
  entries: ReadonlyMap<string | number, YamlNode>;
  /** What follows a text on its line behind a `#`, without it; left out where nothing does. */
  comment?: string;
}

/**
 * Where in the file a part of a text stands, in UTF-16 code units: `index` counts in the value, whatever quotes, escapes,
 * folds or indentation the file has. Beyond the text, where it ends; for a value that is no text, where it begins.
 */
export function offsetInScalar({ value, offset, source }: YamlNode, index: number): number {
  if (typeof value !== "string" || source === null) return offset;
  const offsets = scalarOffsets(source, value);
  return offset + (offsets[Math.max(0, Math.min(index, value.length))] ?? 0);
}

/** A document as far as it could be read, and what is wrong with it. */
export interface YamlReading {
  /** Null when the text cannot be read as one document. */
  root: YamlNode | null;
  /** The same as far as it could be read, with the parts that are in doubt; null when nothing was. */
  soFar: { root: YamlNode; doubts: readonly Doubt[] } | null;
  problems: FoundProblem[];
  /** Line and column in the file, from 1, of an offset. */
  place: (offset: number) => { line: number; column: number };
  /** Whether a tab leaves it open what the line of this offset belongs to: nothing is told of its place among others. */
  isGuess: (offset: number) => boolean;
  /** Whether there is such a line. */
  hasGuess: boolean;
}

/**
 * Reads a policy's text as YAML 1.2 with the core schema, narrowed to what readers of every YAML version agree about:
 * no anchors, aliases, tags, merge keys, directives, second documents, tabs, or words that mean something else elsewhere.
 * Tells every problem it can find. Never throws, whatever the text.
 */
export function readYaml(text: string): YamlReading {
  const lines = linesOf(text);
  const checked = checkYamlText(text);
  if (checked.fatal)
    return { root: null, soFar: null, problems: checked.problems, ...placesIn(lines, blankedTexts("")[0]) };
  if (checked.problems.length === 0) return readText(blankedTexts(text)[0], lines, false);
  const readings = blankedTexts(legibleText(text)).map((blanked) => ({
    blanked,
    ...(nestingProblem(blanked.text) === null ? readText(blanked, lines, true) : unread(blanked, lines)),
  }));
  // A wrong guess of what a tab stands for makes the parser stumble.
  const best = readings.find(({ root }) => root !== null) ?? readings.reduce(fewerProblems);
  const told = checked.problems.map((problem) => ({ ...problem, offset: best.blanked.fromFile(problem.offset) }));
  return { ...best, problems: [...told, ...best.problems] };
}

/** @param illegible whether something is wrong with the text itself, so that it is only read for what else there is to tell */
function readText(blanked: BlankedText, lines: LineCounter, illegible: boolean): YamlReading {
  const { text, isGuess } = blanked;
  const { document, broken, reported } = parse(text);
  const walk: Walk = { text, errors: reported, isGuess, illegible, problems: [] };
  const root = document.contents === null ? emptyNode(0) : readNode(document.contents, [], 0, walk);
  const read = walk.problems.filter(({ offset }) => offset < broken.readUntil);
  const places = placesIn(lines, blanked);
  const stumbled = broken.problems.filter(({ offset, code }) => code === "CS016" || !isGuess(offset));
  const problems = [
    ...stumbled.map((problem) => (isGuess(problem.offset) ? problem : withPath(problem, root))),
    ...withoutLinesOf(broken.fatal ? broken.problems : [], read, places.place),
  ];
  return { root: broken.fatal ? null : root, soFar: { root, doubts: broken.doubts }, problems, ...places };
}

/** A value that lacks its quotes stands at its key all the same. */
function withPath(problem: FoundProblem, root: YamlNode): FoundProblem {
  const path = problem.code === "CS016" ? pathAt(root, problem.offset) : null;
  return path === null ? problem : { ...problem, path };
}

/** Where a text begins at this place, or null. */
function pathAt({ entries, offset, source }: YamlNode, at: number): KeyPath | null {
  if (entries.size === 0) return source !== null && offset === at ? [] : null;
  for (const [part, child] of entries) {
    const rest = pathAt(child, at);
    if (rest !== null) return [part, ...rest];
  }
  return null;
}

function unread(blanked: BlankedText, lines: LineCounter): YamlReading {
  return { root: null, soFar: null, problems: [], ...placesIn(lines, blanked) };
}

function fewerProblems<Reading extends YamlReading>(best: Reading, next: Reading): Reading {
  return next.problems.length < best.problems.length ? next : best;
}

/**
 * The document with the parser's complaints. A comparison in a value's place (`max_errors: >= 0`) makes the parser give
 * up on all that follows; it is told, and the rest is read as if a word stood there.
 */
function parse(text: string) {
  const options = { prettyErrors: false, uniqueKeys: false, schema: "core" } as const;
  const document = parseDocument(text, options);
  const errors = document.errors;
  const plain = withoutComparisons(errors, text);
  const told = parserProblems(errors, text);
  if (plain === null) return { document, broken: told, reported: errors.map(({ pos }) => pos[0]) };
  const second = parseDocument(plain.text, options);
  const more = parserProblems(second.errors, plain.text);
  const problems = [...told.problems.filter(({ offset }) => plain.places.includes(offset)), ...more.problems];
  const reported = [...plain.places, ...second.errors.map(({ pos }) => pos[0])];
  return { document: second, broken: { ...more, problems }, reported };
}

interface Walk {
  text: string;
  /** Where the parser complained. */
  errors: readonly number[];
  isGuess: YamlReading["isGuess"];
  illegible: boolean;
  problems: FoundProblem[];
}

function readNode(node: Node, path: KeyPath, keyOffset: number, walk: Walk): YamlNode {
  const offset = node.range?.[0] ?? keyOffset;
  const trap =
    aliasProblem(node, path, offset) ??
    tagProblem(node, path, offset, walk.text) ??
    anchorProblem(node, path, offset, walk.text);
  if (trap !== null) walk.problems.push(trap);
  if (isMap(node)) return readMap(node, path, { offset, keyOffset }, walk);
  if (isSeq(node)) return readSeq(node, path, { offset, keyOffset }, walk);
  const ambiguous = isScalar(node) && trap === null ? scalarProblem(node, path, offset) : null;
  if (ambiguous !== null) walk.problems.push(ambiguous);
  const end = node.range?.[1] ?? offset;
  const reported = trap !== null || ambiguous !== null || walk.errors.some((at) => at >= offset && at < end);
  return {
    value: isScalar(node) ? visible(node.value, walk) : null,
    offset,
    keyOffset,
    reported: reported || isAlias(node) || walk.isGuess(offset),
    source: isScalar(node) && node.type !== undefined ? { raw: walk.text.slice(offset, end), style: node.type } : null,
    entries: new Map(),
    ...(typeof node.comment === "string" ? { comment: node.comment } : {}),
  };
}

interface Offsets {
  offset: number;
  keyOffset: number;
}

function readMap(map: YAMLMap, path: KeyPath, offsets: Offsets, walk: Walk): YamlNode {
  const entries = new Map<string, YamlNode>();
  for (const pair of map.items) {
    const key = readKey(pair, path, offsets.offset, walk);
    if (key === null) continue;
    const before = entries.get(key.name);
    if (before !== undefined && !walk.isGuess(key.offset))
      walk.problems.push(duplicateKey(key, path, before.keyOffset, walk.text));
    entries.set(key.name, readValue(pair, [...path, key.name], key.offset, walk));
  }
  // Object.fromEntries defines properties: even a key such as `constructor` stays an ordinary one.
  const value = Object.fromEntries([...entries].map(([name, node]) => [name, node.value]));
  return { value, ...offsets, reported: walk.isGuess(offsets.offset), source: null, entries };
}

function readKey(pair: Pair, path: KeyPath, mapOffset: number, walk: Walk): { name: string; offset: number } | null {
  const key = isNode(pair.key) ? pair.key : null;
  const offset = key?.range?.[0] ?? mapOffset;
  const found = keyProblem(key, path, offset);
  if (found !== null) walk.problems.push(found);
  if (found !== null && found.code !== "CS014") return null;
  return isScalar(key) ? { name: visible(key.source ?? String(key.value), walk), offset } : null;
}

/** What was told of the text is not told of its values and names again. */
function visible<Value>(value: Value, { illegible }: Walk): Value | string {
  return illegible && typeof value === "string" ? visibleText(value) : value;
}

function readValue(pair: Pair, path: KeyPath, keyOffset: number, walk: Walk): YamlNode {
  return isNode(pair.value) ? readNode(pair.value, path, keyOffset, walk) : emptyNode(keyOffset);
}

function readSeq(seq: YAMLSeq, path: KeyPath, offsets: Offsets, walk: Walk): YamlNode {
  const entries = new Map<number, YamlNode>();
  for (const [index, item] of seq.items.entries()) {
    const node = isNode(item) ? item : null;
    const offset = node?.range?.[0] ?? offsets.offset;
    entries.set(index, node === null ? emptyNode(offset) : readNode(node, [...path, index], offset, walk));
  }
  const reported = walk.isGuess(offsets.offset);
  return { value: [...entries.values()].map(({ value }) => value), ...offsets, reported, source: null, entries };
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}

function emptyNode(offset: number): YamlNode {
  return { value: null, offset, keyOffset: offset, reported: false, source: null, entries: new Map() };
}

function duplicateKey(key: { name: string; offset: number }, path: KeyPath, first: number, text: string): FoundProblem {
  const line = text.slice(0, first).split("\n").length;
  const shown = formatPath([key.name]);
  return {
    offset: key.offset,
    code: "CS009",
    path: [...path, key.name],
    what: `\`${shown}\` stands here a second time, first on line ${line}`,
    fix: "Keep one of the two.",
  };
}

/** One mistake makes the parser stumble several times; where it complained, nothing else is told about the line. */
function withoutLinesOf(
  known: readonly FoundProblem[],
  more: readonly FoundProblem[],
  place: YamlReading["place"],
): FoundProblem[] {
  const told = new Set(known.map(({ offset }) => place(offset).line));
  return more.filter(({ offset }) => !told.has(place(offset).line));
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

type Places = Pick<YamlReading, "place" | "isGuess" | "hasGuess">;

function placesIn(lines: LineCounter, { inFile, isGuess, hasGuess }: BlankedText): Places {
  const place = (offset: number) => {
    const { line, col } = lines.linePos(inFile(offset));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return { place, isGuess, hasGuess };
}
