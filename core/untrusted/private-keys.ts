import type { Span } from "./tokens.ts";

/**
 * Private keys between their BEGIN and END lines (RFC 7468, RFC 4716, RFC 9580), on many lines or on one, whatever
 * stands in between. A key whose END is missing ends with the last line that looks like key material.
 */
export function findPrivateKeys(text: string): Span[] {
  if (!text.includes("BEGIN ")) return [];
  const begins = Array.from(text.matchAll(beginLine), spanOf);
  const ends = Array.from(text.matchAll(endLine), spanOf);
  const spans: Span[] = [];
  let nextEnd = 0;
  for (const [index, begin] of begins.entries()) {
    while ((ends[nextEnd]?.start ?? Infinity) < begin.end) nextEnd++;
    const end = ends[nextEnd];
    const nextBegin = begins[index + 1]?.start ?? Infinity;
    const whole = end !== undefined && end.start < nextBegin && end.start - begin.end <= longestKey;
    spans.push({ start: begin.start, end: whole ? end.end : Math.min(cutKeyEnd(text, begin.end), nextBegin) });
  }
  return spans;
}

/** Beyond this many characters an END line belongs to something else; a 16,384-bit RSA key takes about 13,000. */
const longestKey = 65_536;

const beginLine = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-{4,5}/g;
const endLine = /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-{4,5}/g;

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

/** A line of key material, with the quotes, diff marks or escaped line breaks that may stand before it. */
const keyLine = /(?:[\s"'+,;|>#*\\-]|\\[nrt]){0,40}[A-Za-z0-9+/=]{16,}/y;
/** Named one by one: a commit's trailers have the same form, and may follow a key that was cut. */
const keyHeader = /(?:\s|\\[nr]){0,8}(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|Subject): [^\r\n\\]{0,120}/y;

function cutKeyEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    const next = matchEnd(keyLine, text, end) ?? matchEnd(keyHeader, text, end);
    if (next === undefined) return end;
    end = next;
  }
}

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
