import { endOfMatch, type Wildcards } from "./wildcards.ts";

/**
 * A pattern of a CODEOWNERS file, taken apart. By gitignore's rules (https://git-scm.com/docs/gitignore#_pattern_format)
 * with GitHub's exceptions.
 */
export interface CodeownersPattern {
  /** What the names of a path's folders and file must be, from the root down; a `null` stands for any number of folders. */
  readonly segments: readonly Segment[];
  /**
   * What stands below the last name. `self`: only the path itself, as for `docs/*`. `inside`: only what is in the folder.
   * `both`: the path, and all in it when it is a folder.
   */
  readonly reach: "self" | "both" | "inside";
}

/** One name of a pattern. `null` is `**`. A text is that name; a list holds characters, `any` (`?`) and `many` (`*`). */
export type Segment = null | string | readonly Part[];
/** A stretch of one name in a pattern: characters as written, `?`, or `*`. */
export type Part = { literal: string } | "any" | "many";

/** Takes a pattern apart that has been found valid. */
export function compilePattern(pattern: string): CodeownersPattern {
  const written = splitAtSlashes(pattern);
  const folder = written.length > 1 && written.at(-1) === "";
  const path = folder ? written.slice(0, -1) : written;
  // A slash at the beginning or in the middle binds a pattern to the root; without one it may begin in any folder.
  const names = path.length === 1 ? ["**", ...path] : path[0] === "" ? path.slice(1) : path;
  const segments = names.filter((name, index) => name !== "**" || names[index - 1] !== "**").map(segmentOf);
  if (segments.at(-1) === null) return { segments: segments.slice(0, -1), reach: "inside" };
  // GitHub says of `docs/*` that it goes no deeper; `docs/a*` may name a folder, with all that is in it.
  const reach = folder ? "inside" : names.at(-1) === "*" ? "self" : "both";
  return { segments, reach };
}

/** How names are compared; whoever counts the work makes one of its own. */
export type Matching = Wildcards<Segment, string>;

/** `spend` is told about how many characters are about to be compared. */
export function countedMatching(spend: (steps: number) => void): Matching {
  const characters: Wildcards<Part, string> = {
    isStar: (part) => part === "many",
    fits: (part, character) => {
      spend(1);
      return part === "any" || (part !== "many" && part.literal === character);
    },
  };
  return {
    isStar: (segment) => segment === null,
    fits: (segment, name) => {
      spend(1);
      if (segment === null || typeof segment === "string") return segment === name;
      const texts = textsOf(segment);
      if (texts !== null) return fitsTexts(texts, name, spend);
      return endOfMatch(characters, segment, Array.from(name), true) !== null;
    },
  };
}

const uncounted = countedMatching(() => undefined);

/** Whether a pattern matches a path, given as its names from the root down. The case of letters counts. */
export function matchesPattern(
  { segments, reach }: CodeownersPattern,
  names: readonly string[],
  matching: Matching = uncounted,
): boolean {
  // Most patterns have no `**`, and most of those differ in one of the first names.
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index] ?? null;
    if (segment === null) break;
    const name = names[index];
    if (name === undefined || !matching.fits(segment, name)) return false;
  }
  const end = endOfMatch(matching, segments, names, reach === "self");
  return end !== null && (reach !== "inside" || end < names.length);
}

/** The texts between the `*` of a name; null for a name with a `?`. Taken apart once. */
const knownTexts = new WeakMap<readonly Part[], readonly string[] | null>();

function textsOf(segment: readonly Part[]): readonly string[] | null {
  const known = knownTexts.get(segment);
  if (known !== undefined) return known;
  const texts = [""];
  for (const part of segment) {
    if (part === "many") texts.push("");
    else if (part !== "any") texts.push(`${texts.pop() ?? ""}${part.literal}`);
  }
  const fresh = segment.includes("any") ? null : texts;
  knownTexts.set(segment, fresh);
  return fresh;
}

/** The first text stands at the beginning, the last at the end, and the others between them, each as early as it can. */
function fitsTexts(texts: readonly string[], name: string, spend: (steps: number) => void): boolean {
  const first = texts[0] ?? "";
  const last = texts[texts.length - 1] ?? "";
  const end = name.length - last.length;
  let at = first.length;
  // Names differ at their very end more often than before it, where `endsWith` would begin.
  if (at > end || (last !== "" && name.charCodeAt(name.length - 1) !== last.charCodeAt(last.length - 1))) return false;
  spend(Math.ceil((first.length + last.length) / 8));
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  for (let index = 1; index < texts.length - 1; index += 1) {
    const text = texts[index]!;
    // Searching takes at worst as long as comparing the text at every place, a few characters at a time.
    spend(1 + Math.ceil(((end - at) * text.length) / 8));
    const found = name.indexOf(text, at);
    if (found < 0 || found + text.length > end) return false;
    at = found + text.length;
  }
  return true;
}

/** Cut at each slash; a backslash before one says nothing. */
function splitAtSlashes(pattern: string): string[] {
  const names: string[] = [];
  let name = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const escaping = pattern[at] === "\\" && at + 1 < pattern.length;
    if (escaping) at += 1;
    if (pattern[at] === "/") {
      names.push(name);
      name = "";
    } else name += escaping ? `\\${pattern.charAt(at)}` : pattern.charAt(at);
  }
  return [...names, name];
}

function segmentOf(name: string): Segment {
  if (name === "**") return null;
  const parts: Part[] = [];
  let escaped = false;
  for (const character of name) {
    if (character === "\\" && !escaped) {
      escaped = true;
      continue;
    }
    if (escaped || (character !== "*" && character !== "?")) parts.push({ literal: character });
    else if (character === "?") parts.push("any");
    else if (parts.at(-1) !== "many") parts.push("many");
    escaped = false;
  }
  return parts.every((part) => typeof part === "object") ? parts.map(({ literal }) => literal).join("") : parts;
}
