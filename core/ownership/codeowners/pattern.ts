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

/** Whether a pattern matches a path, given as its names from the root down. The case of letters counts. */
export function matchesPattern({ segments, reach }: CodeownersPattern, names: readonly string[]): boolean {
  const end = endOfMatch(folders, segments, names, reach === "self");
  return end !== null && (reach !== "inside" || end < names.length);
}

const folders: Wildcards<Segment, string> = { isStar: (segment) => segment === null, fits: fitsName };
const characters: Wildcards<Part, string> = {
  isStar: (part) => part === "many",
  fits: (part, character) => part === "any" || (part !== "many" && part.literal === character),
};

function fitsName(segment: Segment, name: string): boolean {
  if (segment === null || typeof segment === "string") return segment === name;
  return endOfMatch(characters, segment, Array.from(name), true) !== null;
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
