/** Whether no value of a JSON text is nested deeper than `limit`. One pass over the bytes; knows nothing else of JSON. */
export function jsonDepthWithin(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const step = steps[bytes[at]!]!;
    if (step === 0) continue;
    if (step === STRING) at = stringEnd(bytes, at);
    else if ((depth += step) > limit) return false;
  }
  return true;
}

const QUOTE = 34;
const BACKSLASH = 92;
const STRING = 2;

/** What a byte outside a string does to the depth. A table, for a large report has a hundred million of them. */
const steps = new Int8Array(256);
for (const opening of "[{") steps[opening.charCodeAt(0)] = 1;
for (const closing of "]}") steps[closing.charCodeAt(0)] = -1;
steps[QUOTE] = STRING;

/** Where the string that begins at `start` ends: at its closing quote, or behind the text. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    // Most strings are short; of a long one the machine finds the next quote many bytes at a time.
    const near = Math.min(at + shortString, bytes.length);
    for (; at < near; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) at += 1;
    }
    if (at >= bytes.length) return at;
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length;
    if (backslashesBefore(bytes, quote, at) % 2 === 0) return quote;
    at = quote + 1;
  }
}

const shortString = 64;

function backslashesBefore(bytes: Uint8Array, end: number, start: number): number {
  let first = end;
  while (first > start && bytes[first - 1] === BACKSLASH) first -= 1;
  return end - first;
}
