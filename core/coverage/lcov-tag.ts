import type { ByteCursor } from "./byte-cursor.ts";

/**
 * The tag of a record, up to seven capital letters before a colon, as one number: no string is made for it. Moves behind the
 * colon. Null when this is no record.
 */
export function readTag(cursor: ByteCursor): number | null {
  const { bytes } = cursor;
  let tag = 0;
  for (let at = cursor.at; at < cursor.at + 8; at++) {
    const letter = (bytes[at] ?? 0) - 64;
    if (letter === COLON - 64 && tag > 0) {
      cursor.at = at + 1;
      return tag;
    }
    if (letter < 1 || letter > 26) return null;
    tag = tag * 32 + letter;
  }
  return null;
}

/** The number that `readTag` gives for a tag. */
export function tagOf(name: string): number {
  return Array.from(name).reduce((tag, letter) => tag * 32 + letter.charCodeAt(0) - 64, 0);
}

const COLON = 58;
