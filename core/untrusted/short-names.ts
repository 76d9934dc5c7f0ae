/**
 * Whether a part of a path may be the short (8.3) name under which Windows reaches what a pattern's part names: `AUTHEN~1`
 * for `authentication`. `*` and `?` of the pattern are wild. Rather yes than no: only a folder's own list tells which name
 * a short one stands for, so that two long names with one beginning are both meant.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file#short-vs-long-names
 */
export function mayBeShortFor(part: string, pattern: string): boolean {
  return stemsOf(part).some((stem) => mayBegin(pattern.toLowerCase(), stem));
}

/** Whether some part of a path has the shape of a short name. */
export function hasShortName(parts: readonly string[]): boolean {
  return parts.some((part) => stemsOf(part).length > 0);
}

/** With more files of one beginning than four, Windows keeps two letters, and four digits of a checksum follow. */
const lettersBeforeChecksum = 2;

/** What the long name begins with, in lower case; none for a name that is not short. */
function stemsOf(part: string): string[] {
  const mark = part.indexOf("~");
  if (mark < 1 || part.length > "XXXXXX~1.XXX".length) return [];
  const [number = "", extension = "", ...more] = part.slice(mark + 1).split(".");
  if (!areDigits(number, "0123456789") || mark + 1 + number.length > 8 || extension.length > 3 || more.length > 0)
    return [];
  const stem = part.slice(0, mark).toLowerCase();
  const isChecksum = stem.length === 6 && areDigits(stem.slice(lettersBeforeChecksum), "0123456789abcdef");
  return isChecksum ? [stem, stem.slice(0, lettersBeforeChecksum)] : [stem];
}

function areDigits(text: string, digits: string): boolean {
  return text !== "" && Array.from(text).every((character) => digits.includes(character));
}

/** Dots and spaces are left out of a short name, and what may not stand in one is `_` there. */
function mayBegin(pattern: string, stem: string): boolean {
  const names = Array.from(pattern).filter((character) => character !== "." && character !== " ");
  const star = names.indexOf("*");
  const letters = Array.from(stem).slice(0, star < 0 ? stem.length : star);
  return letters.every((letter, index) => letter === "_" || names[index] === "?" || names[index] === letter);
}
