import { skeleton } from "../../untrusted/index.ts";

/**
 * The text in lower case as an eye reads it: letters of other alphabets that look Latin become Latin, full-width and
 * other compatibility forms become plain, invisible characters go. Used to recognise a mark that somebody disguised.
 * Of a long text only lower case is taken: no mark is that long, and normalising it could take quadratic time.
 */
export function foldLookAlikes(text: string): string {
  if (isAscii(text) || text.length > longestMark) return text.toLowerCase();
  return skeleton(text.normalize("NFKC").replace(invisible, ""));
}

/**
 * The text with the marks of a trailer as git knows them: brackets, colons, at signs and blanks that only look like ours
 * become ours, one for one. Letters stay.
 */
export function plainPunctuation(text: string): string {
  // Most texts are of Latin letters alone, and of those the first test costs nothing.
  return strange.test(text) || text.includes("\u00a0")
    ? text.replace(everyStrange, (character) => plain.get(character) ?? " ")
    : text;
}

/** True when a character of the text passes for a colon. A text that holds no letter beyond Latin-1 is not searched. */
export function hasStrangeColon(text: string): boolean {
  return strangeColon.test(text);
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

const longestMark = 500;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

const colons = "\uff1a\ufe55\ufe13\u2236\ua789\u02d0\u02f8\u0589\u05c3";
const opening = "\uff1c\ufe64\u2039\u3008\u2329\u27e8\u276e\u2770\u02c2";
const closing = "\uff1e\ufe65\u203a\u3009\u232a\u27e9\u276f\u2771\u02c3";
const ats = "\uff20\ufe6b";
const blanks = "\u1680\u2000-\u200a\u202f\u205f\u3000";
const strangeColon = new RegExp(`[${colons}]`);
const strange = new RegExp(`[${colons}${opening}${closing}${ats}${blanks}]`);
const everyStrange = new RegExp(`\u00a0|${strange.source}`, "g");
const plain: ReadonlyMap<string, string> = new Map(
  Object.entries({ ":": colons, "<": opening, ">": closing, "@": ats }).flatMap(([ours, theirs]) =>
    Array.from(theirs, (character): [string, string] => [character, ours]),
  ),
);
