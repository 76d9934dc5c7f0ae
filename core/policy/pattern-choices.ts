/** More patterns than this are not written out. */
const mostChoices = 8;

/**
 * The patterns that a pattern with braces or character classes stands for: `src/a.ts` and `src/b.ts` for `src/[ab].ts`. Null
 * where there is no choice, or where it is of more than eight; ranges are not spelt out.
 */
export function choicesIn(pattern: string): readonly string[] | null {
  let choices: readonly string[] | null = [pattern];
  while (choices?.some(hasChoice) === true) choices = oneStep(choices);
  return choices !== null && choices.length > 1 ? choices : null;
}

/** One of those patterns however many there are, made of the first of each choice; null where there is no choice. */
export function firstChoice(pattern: string): string | null {
  let first = pattern;
  while (hasChoice(first)) {
    const choices = innermost(first);
    if (choices === null) return null;
    first = choices[0] ?? "";
  }
  return first === pattern ? null : first;
}

/** The pattern with `?` for every class, which is any one character. */
export function withAnyCharacter(pattern: string): string {
  let text = "";
  for (let at = 0; at < pattern.length; at++) {
    const end = pattern.charAt(at) === "[" ? pattern.indexOf("]", at) : -1;
    text += end > at ? "?" : pattern.charAt(at);
    if (end > at) at = end;
  }
  return text;
}

/** The pattern with `?` for every bracket, brace and `!`, as where they are part of a name. */
export function withMarksInName(pattern: string): string {
  return Array.from(pattern, (character) => (isMark(character) || character === "!" ? "?" : character)).join("");
}

function hasChoice(pattern: string): boolean {
  return Array.from(pattern).some(isMark);
}

function isMark(character: string): boolean {
  return "[]{}".includes(character);
}

/** The innermost choice of each pattern written out. */
function oneStep(patterns: readonly string[]): readonly string[] | null {
  const next = new Set<string>();
  for (const pattern of patterns) {
    const written = innermost(pattern);
    if (written === null) return null;
    for (const choice of written) next.add(choice);
  }
  return next.size > mostChoices ? null : [...next];
}

/** The first choice that holds no other, written out; null where there is none. */
function innermost(pattern: string): string[] | null {
  const end = Math.min(...[pattern.indexOf("]"), pattern.indexOf("}")].filter((at) => at >= 0));
  const start = pattern.lastIndexOf(pattern.charAt(end) === "]" ? "[" : "{", end);
  if (end === Infinity || start < 0) return null;
  const parts = partsOf(pattern.slice(start + 1, end), pattern.charAt(end));
  return parts === null ? null : parts.map((part) => pattern.slice(0, start) + part + pattern.slice(end + 1));
}

/** What stands between the marks, choice by choice; null for a range, for all but some, and where there is nothing to choose. */
function partsOf(inside: string, end: string): string[] | null {
  if (Array.from(inside).some(isMark)) return null;
  if (end === "}") return inside.includes(",") ? inside.split(",") : null;
  return inside === "" || inside.includes("-") || "!^".includes(inside.charAt(0)) ? null : Array.from(inside);
}
