/**
 * Whether a value looks made by a machine rather than written as a word, a path or a number: at least 12 characters,
 * letters and digits, many different ones (3 bits each or more).
 */
export function looksRandom(value: string): boolean {
  return value.length >= 12 && hasLetterAndDigit(value) && !isPathLike(value) && bitsPerCharacter(value) >= 3;
}

/** Whether a value that stands where a credential belongs can be one: not a plain word such as `required`. */
export function isCredentialLike(value: string): boolean {
  return /[0-9]/.test(value) || /[a-z][A-Z]/.test(value) || /[A-Za-z][+/=~]/.test(value) || value.length >= 32;
}

/** Whether a value can be a short token: one run of letters and digits with marks, and neither version nor path. */
export function isTokenLike(value: string): boolean {
  return (
    looksRandom(value) || (/^[A-Za-z0-9_+/=.-]{8,}$/.test(value) && hasLetterAndDigit(value) && !isPathLike(value))
  );
}

/** Whether a value names a place in a file system or on the web. A random value may have slashes too. */
export function isPathLike(value: string): boolean {
  if (value.includes("://") || /^(?:\.{1,2}|~)?\/(?:[a-z]{2,9}|Users|Library|Volumes)\//.test(value)) return true;
  return /^(?:\.{1,2}|~|[A-Za-z]:)[/\\]/.test(value) || (value.includes("/") && !/[A-Z+=]/.test(value));
}

function hasLetterAndDigit(value: string): boolean {
  return /[A-Za-z]/.test(value) && /[0-9]/.test(value);
}

/** Shannon entropy per character, in bits. Long values are judged by their first 256 characters. */
function bitsPerCharacter(value: string): number {
  const sample = value.slice(0, 256);
  const counts = new Map<string, number>();
  for (const character of sample.split("")) counts.set(character, (counts.get(character) ?? 0) + 1);
  return Array.from(counts.values(), (count) => count / sample.length)
    .map((share) => -share * Math.log2(share))
    .reduce((sum, bits) => sum + bits, 0);
}
