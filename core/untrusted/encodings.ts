import type { Span } from "./tokens.ts";

/** A text as it reads once decoded, and where each stretch of it came from. */
export interface DecodedText {
  readonly text: string;
  /** The stretch of the original that a stretch of the decoded text was written as. */
  readonly origin: (span: Span) => Span;
}

/**
 * The text with URL escapes, backslash escapes (`\n`, `\/`, `\x2d`, `\u002d`) and character references decoded, and
 * without terminal colours and the invisible characters that the inert texts drop: a secret that is cut by one would
 * be whole again in the report. Undefined when there is nothing to decode. One pass, one level.
 */
export function unescaped(text: string): DecodedText | undefined {
  const origins = new Uint32Array(text.length + 1);
  const pieces: string[] = [];
  let length = 0;
  let read = 0;
  const keep = (piece: string, from: number, step: 0 | 1) => {
    for (let index = 0; index < piece.length; index++) origins[length++] = from + index * step;
    pieces.push(piece);
  };
  for (const match of text.matchAll(escapes)) {
    keep(text.slice(read, match.index), read, 1);
    keep(decodedEscape(match[0]), match.index, 0);
    read = match.index + match[0].length;
  }
  if (read === 0) return undefined;
  keep(text.slice(read), read, 1);
  origins[length] = text.length;
  // A stretch ends where the next decoded character begins; characters that were dropped in between go with it.
  return {
    text: pieces.join(""),
    origin: ({ start, end }) => ({ start: origins[start] ?? 0, end: origins[end] ?? 0 }),
  };
}

/**
 * What the base64 and base64url runs in the text say, one run a line, as far as it is printable. A run wrapped at 64 or
 * 76 columns counts as one. Each run is decoded at all four places where it may really begin, since a path or a name
 * can stand directly before it; the origin of anything found is the whole run. Undefined when no run says anything.
 */
export function base64Decoded(text: string): DecodedText | undefined {
  const pieces: string[] = [];
  const starts: number[] = [];
  const runs: Span[] = [];
  let length = 0;
  for (const run of base64Runs(text)) {
    for (const piece of readings(text.slice(run.start, run.end))) {
      pieces.push(piece);
      starts.push(length);
      runs.push(run);
      length += piece.length + 1;
    }
  }
  if (pieces.length === 0) return undefined;
  const runAt = (index: number) => runs[lastNotAfter(starts, index)] ?? { start: 0, end: 0 };
  return {
    text: pieces.join("\n"),
    origin: ({ start, end }) => ({ start: runAt(start).start, end: runAt(end - 1).end }),
  };
}

/** The alternative with `\x1B\[` is a terminal colour, whose last letter would stand directly before what it colours. */
const escapes =
  /%[0-9A-Fa-f]{2}|\x1B\[[0-9;]{0,20}[A-Za-z]|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[nrt"'/\\]|&#[0-9]{1,5};|&#x[0-9A-Fa-f]{1,4};|&(?:amp|quot|apos|lt|gt);|(?![\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

const plainEscapes: Readonly<Record<string, string>> = {
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
  "&amp;": "&",
  "&quot;": '"',
  "&apos;": "'",
  "&lt;": "<",
  "&gt;": ">",
};

/** One character at most, so that the decoded text is never longer than the original. */
function decodedEscape(escape: string): string {
  const plain = plainEscapes[escape];
  if (plain !== undefined) return plain;
  if (escape.startsWith("%")) return String.fromCharCode(parseInt(escape.slice(1), 16));
  if (escape.startsWith("\\")) {
    return escape.length === 2 ? escape.slice(1) : visibleCharacter(parseInt(escape.slice(2), 16));
  }
  if (escape.startsWith("&#x")) return visibleCharacter(parseInt(escape.slice(3, -1), 16));
  return escape.startsWith("&#") ? visibleCharacter(Number(escape.slice(2, -1))) : "";
}

/** Empty for a zero-width space and its kind, which Markdown pages carry as `&#8203;`. */
function visibleCharacter(code: number): string {
  const character = String.fromCharCode(code);
  return /\p{Default_Ignorable_Code_Point}/u.test(character) ? "" : character;
}

const base64Run = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/** The next line of a wrapped run, when nothing else stands on it. */
const nextLine = /\r?\n[ \t]{0,16}[A-Za-z0-9+/_-]+={0,2}(?=[\s"']|$)/y;

function base64Runs(text: string): Span[] {
  const runs: Span[] = [];
  base64Run.lastIndex = 0;
  for (let match = base64Run.exec(text); match !== null; match = base64Run.exec(text)) {
    const end = match[0].length >= 60 ? wrappedEnd(text, base64Run.lastIndex) : base64Run.lastIndex;
    base64Run.lastIndex = end;
    runs.push({ start: match.index, end });
  }
  return runs;
}

function wrappedEnd(text: string, firstLineEnd: number): number {
  let end = firstLineEnd;
  for (;;) {
    nextLine.lastIndex = end;
    const line = nextLine.exec(text)?.[0];
    if (line === undefined) return end;
    end += line.length;
    // Only the last line of a wrapped run is short.
    if (line.trim().length < 60) return end;
  }
}

/** The printable readings of a run. Hexadecimal runs are digests and ids, not base64. */
function readings(run: string): string[] {
  const characters = run.replace(/\s+/g, "");
  if (/^[0-9A-Fa-f]+$/.test(characters)) return [];
  return [0, 1, 2, 3].flatMap((skipped) =>
    printable(Buffer.from(characters.slice(skipped), "base64").toString("latin1")),
  );
}

/** A secret is printable; the stretches shorter than the shortest token say nothing. */
function printable(decoded: string): string[] {
  return decoded.match(/[\t\n\r\x20-\x7E]{12,}/g) ?? [];
}

function lastNotAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
