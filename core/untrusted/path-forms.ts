import { skeleton } from "./confusables.ts";
import { nfc, nfkc } from "./normal-form.ts";

/**
 * Every form under which a pattern for a sensitive path must be tried; the path is sensitive when one form matches, so
 * that a trick can only tighten. The first is the path itself. Then, without repeats: composed (NFC); as another file
 * system would read it (backslashes are separators; trailing dots, white space and invisible characters go); the same
 * in compatible characters and lower case (NFKC); and its look-alike in ASCII letters.
 * The last two are in lower case: compare them without regard to case, or with the pattern in lower case.
 */
export function pathForms(path: string): string[] {
  const composed = nfc(path);
  const portable = portableForm(composed);
  const folded = portableForm(nfkc(portable)).toLowerCase();
  const lookalike = portableForm(skeleton(nfkc(portable)));
  return [...new Set([path, composed, portable, folded, lookalike])];
}

/** As Windows and macOS read a path: separators turned round, each part without what those systems drop from it. */
export function portableForm(path: string): string {
  return path
    .toWellFormed()
    .replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, "")
    .split(/[/\\]/)
    .map(portablePart)
    .join("/");
}

function portablePart(part: string): string {
  let end = part.length;
  while (end > 0 && /[.\s]/.test(part.charAt(end - 1))) end--;
  // A part of dots alone (`..`) is not a name that ends in dots.
  return end === 0 ? part : part.slice(0, end);
}
