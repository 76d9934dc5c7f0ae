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
