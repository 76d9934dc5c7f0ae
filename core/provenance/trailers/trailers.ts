import type { Trailer } from "../provenance.ts";

/** A trailer, and the line of the message where it starts, from 1. */
export interface TrailerLine extends Trailer {
  line: number;
}

/** What git's rules make of one commit message. */
export interface TrailerReading {
  /** In the order of the message; the same key may come again. Keys keep their spelling. */
  trailers: TrailerLine[];
  /** The lines of the trailer block, from 1; null when the message has none. */
  block: { startLine: number; endLine: number } | null;
  /** The last line git looks at. What follows is blank, comment, `Conflicts:` or below the scissors line. */
  lastLine: number;
}

/**
 * The trailers of a commit object's message, exactly as `git interpret-trailers --parse --no-divider` reads them with
 * git's own defaults (separator `:`, comment character `#`). The rules are those of trailer.c, commit.c and wt-status.c:
 * the first paragraph is the title; trailing comments, blank lines, an old `Conflicts:` block and everything below the
 * scissors line do not count; the last paragraph is the block when all its lines are trailers, or when one of them is
 * git's own and at least a quarter are trailers.
 * Reads each character a bounded number of times, whatever the message holds, and never throws.
 */
export function readTrailers(message: string): TrailerReading {
  const text = asGitReads(message);
  const end = endOfText(text);
  const start = startOfBlock(text, end);
  const lastLine = countLines(text, 0, end);
  if (start === end) return { trailers: [], block: null, lastLine };
  const startLine = countLines(text, 0, start) + 1;
  return { trailers: trailersBetween(text, start, end, startLine), block: { startLine, endLine: lastLine }, lastLine };
}

/** Keys hold letters, digits and hyphens; blanks may stand before the colon. The colon's offset, or -1. */
export function findSeparator(text: string, lineStart: number): number {
  let at = lineStart;
  while (isKeyCharacter(text.charCodeAt(at))) at++;
  if (at === lineStart) return -1;
  while (text[at] === " " || text[at] === "\t") at++;
  return text[at] === ":" ? at : -1;
}

const commentCharacter = "#";
const scissors = "# ------------------------ >8 ------------------------\n";
const oldConflicts = "Conflicts:\n";
/** Lines that git itself writes; one of them in a paragraph lets up to three quarters of it be something else. */
const gitGenerated = ["Signed-off-by: ", "(cherry picked from commit "];

/** Git reads a C string: it ends at a NUL. A missing last newline stays missing: a last line `Conflicts:` is then a trailer. */
function asGitReads(message: string): string {
  const nul = message.indexOf("\0");
  return nul === -1 ? message : message.slice(0, nul);
}

/** Where the text ends once trailing comments, blank lines and an old conflicts block are dropped. */
function endOfText(text: string): number {
  const cutoff = cutAtScissors(text);
  let dropFrom = 0;
  let inConflicts = false;
  for (let at = 0; at < cutoff; at = nextLine(text, at)) {
    if (text[at] === commentCharacter || text[at] === "\n") dropFrom ||= at;
    else if (text.startsWith(oldConflicts, at)) {
      inConflicts = true;
      dropFrom ||= at;
    } else if (inConflicts && text[at] === "\t") continue;
    else if (dropFrom !== 0) {
      dropFrom = 0;
      inConflicts = false;
    }
  }
  // Offset 0 means "nothing to drop" in git too, so a message of comments alone is looked at whole.
  return dropFrom === 0 ? cutoff : dropFrom;
}

function cutAtScissors(text: string): number {
  if (text.startsWith(scissors)) return 0;
  const found = text.indexOf("\n" + scissors);
  return found === -1 ? text.length : found + 1;
}

/** The offset of the block's first line, or `end` when the last paragraph is no trailer block. */
function startOfBlock(text: string, end: number): number {
  const titleEnd = endOfTitle(text, end);
  const tally: Tally = { begun: false, trailers: 0, others: 0, continuations: 0, gitGenerated: false };
  for (let at = lastLineStart(text, end); at >= titleEnd; at = lastLineStart(text, at)) {
    if (!isBlank(text, at)) countLine(tally, text, at);
    else if (tally.begun) return isTrailerBlock(tally) ? nextLine(text, at) : end;
  }
  return end;
}

function endOfTitle(text: string, end: number): number {
  let at = 0;
  while (at < end && !isBlank(text, at)) at = nextLine(text, at);
  return at;
}

/** What a paragraph holds, counted from its last line upwards. */
interface Tally {
  /** A line that is neither blank nor comment was seen. */
  begun: boolean;
  trailers: number;
  others: number;
  /** Indented lines whose owner, a trailer or not, stands further up and is not known yet. */
  continuations: number;
  gitGenerated: boolean;
}

function countLine(tally: Tally, text: string, at: number): void {
  const isComment = text[at] === commentCharacter;
  if (!isComment) tally.begun = true;
  const isGits = gitGenerated.some((prefix) => text.startsWith(prefix, at));
  if (isGits) tally.gitGenerated = true;
  if (isGits || findSeparator(text, at) !== -1) {
    tally.trailers++;
    tally.continuations = 0;
  } else if (isSpace(text.charCodeAt(at))) tally.continuations++;
  else {
    // The indented lines below belong to this line, and so are no trailers either.
    tally.others += tally.continuations + (isComment ? 0 : 1);
    tally.continuations = 0;
  }
}

function isTrailerBlock(tally: Tally): boolean {
  const others = tally.others + tally.continuations;
  return others === 0 || (tally.gitGenerated && tally.trailers * 3 >= others);
}

function trailersBetween(text: string, start: number, end: number, startLine: number): TrailerLine[] {
  const trailers: TrailerLine[] = [];
  let line = startLine;
  for (let at = start; at < end; line++) {
    const separator = findSeparator(text, at);
    const key = { at, line };
    at = Math.min(nextLine(text, at), end);
    if (separator === -1) continue;
    for (; at < end && isSpace(text.charCodeAt(at)); line++) at = Math.min(nextLine(text, at), end);
    const value = unfold(text.slice(separator + 1, at));
    trailers.push({ key: trim(text.slice(key.at, separator)), value, line: key.line });
  }
  return trailers;
}

/** Newline and the white space after it become one space; the ends are trimmed. */
function unfold(value: string): string {
  const [first = "", ...rest] = trim(value).split("\n");
  return trim([first, ...rest.map(trimStart)].join(" "));
}

/** The offset of the last line of the first `length` characters, or -1 when there is none. */
function lastLineStart(text: string, length: number): number {
  if (length === 0) return -1;
  // The last character is left out: a newline there belongs to the line itself.
  return length === 1 ? 0 : text.lastIndexOf("\n", length - 2) + 1;
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline === -1 ? text.length : newline + 1;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at = nextLine(text, at)) count++;
  return count;
}

function isBlank(text: string, lineStart: number): boolean {
  let at = lineStart;
  while (text[at] !== "\n" && isSpace(text.charCodeAt(at))) at++;
  return at >= text.length || text[at] === "\n";
}

/** Git's own idea of white space, in every locale: no form feed, no vertical tab, nothing beyond ASCII. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return trimStart(text.slice(0, end));
}

function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  return text.slice(start);
}

function isKeyCharacter(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isDigit || isLetter || code === 0x2d;
}
