import { inertText, redact, showPath } from "../untrusted/index.ts";

/**
 * An untrusted string as one harmless line without secrets, at most `maxGraphemes` long.
 * Redacted on both sides of the cleaning: a secret must neither be cut in half before it is known, nor come together
 * when the invisible characters between its parts are dropped.
 */
export function plain(text: string, maxGraphemes = 400): string {
  const redacted = redact(text);
  const line = inertText(redacted, { maxGraphemes: 10_000 });
  return inertText(line === redacted ? line : redact(line), { maxGraphemes });
}

/** The same cleaning, remembered: a hundred thousand notes repeat a few rules, paths and ways out of them. */
export function remembering(clean: (text: string, max?: number) => string): (text: string, max?: number) => string {
  const known = new Map<string, string>();
  return (text, max) => {
    const key = `${max ?? ""} ${text}`;
    const cleaned = known.get(key) ?? clean(text, max);
    known.set(key, cleaned);
    return cleaned;
  };
}

/** A path, printable and without secrets. */
export function plainPath(path: string): string {
  return redact(showPath(redact(path)));
}

/** The first seven digits of an object id, as git shows it. */
export function shortSha(sha: string): string {
  return plain(sha.slice(0, 7));
}

/** A change id with its object ids shortened: `local@1a2b3c4..5d6e7f8`. */
export function shortId(id: string): string {
  return plain(id.replace(/[0-9a-f]{40,64}/g, (sha) => sha.slice(0, 7)));
}

/** The text within `max` UTF-16 code units, cut at a grapheme; a cut text ends with `…`. */
export function cutToLength(text: string, max: number): string {
  return text.length <= max ? text : cut(text, max, 1, (part) => part.length);
}

/** The text within `max` bytes of UTF-8, cut at a grapheme; a cut text ends with `…`. */
export function cutToBytes(text: string, max: number): string {
  return Buffer.byteLength(text) <= max ? text : cut(text, max, 3, (part) => Buffer.byteLength(part));
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** `ellipsis` is what `…` costs in the measure. */
function cut(text: string, max: number, ellipsis: number, measure: (part: string) => number): string {
  let used = ellipsis;
  let end = 0;
  // No measure is smaller than code units, so nothing past `max` of them can fit.
  for (const { segment, index } of graphemes.segment(text.slice(0, max + 1))) {
    used += measure(segment);
    if (used > max) break;
    end = index + segment.length;
  }
  return max < ellipsis ? "" : `${text.slice(0, end)}…`;
}
