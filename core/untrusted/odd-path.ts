import { lookalikeOf, skeleton } from "./confusables.ts";
import { isNfc, nfkc } from "./normal-form.ts";
import { portableForm } from "./path-forms.ts";
import type { PathFacts } from "./show-path.ts";

/**
 * What is odd about a path, as short phrases for people, in a fixed order; empty for an ordinary one. Odd is what
 * another system, tool or reader would take for a different path. Names in other scripts are ordinary.
 */
export function oddPath(path: string, facts: PathFacts = {}): string[] {
  const parts = path.split("/");
  const validUtf8 = facts.validUtf8 !== false;
  const checks: [phrase: string, found: boolean][] = [
    ["bytes that are not UTF-8", !validUtf8 || !path.isWellFormed()],
    ["a line break", /[\n\v\f\r\u0085\u2028\u2029]/.test(path)],
    ["a control character", /(?![\n\v\f\r\u0085])\p{Cc}/u.test(path)],
    ["a character that changes the text direction", /\p{Bidi_Control}/u.test(path)],
    ["an invisible character", invisible.test(path.replace(ordinaryJoiner, ""))],
    ["accents that are not composed (not NFC)", path.isWellFormed() && !isNfc(path)],
    ["letters of another script that look like ASCII ones", words(path).some(isLookalikeWord)],
    ["a part that ends with a dot or a space", parts.some((part) => /[.\s]$/.test(part))],
    // Where bytes are not UTF-8 the text has backslashes of its own.
    ["a backslash, which Windows takes for a separator", validUtf8 && path.includes("\\")],
    ["a name that Windows reserves", parts.some(isReservedName)],
    ["a short Windows name", parts.some((part) => /^[^.]{1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?$/.test(part))],
    ["a look-alike of a .git file", parts.some(isGitLookalike)],
    ["more than 4,096 bytes", Buffer.byteLength(path) > 4_096],
  ];
  return checks.filter(([, found]) => found).map(([phrase]) => phrase);
}

const invisible = /(?!\p{Bidi_Control})[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/u;

/** Joiners that spelling needs: in words of Arabic and Indic scripts, and in emoji. */
const ordinaryJoiner = new RegExp(
  ["Arab", "Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu"]
    .map((script) => `(?<=\\p{Script=${script}})[\\u200C\\u200D](?=\\p{Script=${script}})`)
    .concat(String.raw`(?<=\p{Extended_Pictographic})\uFE0F?(?:\u200D(?=\p{Extended_Pictographic}))?`)
    .join("|"),
  "gu",
);

function words(path: string): string[] {
  return path.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * A word that mixes ASCII letters with letters that pass for them, so that all of it reads as ASCII. A word wholly in
 * one script is an ordinary name, even when each of its letters has a twin.
 */
function isLookalikeWord(word: string): boolean {
  const others = Array.from(word).filter((character) => character > "\x7F");
  return others.length > 0 && /[A-Za-z]/.test(word) && others.every(isLookalike);
}

function isLookalike(character: string): boolean {
  return lookalikeOf(character) !== undefined || /^[A-Za-z]$/.test(nfkc(character));
}

/** "Naming Files, Paths, and Namespaces" (Microsoft Learn): reserved with any extension, and with superscript digits. */
function isReservedName(part: string): boolean {
  return /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s{0,8}(?:[.:]|$)/i.test(part);
}

const gitNames = new Set([".git", ".gitmodules", ".gitattributes", ".gitignore", ".mailmap"]);

/** `.GIT`, `.git ` and `.g\u200cit` open the same directory on Windows or macOS; so do `git~1` and `.git::$DATA`. */
function isGitLookalike(part: string): boolean {
  const name = portableForm(skeleton(nfkc(portableForm(part)))).split(":")[0] ?? "";
  const isPlain = part === name && name !== ".git";
  return (gitNames.has(name) && !isPlain) || /^(?:git|gitmod|gitatt|gitign)~[0-9]$/.test(name);
}
