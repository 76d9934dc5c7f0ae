/**
 * The tokens of a text in any language, as numbers in columns: what copies are found by. Comments, imports and licence
 * headers are left out. It is no parser: what it reads wrongly, it reads wrongly in both copies.
 */
export interface CodeTokens {
  path: string;
  count: number;
  /** What stays the same when names and literals are changed: a keyword, a mark, or that a name or literal stands here. */
  shapes: Int32Array;
  /** The token itself, as a hash. */
  texts: Int32Array;
  /** The number of the line that it begins on, from 1. */
  lines: Int32Array;
}

export const nameShape = 1;
export const memberShape = 2;
export const literalShape = 3;

/** The shape of a bracket or another mark. */
export function markShape(mark: string): number {
  return mark.charCodeAt(0) + 16;
}

/** Reads a text once from its start to its end. */
export function readTokens(path: string, text: string): CodeTokens {
  const state: State = {
    text,
    at: 0,
    line: 1,
    isFirst: true,
    skipping: false,
    depth: 0,
    hash: /\.(?:py|rb|sh|ya?ml|toml)$/.test(path),
    shapes: [],
    texts: [],
    lines: [],
  };
  while (state.at < text.length) step(state);
  const { shapes, texts, lines } = state;
  return {
    path,
    count: shapes.length,
    shapes: Int32Array.from(shapes),
    texts: Int32Array.from(texts),
    lines: Int32Array.from(lines),
  };
}

interface State {
  text: string;
  at: number;
  line: number;
  /** Whether nothing stands before it on its line. */
  isFirst: boolean;
  /** Whether it is within an import. */
  skipping: boolean;
  /** Of brackets within an import. */
  depth: number;
  /** Whether `#` begins a comment. */
  hash: boolean;
  shapes: number[];
  texts: number[];
  lines: number[];
}

function step(state: State): void {
  const { text, at } = state;
  const code = text.charCodeAt(at);
  if (code === lineFeed) {
    state.line += 1;
    state.at += 1;
    state.isFirst = true;
    if (state.depth <= 0) state.skipping = false;
  } else if (code <= 32) state.at += 1;
  else if (isCommentStart(state, code)) skipComment(state);
  else if (isNameStart(code)) readName(state);
  else if (code === 34 || code === 39 || code === 96) readString(state, code);
  else if (code >= 48 && code <= 57) readNumber(state);
  else readMark(state, code);
}

const lineFeed = 10;

function isCommentStart({ text, at, hash }: State, code: number): boolean {
  if (code === 35) return hash;
  if (code !== 47) return false;
  const next = text.charCodeAt(at + 1);
  return !hash && (next === 47 || next === 42);
}

function skipComment(state: State): void {
  const isBlock = state.text.charCodeAt(state.at + 1) === 42 && !state.hash;
  const end = state.text.indexOf(isBlock ? "*/" : "\n", state.at + 1);
  moveTo(state, end === -1 ? state.text.length : isBlock ? end + 2 : end);
}

/** Counts the lines that are passed. */
function moveTo(state: State, end: number): void {
  for (
    let next = state.text.indexOf("\n", state.at);
    next !== -1 && next < end;
    next = state.text.indexOf("\n", next + 1)
  )
    state.line += 1;
  state.at = end;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code > 127;
}

function readName(state: State): void {
  const { text, at } = state;
  let end = at + 1;
  for (let code = text.charCodeAt(end); isNameStart(code) || (code >= 48 && code <= 57); code = text.charCodeAt(end))
    end += 1;
  const name = text.slice(at, end);
  if (state.isFirst && importWords.has(name) && isImport(state, name, end)) {
    state.skipping = true;
    state.depth = 0;
  }
  const isMember = text.charCodeAt(at - 1) === 46;
  const hashed = hashOf(name);
  push(state, keywords.has(name) ? hashed : isMember ? memberShape : nameShape, hashed);
  state.at = end;
}

const importWords = new Set(["import", "from", "package", "export", "using"]);

/** `export` only where it passes on what another file has; `import(…)` is a call. */
function isImport({ text }: State, name: string, end: number): boolean {
  const rest = text.slice(end, end + 200);
  if (name === "export") return /^\s*(?:\*|(?:type\s*)?\{)/.test(rest);
  return !/^\s*[.:=]/.test(rest) && (name !== "from" || /^\s+[\w.]/.test(rest));
}

function readString(state: State, quote: number): void {
  const { text, at } = state;
  const isTriple = quote !== 96 && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  const isDoc = isTriple && state.isFirst;
  const end = isTriple ? tripleEnd(text, at) : stringEnd(text, at, quote);
  if (!isDoc) push(state, literalShape, hashOf(text.slice(at, Math.min(end, at + 200))));
  moveTo(state, end);
}

function tripleEnd(text: string, at: number): number {
  const end = text.indexOf(text.slice(at, at + 3), at + 3);
  return end === -1 ? text.length : end + 3;
}

/** A text in plain quotes ends at its line at the latest. */
function stringEnd(text: string, at: number, quote: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 92) end += 1;
    else if (code === quote) return end + 1;
    else if (code === lineFeed && quote !== 96) return end;
  }
  return text.length;
}

function readNumber(state: State): void {
  let end = state.at + 1;
  for (
    let code = state.text.charCodeAt(end);
    isNameStart(code) || (code >= 48 && code <= 57) || code === 46;
    code = state.text.charCodeAt(end)
  )
    end += 1;
  push(state, literalShape, hashOf(state.text.slice(state.at, end)));
  state.at = end;
}

function readMark(state: State, code: number): void {
  if (state.skipping) {
    if (code === 40 || code === 123) state.depth += 1;
    if (code === 41 || code === 125) state.depth -= 1;
  }
  push(state, code + 16, code);
  state.at += 1;
}

function push(state: State, shape: number, text: number): void {
  state.isFirst = false;
  if (state.skipping) return;
  state.shapes.push(shape);
  state.texts.push(text);
  state.lines.push(state.line);
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0x40000000;
}

/** Words that mean the same whoever writes them. */
const keywords = new Set(
  (
    "if else elif for while do switch case default break continue return throw raise try catch except finally with as " +
    "function func def class interface struct enum type const let var new delete in of is not and or async await yield " +
    "static public private protected final abstract void null None nil true false True False this self super lambda " +
    "import from package export extends implements go defer select range chan map int string bool boolean number"
  ).split(" "),
);
