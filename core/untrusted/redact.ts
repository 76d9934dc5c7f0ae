import { createHmac } from "node:crypto";
import { base64Decoded, unescaped, type DecodedText } from "./encodings.ts";
import { placeholder } from "./placeholder.ts";
import { secretPatterns } from "./secret-patterns.ts";

/** A stretch of a text that has the shape of a secret, in UTF-16 code units; `end` is exclusive. */
export interface SecretMatch {
  /** The row of the table in secret-patterns.ts. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Everything in the text that has the shape of a secret, in order and without overlaps: as written, URL-, JSON- or
 * HTML-escaped, in base64, cut by invisible characters, or two of these at once. Takes any string, in time linear in
 * its length. A PEM key is found only in one piece, so look before splitting a text into lines.
 */
export function findSecrets(text: string): SecretMatch[] {
  if (text.length < shortestSecret) return [];
  return withoutOverlaps(matchesIn(text, 2));
}

/**
 * The text with each secret replaced by `(redacted:<kind>)`. Line breaks inside a secret stay, so line numbers keep
 * their meaning. Redacting twice changes nothing, and the result holds nothing that `findSecrets` finds. Commit ids,
 * UUIDs, `AI-Prompt` fingerprints, trace and session ids, integrity hashes, addresses and paths stay as they are,
 * unless a name such as `password=` says that they are a secret.
 */
export function redact(text: string): string {
  let redacted = text;
  // What stands beside a secret can read differently once the secret is gone. Ordinary text is done in one round.
  for (let round = 0; round < 4; round++) {
    const matches = findSecrets(redacted);
    if (matches.length === 0) return redacted;
    redacted = replaced(redacted, matches);
  }
  return findSecrets(redacted).length === 0 ? redacted : placeholderFor("text", redacted);
}

/**
 * An HMAC-SHA-256 of the secret, as the first 16 hexadecimal digits: equal for equal secrets, so that a report can tell
 * whether two places hold the same one, and useless without the key.
 * Throws a RangeError for an empty key, with which anybody could test guesses.
 */
export function secretFingerprint(secret: string, key: string | Uint8Array): string {
  if (key.length === 0)
    throw new RangeError("secretFingerprint: the key is empty. Give a random key of 16 bytes or more.");
  return createHmac("sha256", key).update(secret).digest("hex").slice(0, 16);
}

/** The shortest text with a match: `://u:p@`. */
const shortestSecret = 7;

function matchesIn(text: string, levels: number): SecretMatch[] {
  const plain = secretPatterns.flatMap(({ kind, find }) => find(text).map(({ start, end }) => ({ kind, start, end })));
  if (levels === 0) return plain;
  return [...plain, ...matchesBehind(unescaped(text), levels), ...matchesBehind(base64Decoded(text), levels)];
}

function matchesBehind(decoded: DecodedText | undefined, levels: number): SecretMatch[] {
  if (decoded === undefined) return [];
  return matchesIn(decoded.text, levels - 1).map((match) => ({ kind: match.kind, ...decoded.origin(match) }));
}

/** Overlapping matches become one, named after the first; of two that start together, after the longer. */
function withoutOverlaps(matches: readonly SecretMatch[]): SecretMatch[] {
  const merged: SecretMatch[] = [];
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last !== undefined && match.start < last.end)
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, match.end) };
    else merged.push(match);
  }
  return merged;
}

function replaced(text: string, matches: readonly SecretMatch[]): string {
  const pieces: string[] = [];
  let read = 0;
  for (const { kind, start, end } of matches) {
    pieces.push(text.slice(read, start), placeholderFor(kind, text.slice(start, end)));
    read = end;
  }
  return pieces.join("") + text.slice(read);
}

function placeholderFor(kind: string, secret: string): string {
  return placeholder(kind) + (secret.match(/\r\n|[\r\n]/g) ?? []).join("");
}
