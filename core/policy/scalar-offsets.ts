import type { Scalar } from "yaml";

/** A text as it stands in the file, with its quotes or its block header. */
export interface ScalarSource {
  /** From the quote, or the `|` or `>`, to the end. */
  raw: string;
  style: Scalar.Type;
}

/**
 * Where each UTF-16 code unit of a text's value stands in its source, from the source's beginning, and last where it ends.
 * Exact for every character that is not white space; folded white space is where the fold begins. Linear.
 * Both sides are walked together: but for escapes, they hold the same characters in the same order, and differ in white space.
 */
export function scalarOffsets({ raw, style }: ScalarSource, value: string): number[] {
  const offsets: number[] = [];
  let at = contentStart(raw, style);
  while (offsets.length < value.length) {
    const isSpace = isWhite(value.charCodeAt(offsets.length));
    if (!isSpace) at = skipWhite(raw, at);
    // White space that the source has and the value still lacks: a fold is shorter in the value, never longer.
    const length = isSpace && !isEscape(raw, at, style) ? whiteAt(raw, at) : tokenLength(raw, at, style);
    const units = isEscape(raw, at, style) ? escapedUnits(raw, at) : 1;
    for (let unit = 0; unit < units && offsets.length < value.length; unit++) offsets.push(Math.min(at, raw.length));
    at += length;
  }
  return [...offsets, Math.min(at, raw.length)];
}

function contentStart(raw: string, style: Scalar.Type): number {
  if (style === "QUOTE_DOUBLE" || style === "QUOTE_SINGLE") return 1;
  if (style === "PLAIN") return 0;
  const lineEnd = raw.indexOf("\n");
  if (lineEnd < 0) return raw.length;
  // The indentation of the first line that holds anything is not part of the text, unless the header counts it.
  const counted = /^[|>][+-]?([1-9])/.exec(raw);
  return counted === null ? skipIndent(raw, lineEnd + 1) : lineEnd + 1;
}

/** Past the indentation of the first line that is not empty; empty lines before it are part of the text. */
function skipIndent(raw: string, start: number): number {
  const first = skipWhite(raw, start);
  const lineStart = raw.lastIndexOf("\n", first) + 1;
  return lineStart === start ? first : start;
}

function isWhite(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function whiteAt(raw: string, at: number): number {
  return at < raw.length && isWhite(raw.charCodeAt(at)) ? 1 : 0;
}

function skipWhite(raw: string, start: number): number {
  let at = start;
  while (at < raw.length && (isWhite(raw.charCodeAt(at)) || lineJoin(raw, at))) at += 1;
  return at;
}

/** A backslash at the end of a line of a double-quoted text: the lines are one. */
function lineJoin(raw: string, at: number): boolean {
  return raw.startsWith('"') && raw.charAt(at) === "\\" && /^\r?\n/.test(raw.slice(at + 1, at + 3));
}

function isEscape(raw: string, at: number, style: Scalar.Type): boolean {
  return style === "QUOTE_DOUBLE" && raw.charAt(at) === "\\" && !lineJoin(raw, at);
}

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function tokenLength(raw: string, at: number, style: Scalar.Type): number {
  if (isEscape(raw, at, style)) return 2 + (hexDigits[raw.charAt(at + 1)] ?? 0);
  if (style === "QUOTE_SINGLE" && raw.startsWith("''", at)) return 2;
  return 1;
}

/** `\\U0001F600` stands for two code units, every other escape for one. */
function escapedUnits(raw: string, at: number): number {
  return raw.charAt(at + 1) === "U" && Number.parseInt(raw.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1;
}
