import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import type { TextFile } from "./pattern.ts";
import { endOfScope } from "./suppression-scopes.ts";
import type { Suppression } from "./suppressions.ts";

/** Lines from 1; both ends count. */
export interface Stretch {
  start: number;
  end: number;
}

/** Tells of the directives of a file on which line they stand, and which they cover. `source` is its tree, if it has one. */
export function readCoverage(
  file: TextFile,
  source: SourceFile | null,
): (suppression: Suppression) => { line: number; lines: Stretch } {
  const starts = [0];
  for (const line of file.lines) starts.push(starts.at(-1)! + line.length + 1);
  const context: Context = { file, source, starts, ends: readEnds(file) };
  return (suppression) => {
    const line = lineOf(suppression.start, starts);
    return { line, lines: covered(suppression, line, context) };
  };
}

interface Context {
  file: TextFile;
  source: SourceFile | null;
  /** Where each line begins. */
  starts: readonly number[];
  /** Where directives end what began before, ascending. */
  ends: readonly End[];
}

interface End {
  line: number;
  /** What is switched on again; none: all. */
  rules: readonly string[];
}

function covered(suppression: Suppression, line: number, context: Context): Stretch {
  const { file } = context;
  const own = { start: line, end: line };
  const rest = { start: line, end: file.lines.length };
  const isAlone = aloneOnLine.test(file.lines[line - 1] ?? "");
  switch (suppression.scope) {
    case "line":
      return own;
    case "previous-line":
      return { start: line - 1, end: line };
    case "next-line":
      return { ...own, start: nextLine(suppression, line, context), end: nextLine(suppression, line, context) };
    case "line-or-next":
      return isAlone ? { start: line, end: nextLine(suppression, line, context) } : own;
    case "line-or-rest":
      return isAlone ? { start: line, end: endOfBlock(line, file) } : own;
    case "statement":
      return isAlone ? { start: line, end: endOfStatement(firstLine(suppression, line, context), context) } : own;
    case "until-end":
      return { start: line, end: endFor(suppression, line, context.ends) ?? file.lines.length };
    case "file":
      return { ...rest, start: 1 };
  }
}

/** A comment or an annotation begins its line. */
const aloneOnLine = /^\s*(?:\/\/|\/\*|\*|#|--|<!--|;|%|\{\/\*|\{%|@|\[|")/;

/** An annotation is part of what it stands on. */
function firstLine(suppression: Suppression, line: number, context: Context): number {
  const isAnnotation = context.source !== null && /^\s*@/.test(context.file.lines[line - 1] ?? "");
  return isAnnotation ? line : nextLine(suppression, line, context);
}

/** The next line that holds more than a comment; right behind a comment of several lines. */
function nextLine({ start }: Suppression, line: number, { file, starts }: Context): number {
  const before = file.text.slice(starts[line - 1], start);
  const isBlock = before.includes("/*") || /^\s*\*/.test(before);
  const close = isBlock || file.text.startsWith("/*", start) ? file.text.indexOf("*/", start) : -1;
  const last = close === -1 ? line : lineOf(close, starts);
  for (let next = last + 1; next <= Math.min(last + mostComments, file.lines.length); next += 1)
    if (!commentOnly.test(file.lines[next - 1]!)) return next;
  return last + 1;
}

const commentOnly = /^\s*(?:$|\/\/|#(?!\[|!)|--|\*)/;
/** More lines of comments do not stand between a directive and what it is for. */
const mostComments = 10;

/** By indentation: the line before the next that is set further left than this one. */
function endOfBlock(line: number, { lines }: TextFile): number {
  const depth = indentOf(lines[line - 1] ?? "");
  for (let next = line; next < lines.length; next += 1)
    if (lines[next]!.trim() !== "" && indentOf(lines[next]!) < depth) return next;
  return lines.length;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The last line of the largest node that begins on a line. */
function endOfStatement(line: number, { file, source, starts }: Context): number {
  const text = file.lines[line - 1];
  if (source === null || text === undefined) return line;
  const offset = starts[line - 1]! + indentOf(text);
  let node: SyntaxNode | null = source.tree.root;
  while (node !== null && (node.start !== offset || listTypes.has(node.type))) node = childAt(node, offset);
  return node === null ? line : Math.max(line, node.endLine);
}

/** What begins where its first statement does. */
const listTypes = new Set(["program", "module", "source_file", "statement_list", "block", "source"]);

/** The child that holds an offset. */
function childAt({ children }: SyntaxNode, offset: number): SyntaxNode | null {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (children[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  const found = children[low];
  return found !== undefined && found.start <= offset && found.end > offset ? found : null;
}

function readEnds({ comments }: TextFile): End[] {
  return comments.flatMap(({ text, line }) => {
    const match = endOfScope.exec(text.slice(0, 500));
    if (match === null) return [];
    const names = (match[1] ?? "").split("--")[0]!;
    return { line, rules: names.split(/[\s,]+/).filter((name) => /\w/.test(name)) };
  });
}

/** The first that ends all, or one of the rules that the directive names. */
function endFor({ rules }: Suppression, line: number, ends: readonly End[]): number | null {
  let left = mostEnds;
  for (const end of ends) {
    if (end.line <= line) continue;
    if (end.rules.length === 0 || end.rules.some((rule) => rules.includes(rule))) return end.line;
    if ((left -= 1) < 0) return null;
  }
  return null;
}

/** More that end other rules are there to cost time. */
const mostEnds = 200;

function lineOf(offset: number, starts: readonly number[]): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
