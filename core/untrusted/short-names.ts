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

/**
 * Dots and spaces are left out of a short name, and what may not stand in one is `_` there. No further than the letters go:
 * a pattern may be long.
 */
function mayBegin(pattern: string, stem: string): boolean {
  let at = 0;
  for (const letter of stem) {
    while (pattern.charAt(at) === "." || pattern.charAt(at) === " ") at += 1;
    const wanted = at < pattern.length ? String.fromCodePoint(pattern.codePointAt(at)!) : "";
    if (wanted === "*") return true;
    if (letter !== "_" && wanted !== "?" && wanted !== letter) return false;
    at += wanted.length;
  }
  return true;
}
