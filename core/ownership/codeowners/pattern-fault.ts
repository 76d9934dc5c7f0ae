import type { Word } from "./words.ts";

/** Why GitHub skips the line of a pattern, and what the pattern could be meant for. */
export interface PatternFault {
  /** Where the fault is, counted from 1. */
  column: number;
  suggestion: string;
  /** Patterns to compile: whatever the line was meant to match, one of them does. */
  couldMean: readonly string[];
}

/** What is wrong with a pattern; null for a valid one. Source: GitHub, "About code owners", what does not work there. */
export function patternFault({ text, column }: Word): PatternFault | null {
  if (text === "/") return { column, suggestion: neverMatches, couldMean: [] };
  for (let at = 0; at < text.length; at += text[at] === "\\" ? 2 : 1) {
    const suggestion = faultAt(text, at);
    if (suggestion === null) continue;
    // Of bytes that could not be read nobody knows what they name.
    const couldMean = text.includes(unread) ? ["*"] : readingsOf(text);
    return { column: column + at, suggestion, couldMean };
  }
  return null;
}

/** Only this one is not meant for anything else: GitHub itself says that it never matches. */
const neverMatches = "The pattern `/` will never match anything, did you mean `*` instead?";

/** What stands in a text for bytes that are not UTF-8. */
const unread = "\ufffd";

function faultAt(text: string, at: number): string | null {
  const escaped = text[at] === "\\";
  const character = text.charAt(escaped ? at + 1 : at);
  if (character === "") return "A backslash at the end escapes nothing. Leave it out.";
  if (at === 0 && text.startsWith("!"))
    return "`!` does not negate here. For files without owners, write a later line with a pattern alone.";
  if (character === "[" || character === "]")
    return "`[ ]` does not work here. Write `?` for one character, or a line for each.";
  if (character === "#")
    return escaped
      ? "A `#` cannot be escaped here. Write `?` in its place."
      : "Put a blank before a comment; for a `#` in a name write `?`.";
  if (text.startsWith("***", at)) return `Did you mean \`${shortStars(text)}\`?`;
  if (character === unread) return "A byte that is not UTF-8 stands here. Save the file as UTF-8, or write `?`.";
  if (isOddBlank(character)) return "Here stands a character that cannot be seen. Write a plain blank, or `?`.";
  return null;
}

/** Of a pattern with more places where a comment or an owner may begin, nobody can say what it means. */
const mostCuts = 8;

/** The pattern without what does not work, whole, as it is seen, and up to each place where a comment or an owner may have been meant to begin. */
function readingsOf(text: string): readonly string[] {
  const cuts: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (text[at] === "#" || isOddBlank(text.charAt(at))) cuts.push(at);
  if (cuts.length > mostCuts || text.split("/").some(hasOpenRange)) return ["**"];
  const seen = Array.from(text, (character) => (isOddBlank(character) ? "" : character)).join("");
  const parts = [text, seen, ...cuts.map((at) => text.slice(0, at))].map((part) => shortStars(withoutRanges(part)));
  const readings = parts.flatMap((part) => [
    part,
    ...(part.startsWith("!") ? [part.slice(1)] : []),
    // Alone at the end, a backslash may be a name's.
    ...(part.endsWith("\\") ? [`${part}\\`] : []),
  ]);
  return [...new Set(readings)].filter((reading) => reading !== "" && reading !== "\\");
}

/** A range may be meant to hold a slash, and then no name stands alone. */
function hasOpenRange(name: string): boolean {
  return name.lastIndexOf("[") > name.lastIndexOf("]");
}

/** In each name, a star for what stands from the first bracket to the last. */
function withoutRanges(text: string): string {
  return text
    .split("/")
    .map((name) => {
      const first = [name.indexOf("["), name.indexOf("]")].filter((at) => at >= 0).sort((a, b) => a - b)[0];
      if (first === undefined) return name;
      const meant = `${withoutBackslashesAtEnd(name.slice(0, first))}*${name.slice(name.lastIndexOf("]") + 1)}`;
      // A star alone would stop at files, and a range may name a folder.
      return meant === "*" ? "?*" : meant;
    })
    .join("/");
}

function withoutBackslashesAtEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\\") end -= 1;
  return text.slice(0, end);
}

/** Runs of three and more stars as two. */
function shortStars(text: string): string {
  let stars = 0;
  return Array.from(text, (character) => {
    stars = character === "*" ? stars + 1 : 0;
    return stars > 2 ? "" : character;
  }).join("");
}

/** What looks like nothing or like a plain blank: control characters, other spaces, spaces of no width, and what turns the direction of text. */
function isOddBlank(character: string): boolean {
  return (
    /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/u.test(character) &&
    character !== " " &&
    character !== "\t"
  );
}
