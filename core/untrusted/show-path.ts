import { isAscii, isNfc } from "./normal-form.ts";

/** What the reader of the repository knows about a path beyond its text. */
export interface PathFacts {
  /** False when some byte of the path is not UTF-8; such a byte then reads `\xNN` in the text. True unless told. */
  readonly validUtf8?: boolean;
}

/**
 * A path on one printable line; two different paths never give the same text.
 * Ordinary paths, in any script, stay as they are. A path with control, invisible or direction characters, white space
 * at an end, unusual spaces, quotes, backslashes, half surrogate pairs, text that is not NFC, or a workflow command is
 * put in double quotes with C-style escapes, as git does, except that code points are written `\u{…}` so that letters
 * stay readable. The result is not shortened.
 */
export function showPath(path: string, facts: PathFacts = {}): string {
  const unusual =
    facts.validUtf8 === false || path === "" || /^[\s\p{M}]|\s$|^::|##\[/u.test(path) || unprintable.test(path);
  if (!unusual && isNfc(path)) return path;
  const escaped = escapeParts(path, facts.validUtf8 !== false);
  // The runner looks for this marker anywhere in a line.
  return `"${escaped.replaceAll("##[", "##\\u{5b}")}"`;
}

/** What must be escaped wherever it stands. The last part: every space that is not the plain one. */
const unprintable = /["\\\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]|(?! )\p{Zs}/u;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function escapeParts(path: string, validUtf8: boolean): string {
  // No two graphemes compose, so a path of composed graphemes is composed.
  const shown = Array.from(graphemes.segment(path), ({ segment }) => escapePart(segment)).join("");
  return validUtf8 ? shown : shown.replace(/\\\\(x[0-9a-fA-F]{2})/g, "\\$1");
}

/**
 * One grapheme. Where it is not composed all of it beyond ASCII is escaped, so that `é` and `e` with an accent differ;
 * and so is what follows an escape, for an accent would land on the escape.
 */
function escapePart(grapheme: string): string {
  let escaping = !isNfc(grapheme) || /^\p{M}/u.test(grapheme);
  return Array.from(grapheme, (character) => {
    const escaped = unprintable.test(character) || (escaping && !isAscii(character));
    escaping ||= escaped;
    return escaped ? escapeOf(character) : character;
  }).join("");
}

function escapeOf(character: string): string {
  return named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
