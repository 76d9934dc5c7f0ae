import { skeleton } from "../untrusted/index.ts";

/**
 * The text in lower case as an eye reads it: letters of other alphabets that look Latin become Latin, full-width and
 * other compatibility forms become plain, invisible characters go. Used to recognise a mark that somebody disguised.
 * Of a long text only lower case is taken: no mark is that long, and normalising it could take quadratic time.
 */
export function foldLookAlikes(text: string): string {
  if (isAscii(text) || text.length > longestMark) return text.toLowerCase();
  return skeleton(text.normalize("NFKC").replace(invisible, ""));
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

const longestMark = 500;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
