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
import type { FoundProblem, KeyPath } from "./problem.ts";
import { formatPath } from "./problem.ts";
import { scalarOffsets, type ScalarSource } from "./scalar-offsets.ts";
import { parserProblems, withoutComparisons } from "./yaml-errors.ts";
import { aliasProblem, anchorProblem, keyProblem, scalarProblem, tagProblem } from "./yaml-traps.ts";
import { checkYamlText } from "./yaml-text.ts";

/** A value of the document with the place where it stands. */
export interface YamlNode {
  /** Plain data: objects, arrays, texts, numbers, booleans, null. */
  value: unknown;
  /** Where the value begins, in UTF-16 code units from 0. */
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
  problems: FoundProblem[];
  /** Line and column, from 1, of an offset. */
  place: (offset: number) => { line: number; column: number };
}

/**
 * Reads a policy's text as YAML 1.2 with the core schema, narrowed to what readers of every YAML version agree about:
 * no anchors, aliases, tags, merge keys, directives, second documents, tabs, or words that mean something else elsewhere.
 * Tells every problem it can find. Never throws, whatever the text.
 */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const checked = checkYamlText(text);
  if (checked.fatal) {
    countLines(lines, text);
    return { root: null, problems: checked.problems, place: placeIn(lines) };
  }
  const { document, broken, reported } = parse(text, lines);
  const walk: Walk = { text, errors: reported, problems: [] };
  const root = document.contents === null ? emptyNode(0) : readNode(document.contents, [], 0, walk);
  const read = walk.problems.filter(({ offset }) => offset < broken.readUntil);
  const problems = [...broken.problems, ...withoutLinesOf(broken.fatal ? broken.problems : [], read, lines)];
  return { root: broken.fatal ? null : root, problems, place: placeIn(lines) };
}

/**
 * The document with the parser's complaints. A comparison in a value's place (`max_errors: >= 0`) makes the parser give
 * up on all that follows; it is told, and the rest is read as if a word stood there.
 */
function parse(text: string, lines: LineCounter) {
  const options = { prettyErrors: false, uniqueKeys: false, schema: "core" } as const;
  const document = parseDocument(text, { ...options, lineCounter: lines });
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
    value: isScalar(node) ? node.value : null,
    offset,
    keyOffset,
    reported: reported || isAlias(node),
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
    if (before !== undefined) walk.problems.push(duplicateKey(key, path, before.keyOffset, walk.text));
    entries.set(key.name, readValue(pair, [...path, key.name], key.offset, walk));
  }
  // Object.fromEntries defines properties: even a key such as `constructor` stays an ordinary one.
  const value = Object.fromEntries([...entries].map(([name, node]) => [name, node.value]));
  return { value, ...offsets, reported: false, source: null, entries };
}

function readKey(pair: Pair, path: KeyPath, mapOffset: number, walk: Walk): { name: string; offset: number } | null {
  const key = isNode(pair.key) ? pair.key : null;
  const offset = key?.range?.[0] ?? mapOffset;
  const found = keyProblem(key, path, offset);
  if (found !== null) walk.problems.push(found);
  if (found !== null && found.code !== "CS014") return null;
  return isScalar(key) ? { name: key.source ?? String(key.value), offset } : null;
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
  return { value: [...entries.values()].map(({ value }) => value), ...offsets, reported: false, source: null, entries };
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
  lines: LineCounter,
): FoundProblem[] {
  const told = new Set(known.map(({ offset }) => lines.linePos(offset).line));
  return more.filter(({ offset }) => !told.has(lines.linePos(offset).line));
}

function countLines(lines: LineCounter, text: string): void {
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
}

function placeIn(lines: LineCounter): YamlReading["place"] {
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
}
