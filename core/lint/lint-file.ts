import type { FunctionSpan } from "../change/function-span.ts";
import { touches } from "../change/touched-lines.ts";
import { mapLineBackward, type Hunk } from "../change/line-map.ts";
import type { RawFinding } from "../findings/finding.ts";
import { fileKind, SourceFile, type Grammar, type SyntaxTree } from "../syntax/index.ts";
import { collect, findPatterns, findTextPatterns, findUnusedIn, plainTextFile, textFile } from "./find-patterns.ts";
import type { Engines } from "./eslint-engine.ts";
import { tellHidden } from "./hidden-findings.ts";
import type { FileToLint, LintedFile } from "./linted-file.ts";
import type { Pattern, TextFile } from "./pattern.ts";

/** Text to tree, or why not. Lent by whoever has loaded the grammars. */
export type Parse = (text: string, grammar: Grammar) => { tree: SyntaxTree } | { reason: string };

/** Larger files are data or generated: nobody wrote them by hand, and nobody reads them in a review. */
export const mostCharacters = 1_000_000;
/** So is a file with a line like this one. */
export const longestLine = 20_000;
/** Of one file no more findings are kept. */
export const mostFindings = 1000;

/**
 * What the patterns see in one file of the change. What the base shows as well is marked so; a file that was not looked at,
 * or of which a part could not be read, is named with the reason. What a directive hides is told with the help of `engines`.
 */
export function lintFile(
  file: FileToLint,
  patterns: readonly Pattern[],
  parse: Parse,
  engines: Engines = {},
): LintedFile {
  const refusal = reasonNotToRead(file);
  if (refusal !== null)
    return { ...nothing, notAnalysed: isData(file.path) ? [] : [{ path: file.path, reason: refusal }] };
  const sides = readSides(file, patterns, parse);
  const found = findAtHead(file, sides, patterns);
  const before = found.length === 0 && file.head !== null ? [] : findAtBase(file, sides, patterns);
  const compared = patterns.flatMap((pattern) => compare(pattern, file, sides));
  const { marked, gone } = markKnown(found, before, file.hunks);
  const hidden = tellHidden([...marked, ...compared], textAtHead(file, sides), engines);
  const all = hidden.findings;
  const notAnalysed = [...sides.notes, ...hidden.notes, ...(all.length > mostFindings ? [tooMany(all.length)] : [])];
  return {
    findings: all.slice(0, mostFindings),
    gone,
    unlessUsed: findUnused(file, sides, patterns),
    functions: sides.head() === null ? [] : touchedFunctions(sides.head()!, file),
    notAnalysed: notAnalysed.map((reason) => ({ path: file.path, reason })),
  };
}

const nothing: LintedFile = { findings: [], gone: [], unlessUsed: [], functions: [], notAnalysed: [] };

/** Of data nobody expects that code was looked for in it. */
function isData(path: string): boolean {
  return /\.(?:json|jsonl|ndjson|lock|svg|csv|tsv|txt|map|snap|sum|geojson|html?|xml|log|sql|ipynb|po|min\.\w+)$/i.test(
    path,
  );
}

function tooMany(count: number): string {
  return `of ${count} findings in it the first ${mostFindings} are kept`;
}

function reasonNotToRead({ base, head }: FileToLint): string | null {
  for (const text of [head, base]) {
    if (text === null) continue;
    if (text.length > mostCharacters)
      return `it has ${text.length} characters, and no more than ${mostCharacters} are looked at`;
    if (text.includes("\0")) return "it holds a NUL byte, which no source text does";
    const line = lineLongerThan(text, longestLine);
    if (line !== null) return `its line ${line} has more than ${longestLine} characters: it is generated or minified`;
  }
  return null;
}

function lineLongerThan(text: string, limit: number): number | null {
  let number = 1;
  for (let start = 0; start < text.length; number += 1) {
    const end = text.indexOf("\n", start);
    if ((end === -1 ? text.length : end) - start > limit) return number;
    if (end === -1) return null;
    start = end + 1;
  }
  return null;
}

/** Each side's tree, made when it is first asked for. */
interface Sides {
  head: () => SourceFile | null;
  base: () => SourceFile | null;
  /** What could not be read of the head. */
  notes: string[];
}

/** A file is parsed at head only where some pattern could be in it. */
function readSides(file: FileToLint, patterns: readonly Pattern[], parse: Parse): Sides {
  const kind = fileKind(file.path);
  const notes: string[] = [];
  const read = (text: string | null, isHead: boolean): SourceFile | null => {
    if (text === null || kind === null) return null;
    const parsed = parse(text, kind.grammar);
    if ("reason" in parsed) {
      if (isHead) notes.push(parsed.reason);
      return null;
    }
    if (isHead) notes.push(...unreadLines(parsed.tree, file, kind.grammar));
    return new SourceFile(file.path, parsed.tree);
  };
  const isWanted = kind !== null && patterns.some((pattern) => needsTree(pattern, file, kind.language));
  return {
    head: once(() => (isWanted ? read(file.head, true) : null)),
    base: once(() => read(file.base, false)),
    notes,
  };
}

function needsTree(pattern: Pattern, { head, base }: FileToLint, language: SourceFile["language"]): boolean {
  const { find, findUnused: isAsked, compare: isCompared, findInText, trigger, languages } = pattern;
  const here = head !== null && trigger.test(head);
  if (((find ?? isAsked) !== undefined && languages.includes(language)) || findInText !== undefined) return here;
  return isCompared !== undefined && base !== null && (here || trigger.test(base));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Only where the change itself stands in what could not be read. */
function unreadLines({ unread }: SyntaxTree, { base, hunks }: FileToLint, grammar: Grammar): string[] {
  const concerned = unread.filter(({ line, endLine }) => base === null || touches(hunks, line, endLine));
  if (concerned.length === 0) return [];
  const lines = concerned.slice(0, 3).map(({ line }) => line);
  const more = concerned.length > 3 ? " and others" : "";
  return [`what stands around line ${lines.join(", ")}${more} could not be read as ${grammar}; the rest was looked at`];
}

/** Only what the change touches: of the rest nobody knows whether the base had it. */
function findUnused(file: FileToLint, sides: Sides, patterns: readonly Pattern[]): LintedFile["unlessUsed"] {
  const head = sides.head();
  if (head === null) return [];
  const isNew = ({ place }: RawFinding) =>
    file.base === null || (place.kind === "lines" && touches(file.hunks, place.start, place.end));
  return patterns.flatMap((pattern) => findUnusedIn(head, pattern)).filter(({ finding }) => isNew(finding));
}

function findAtHead(file: FileToLint, sides: Sides, patterns: readonly Pattern[]): RawFinding[] {
  return file.head === null ? [] : findIn(file.path, file.head, sides.head(), patterns);
}

function findAtBase(file: FileToLint, sides: Sides, patterns: readonly Pattern[]): RawFinding[] {
  return file.base === null ? [] : findIn(file.path, file.base, sides.base(), patterns);
}

function findIn(path: string, text: string, source: SourceFile | null, patterns: readonly Pattern[]): RawFinding[] {
  return [
    ...(source === null ? [] : findPatterns(source, patterns)),
    ...findTextPatterns(source === null ? plainTextFile(path, text) : textFile(source), patterns),
  ];
}

function textAtHead({ path, head }: FileToLint, sides: Sides): () => { file: TextFile; source: SourceFile | null } {
  return () => {
    const source = sides.head();
    return { file: source === null ? plainTextFile(path, head ?? "") : textFile(source), source };
  };
}

function compare(pattern: Pattern, file: FileToLint, sides: Sides): RawFinding[] {
  const { compare: look, trigger } = pattern;
  if (look === undefined || file.base === null) return [];
  if (!trigger.test(file.base) && !(file.head !== null && trigger.test(file.head))) return [];
  const pair = { base: sides.base(), head: sides.head() };
  if (pair.base === null) return [];
  return collect(pattern, { path: file.path, text: file.head ?? file.base }, (report) => look(pair, report));
}

/** A finding is known when the base has it on the same line, or has as many of the same identity. */
function markKnown(
  found: readonly RawFinding[],
  before: readonly RawFinding[],
  hunks: readonly Hunk[],
): Pick<LintedFile, "gone"> & { marked: RawFinding[] } {
  const left = new Set(before);
  const byLine = grouped(before, (old) => key(old.rule, startOf(old)));
  const byIdentity = grouped(before, (old) => key(old.rule, old.identity));
  const take = (candidates: RawFinding[] = []): boolean => {
    for (let old = candidates.shift(); old !== undefined; old = candidates.shift()) if (left.delete(old)) return true;
    return false;
  };
  const onSameLine = found.map((finding) => {
    const line = mapLineBackward(hunks, startOf(finding));
    return line !== null && take(byLine.get(key(finding.rule, line)));
  });
  const marked = found.map((finding, index) => {
    const isKnown = onSameLine[index]! || take(byIdentity.get(key(finding.rule, finding.identity)));
    return isKnown ? { ...finding, atBase: true as const } : finding;
  });
  return { marked, gone: [...left].map(({ rule, identity }) => ({ rule, identity })) };
}

function key(rule: string, rest: string | number): string {
  return `${rule}\0${rest}`;
}

function grouped(found: readonly RawFinding[], keyOf: (finding: RawFinding) => string): Map<string, RawFinding[]> {
  const groups = new Map<string, RawFinding[]>();
  for (const finding of found) {
    const group = groups.get(keyOf(finding));
    if (group === undefined) groups.set(keyOf(finding), [finding]);
    else group.push(finding);
  }
  return groups;
}

function startOf({ place }: RawFinding): number {
  return place.kind === "lines" ? place.start : 0;
}

/** The functions at head in which the change touched a line. */
function touchedFunctions(head: SourceFile, { base, hunks, path }: FileToLint): FunctionSpan[] {
  return head.functions
    .map(({ node, name }) => ({ path, name, start: node.line, end: node.endLine }))
    .filter(({ start, end }) => base === null || touches(hunks, start, end));
}
