/** A path as text. git's paths are bytes in no particular encoding. */
export interface PathName {
  path: string;
  validUtf8: boolean;
}

/**
 * Decodes a path; a path that is not UTF-8 keeps its ASCII and shows every other byte as `\xNN` (a backslash as `\x5c`),
 * so that no two such paths read the same. One that is UTF-8 and holds `\xNN` as text still can.
 */
export function readPath(bytes: Uint8Array): PathName {
  try {
    return { path: utf8.decode(bytes), validUtf8: true };
  } catch {
    const path = Array.from(bytes, (byte) =>
      byte < 0x80 && byte !== backslash ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
    ).join("");
    return { path, validUtf8: false };
  }
}

const backslash = 0x5c;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A name as git writes it in a list of lines: in quotes where it holds a quote, a backslash or a control character, with C's
 * escapes and bytes in octal; else as it is. https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
 */
export function unquotedName(name: Uint8Array): Uint8Array {
  if (name[0] !== quote) return name;
  const bytes: number[] = [];
  for (let index = 1; index < name.length - 1; index += 1) {
    if (name[index] !== backslash) {
      bytes.push(name[index] ?? 0);
      continue;
    }
    const digits = String.fromCharCode(...name.subarray(index + 1, index + 4));
    const isOctal = /^[0-7]{3}$/.test(digits);
    const letter = digits.charAt(0);
    bytes.push(isOctal ? parseInt(digits, 8) : (escapes[letter] ?? letter.charCodeAt(0)));
    index += isOctal ? 3 : 1;
  }
  return Uint8Array.from(bytes);
}

const quote = 0x22;
const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
