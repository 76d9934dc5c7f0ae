import { CST, Lexer } from "yaml";
import type { FoundProblem } from "./problem.ts";
import type { ProblemCode } from "./problem-codes.ts";

/** What a policy file may at most be. Ample for people: the longest real policies have a few hundred lines. */
export const yamlLimits = { bytes: 256 * 1024, depth: 32, nodes: 5_000, marks: 10_000 } as const;

/**
 * What is wrong with a text before it is given to the YAML parser, and what keeps it from being given to it at all.
 * `fatal` when the parser must not see the text: it is too much for it, or in another encoding, and the rest is noise.
 */
export function checkYamlText(text: string): { fatal: boolean; problems: FoundProblem[] } {
  if (tooLarge(text))
    return { fatal: true, problems: [problem(0, "CS001", "the file is larger than 256 kB", "Shorten it.")] };
  const nesting = nestingProblem(text);
  if (nesting !== null) return { fatal: true, problems: [nesting] };
  const problems = [...characterProblems(text), ...directiveProblems(text)];
  return { fatal: problems.length > 0 && !isText(text), problems };
}

/**
 * The text without what was told of it and would be told a second time by the parser, or change what it reads: each such
 * character is a blank, and a directive is a comment.
 */
export function legibleText(text: string): string {
  const lines = text.replaceAll(noBreakSpace, " ").split("\n");
  return lines.map((line) => (line.startsWith("%") ? `#${line.slice(1)}` : line)).join("\n");
}

/** A name or a text without the characters that nobody sees, as its author reads it. */
export function visibleText(text: string): string {
  return Array.from(text)
    .filter((char) => !withoutWidth.includes(char) && !isHidden(char.charCodeAt(0)))
    .join("");
}

const noBreakSpace = "\u00a0";
const withoutWidth = "\u200b\u2060";

/** Neither bytes that are not UTF-8, nor control characters, nor halves of a character. */
function isText(text: string): boolean {
  if (text.includes("\uFFFD")) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isControl(code) && !isPlainWhite(text, index)) return false;
    if (isHalfPair(text, index)) return false;
  }
  return true;
}

function tooLarge(text: string): boolean {
  return text.length > yamlLimits.bytes || new TextEncoder().encode(text).length > yamlLimits.bytes;
}

/**
 * Works without recursion: deep nesting makes the parser recurse, and some versions of V8 abort the whole process when that
 * meets the end of the stack.
 * Depth and size by the lexer's tokens, which are the parser's own: quotes and comments cannot hide a bracket.
 * A block mapping counts where its key begins, a block sequence where its dash stands.
 */
export function nestingProblem(text: string): FoundProblem | null {
  const state = {
    offset: 0,
    lineStart: 0,
    nodes: 0,
    marks: 0,
    flow: 0,
    columns: new Array<number>(),
    segment: -1,
    scalar: false,
  };
  for (const token of new Lexer().lex(text)) {
    const type = state.scalar ? "text" : (CST.tokenType(token) ?? "text");
    state.scalar = type === "scalar";
    countToken(state, type);
    if (state.flow + state.columns.length > yamlLimits.depth) return tooDeep(state.offset);
    // The parser takes time quadratic in the commas, anchors or tags that stand in a row.
    if (state.nodes > yamlLimits.nodes || state.marks > yamlLimits.marks) return tooMany(state.offset);
    if (type === "newline") Object.assign(state, { lineStart: state.offset + token.length, segment: -1 });
    // These two are marks of the lexer, not characters of the text.
    if (type !== "scalar" && type !== "doc-mode" && type !== "flow-error-end") state.offset += token.length;
  }
  return null;
}

interface Nesting {
  offset: number;
  lineStart: number;
  nodes: number;
  marks: number;
  flow: number;
  /** Where the open block collections begin, as columns from 0, ascending. */
  columns: number[];
  /** Where the current key or item of this line begins, or -1 before its first token. */
  segment: number;
}

function countToken(state: Nesting, type: string): void {
  if (contents.has(type)) state.nodes += 1;
  else if (!silent.has(type)) state.marks += 1;
  if (type === "flow-map-start" || type === "flow-seq-start") state.flow += 1;
  if (type === "flow-map-end" || type === "flow-seq-end") state.flow = Math.max(0, state.flow - 1);
  if (type === "flow-error-end" || type === "doc-mode") state.flow = 0;
  if (state.flow > 0 || silent.has(type)) return;
  const column = state.offset - state.lineStart;
  if (state.segment === -1) {
    while ((state.columns.at(-1) ?? -1) >= column) state.columns.pop();
    state.segment = column;
  }
  if (!indicators.has(type)) return;
  state.columns.push(type === "map-value-ind" ? state.segment : column);
  state.segment = column + 1;
}

const contents = new Set([
  "text",
  "alias",
  "single-quoted-scalar",
  "double-quoted-scalar",
  "flow-map-start",
  "flow-seq-start",
]);
const indicators = new Set(["seq-item-ind", "explicit-key-ind", "map-value-ind"]);
const silent = new Set(["space", "newline", "comment", "doc-mode", "byte-order-mark", "directive-line", "scalar"]);

function tooDeep(offset: number): FoundProblem {
  return problem(offset, "CS002", "nested deeper than 32 levels", "Flatten it: no key of a policy needs more than 8.");
}

function tooMany(offset: number): FoundProblem {
  return problem(offset, "CS003", "the file holds more than 5,000 values", "Use fewer, wider patterns.");
}

/** The first of each kind is enough: a file in a wrong encoding has thousands. */
function characterProblems(text: string): FoundProblem[] {
  const found = [
    problem(
      text.startsWith("\uFEFF") ? 0 : -1,
      "CS004",
      "the file begins with a byte order mark",
      "Save it as UTF-8 without one.",
    ),
    problem(
      text.indexOf("\uFFFD"),
      "CS004",
      "a byte that is not UTF-8 stands here",
      'Save the file as UTF-8; for the character U+FFFD itself, write "\\ufffd".',
    ),
    problem(
      text.search(/[\u200b\u2060]/),
      "CS004",
      "a character without width, which nobody sees, stands here",
      'Remove it; inside a text, write it as an escape such as "\\u200b".',
    ),
    problem(
      strangeSpace(text),
      "CS004",
      "a no-break space stands here, and YAML does not take it for a space",
      'Write a plain space; inside a text, write "\\u00a0".',
    ),
    problem(text.indexOf("\t"), "CS005", "a tab stands here", 'Write spaces; inside a text, write "\\t".'),
    problem(
      firstHidden(text),
      "CS004",
      "a control or text-direction character stands here",
      'Remove it; inside a text, write it as an escape such as "\\u202e".',
    ),
  ];
  return found.filter(({ offset }) => offset >= 0);
}

/**
 * A no-break space that is meant to separate: at the start of a line, or behind a mark of YAML. Inside a text it is a
 * character like any other. Lines with a quote or a comment before it are passed over: whatever it does there is text.
 */
function strangeSpace(text: string): number {
  for (let at = text.indexOf("\u00a0"); at >= 0; at = text.indexOf("\u00a0", at + 1)) {
    const before = text.slice(Math.max(text.lastIndexOf("\n", at) + 1, at - 200), at).trim();
    const separates = before === "" || before === "-" || ":,[{".includes(before.charAt(before.length - 1));
    if (separates && !/["'#]/.test(before)) return at;
  }
  return -1;
}

/** Characters that no editor shows and that change what a reader believes to read. A byte order mark at the start is told apart. */
function firstHidden(text: string): number {
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  for (let index = start; index < text.length; index++) {
    if (!isPlainWhite(text, index) && isHidden(text.charCodeAt(index))) return index;
    if (isHalfPair(text, index)) return index;
  }
  return -1;
}

/** A line break, or a tab, which has a problem of its own. */
function isPlainWhite(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 0x09 || code === 0x0a || (code === 0x0d && text.charCodeAt(index + 1) === 0x0a);
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

function isHidden(code: number): boolean {
  if (isControl(code)) return true;
  if (code === 0x061c || code === 0x200e || code === 0x200f || code === 0xfeff) return true;
  return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

function isHalfPair(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code >= 0xd800 && code <= 0xdbff) return (text.charCodeAt(index + 1) & 0xfc00) !== 0xdc00;
  return code >= 0xdc00 && code <= 0xdfff && (text.charCodeAt(index - 1) & 0xfc00) !== 0xd800;
}

/** `%YAML 1.1` would change what `no` means. */
function directiveProblems(text: string): FoundProblem[] {
  const offset = text.startsWith("%") ? 0 : text.indexOf("\n%") + 1;
  if (offset === 0 && !text.startsWith("%")) return [];
  return [
    problem(offset, "CS017", "a YAML directive stands here", "Remove the line: a policy is always read as YAML 1.2."),
  ];
}

function problem(offset: number, code: ProblemCode, what: string, fix: string): FoundProblem {
  return { offset, code, path: [], what, fix };
}
