import { inertText } from "../untrusted/index.ts";
import { spend, type Work } from "./work.ts";

/** A pattern longer than this is refused. */
export const longestGlob = 256;

/** A compiled pattern: one entry a path segment. */
export type Glob = readonly GlobSegment[];

type GlobSegment =
  | { kind: "any-depth" }
  | { kind: "exact"; text: string }
  /** Code points; `*` and `?` are wild. */
  | { kind: "wild"; characters: readonly string[] };

/**
 * Compiles a pattern without `globProblem`. `*` is any run of characters within a segment, `?` one character, `**` as a
 * whole segment any number of segments, none included: `src/**` holds for `src` itself too, so that a folder that
 * became a link or a file still matches.
 */
export function compileGlob(pattern: string): Glob {
  return pattern.split("/").map(compileSegment);
}

/**
 * Whether a path matches, in time proportional to the pattern's length times the path's. That is why this is our own:
 * without classes, braces and extended globs nothing is left that needs a regular expression, while the libraries'
 * expressions take exponential time on a dozen any-depth segments or on nested groups.
 */
export function globMatches(glob: Glob, path: string, work?: Work): boolean {
  return globMatchesSegments(glob, path.split("/"), work);
}

/** The same for a path that is split already. The comparisons that it takes are counted as work. */
export function globMatchesSegments(glob: Glob, segments: readonly string[], work?: Work): boolean {
  return matchRuns(glob, segments, isAnyDepth, segmentMatches, work);
}

/** What is wrong with a pattern and what to write instead, or null. A pattern that passes always compiles. */
export function globProblem(pattern: string): { what: string; fix: string } | null {
  if (pattern.length > longestGlob) return wrong("is longer than 256 characters", "Use a shorter pattern.");
  if (pattern === "") return wrong("is empty", 'Write a path or a pattern such as "src/**".');
  if (pattern.trim() !== pattern || inertText(pattern) !== pattern) {
    return wrong(
      "has spaces at an end, or characters that cannot be seen",
      "Remove them, or write `?` in their place.",
    );
  }
  return characterProblem(pattern) ?? shapeProblem(pattern);
}

function characterProblem(pattern: string): { what: string; fix: string } | null {
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "\\") return wrong("has a backslash", "Separate folders by `/`; nothing can be escaped.");
    if (character === "[" || character === "]") {
      return wrong("has a character class", `Write \`?\` for one character: "${pattern.replace(/[[\]]/g, "?")}".`);
    }
    if (character === "{" || character === "}") {
      return wrong("has braces", 'Write one pattern for each choice: ["src/**/*.ts", "src/**/*.tsx"].');
    }
    if (character === "(" && index > 0 && "?*+@!".includes(pattern.charAt(index - 1))) {
      return wrong("has an extended glob", "Write one pattern for each choice.");
    }
    if (character === "!") return wrong("has a `!`", "A `!` excludes only as the first character of a pattern.");
  }
  return null;
}

function shapeProblem(pattern: string): { what: string; fix: string } | null {
  const quoted = (text: string) => `Write "${text}".`;
  if (pattern.startsWith("/")) return wrong("begins with a slash", quoted(pattern.replace(/^\/+/, "") || "**"));
  if (pattern.endsWith("/")) return wrong("ends with a slash", quoted(`${pattern.replace(/\/+$/, "")}/**`));
  const segments = pattern.split("/");
  if (segments.includes(""))
    return wrong("has two slashes in a row", quoted(segments.filter((part) => part !== "").join("/")));
  if (segments[0] === ".") return wrong("begins with `./`", quoted(segments.slice(1).join("/") || "**"));
  if (segments.includes("..") || segments.includes(".")) {
    return wrong("has a `.` or `..` segment", "Write the path from the root of the repository.");
  }
  if (segments.some((part) => part !== "**" && part.includes("**"))) {
    return wrong("has `**` beside other characters", 'Write `**` between slashes: "src/**/*.ts".');
  }
  return null;
}

function wrong(what: string, fix: string): { what: string; fix: string } {
  return { what: `the pattern ${what}`, fix };
}

function compileSegment(segment: string): GlobSegment {
  if (segment === "**") return { kind: "any-depth" };
  if (!segment.includes("*") && !segment.includes("?")) return { kind: "exact", text: segment };
  return { kind: "wild", characters: Array.from(segment) };
}

function isAnyDepth(segment: GlobSegment): boolean {
  return segment.kind === "any-depth";
}

function segmentMatches(segment: GlobSegment, name: string, work: Work | undefined): boolean {
  if (segment.kind === "any-depth") return true;
  if (segment.kind === "exact") return segment.text === name;
  const characters = Array.from(name);
  if (work !== undefined) spend(work, characters.length);
  return matchRuns(segment.characters, characters, isStar, characterMatches, work);
}

function isStar(character: string): boolean {
  return character === "*";
}

function characterMatches(wanted: string, character: string): boolean {
  return wanted === "?" || wanted === character;
}

/**
 * Matches items against parts, some of which stand for any run of items. Going back to the latest such part is enough:
 * if an earlier one could take more and win, so could the latest.
 */
function matchRuns<Part, Item>(
  parts: readonly Part[],
  items: readonly Item[],
  anyRun: (part: Part) => boolean,
  matches: (part: Part, item: Item, work: Work | undefined) => boolean,
  work: Work | undefined,
): boolean {
  let part = 0;
  let item = 0;
  let back: { part: number; item: number } | null = null;
  let steps = 1;
  while (item < items.length) {
    steps += 1;
    const current = parts[part];
    if (current !== undefined && anyRun(current)) back = { part: part++, item };
    else if (current !== undefined && matches(current, items[item]!, work)) {
      part += 1;
      item += 1;
    } else if (back !== null) {
      back.item += 1;
      item = back.item;
      part = back.part + 1;
    } else break;
  }
  if (work !== undefined) spend(work, steps);
  return item === items.length && parts.slice(part).every(anyRun);
}
