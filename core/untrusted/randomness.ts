/**
 * Whether a value looks made by a machine rather than written as a word, a path or a number: at least 12 characters,
 * letters and digits, many different ones (3 bits each or more), and not a path of lower-case parts.
 */
export function looksRandom(value: string): boolean {
  return value.length >= 12 && hasLetterAndDigit(value) && !isPathLike(value) && bitsPerCharacter(value) >= 3;
}

/** Whether a value that stands where a credential belongs can be one: not a plain word such as `required`. */
export function isCredentialLike(value: string): boolean {
  return /[0-9]/.test(value) || /[a-z][A-Z]/.test(value) || /[A-Za-z][+/=~]/.test(value) || value.length >= 32;
}

export function hasLetterAndDigit(value: string): boolean {
  return /[A-Za-z]/.test(value) && /[0-9]/.test(value);
}

function isPathLike(value: string): boolean {
  return value.includes("://") || /^[~.]{0,2}\//.test(value) || (value.includes("/") && !/[A-Z+=]/.test(value));
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
