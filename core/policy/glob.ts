import { inertText, mayBeShortFor } from "../untrusted/index.ts";
import { choicesIn, firstChoice, withAnyCharacter, withMarksInName } from "./pattern-choices.ts";
import { spend, type Work } from "./work.ts";

/** A pattern longer than this is refused. */
export const longestGlob = 256;

/** A compiled pattern. */
export interface Glob {
  /** One entry a path segment. */
  readonly parts: readonly GlobSegment[];
  /** Whether some part stands for any number of segments. */
  readonly anyDepth: boolean;
}

type GlobSegment =
  | { kind: "any-depth" }
  | { kind: "exact"; text: string }
  /** Code points; `*` and `?` are wild. */
  | { kind: "wild"; text: string; characters: readonly number[] };

/**
 * Compiles a pattern without `globProblem`. `*` is any run of characters within a segment, `?` one character, `**` as a
 * whole segment any number of segments, none included: `src/**` holds for `src` itself too, so that a folder that
 * became a link or a file still matches.
 */
export function compileGlob(pattern: string): Glob {
  const parts = pattern.split("/").map(compileSegment);
  return { parts, anyDepth: parts.some(({ kind }) => kind === "any-depth") };
}

/**
 * Whether a path matches, in time proportional to the pattern's length times the path's. That is why this is our own:
 * without classes, braces and extended globs nothing is left that needs a regular expression, while the libraries'
 * expressions take exponential time on a dozen any-depth segments or on nested groups.
 */
export function globMatches(glob: Glob, path: string, work?: Work): boolean {
  return globMatchesSegments(glob, path.split("/"), work);
}

/**
 * The same for a path that is split already. The comparisons that it takes are counted as work.
 * Going back to the latest `**` is enough: if an earlier one could take more and win, so could the latest.
 */
export function globMatchesSegments(
  { parts, anyDepth }: Glob,
  segments: readonly string[],
  work?: Work,
  fits: SegmentTest = segmentMatches,
): boolean {
  if (!anyDepth && parts.length !== segments.length) return counted(false, stepsOfGlob, work);
  // Most patterns that do not match differ in the last part: `**/*.sql`.
  const last = parts[parts.length - 1]!;
  if (last.kind !== "any-depth" && !fits(last, segments[segments.length - 1]!, work)) {
    return counted(false, stepsOfGlob, work);
  }
  let part = 0;
  let segment = 0;
  let backPart = -1;
  let backSegment = 0;
  let steps = stepsOfGlob;
  while (segment < segments.length) {
    steps += 2;
    const current = parts[part];
    if (current?.kind === "any-depth") {
      backPart = part++;
      backSegment = segment;
    } else if (current !== undefined && fits(current, segments[segment]!, work)) {
      part += 1;
      segment += 1;
    } else if (backPart >= 0) {
      segment = ++backSegment;
      part = backPart + 1;
    } else return counted(false, steps, work);
  }
  return counted(restIs(parts, part), steps, work);
}

/** Beginning to compare a pattern: as long as comparing so many characters. */
const stepsOfGlob = 3;

/**
 * Whether a path may match when its parts in the shape of Windows' short names stand for longer ones. For patterns that ask
 * for more, never for those that exempt.
 */
export function globMayMeanShort(glob: Glob, segments: readonly string[], work?: Work): boolean {
  return globMatchesSegments(glob, segments, work, mayMeanShort);
}

type SegmentTest = (segment: GlobSegment, name: string, work: Work | undefined) => boolean;

function mayMeanShort(segment: GlobSegment, name: string, work: Work | undefined): boolean {
  if (segmentMatches(segment, name, work)) return true;
  if (segment.kind === "any-depth") return true;
  return name.includes("~") && counted(mayBeShortFor(name, segment.text), stepsOfShortName, work);
}

/** A name of no more than 12 characters is taken apart and compared with the beginning of a pattern's part. */
const stepsOfShortName = 60;

function counted(result: boolean, steps: number, work: Work | undefined): boolean {
  if (work !== undefined) spend(work, steps);
  return result;
}

function restIs(parts: readonly GlobSegment[], from: number): boolean {
  for (let part = from; part < parts.length; part++) if (parts[part]!.kind !== "any-depth") return false;
  return true;
}

/**
 * What is wrong with a pattern and what to write instead, or null. A pattern that passes always compiles.
 * @param mark the `!` that stands before it and excludes, for what to write
 */
export function globProblem(pattern: string, mark = ""): { what: string; fix: string } | null {
  if (pattern.length > longestGlob) return wrong("is longer than 256 characters", "Use a shorter pattern.");
  if (pattern === "") return wrong("is empty", 'Write a path or a pattern such as "src/**".');
  if (Array.from(pattern).some((char) => char < " "))
    return wrong(
      "has a control character, as a backslash makes one in double quotes",
      "Separate folders by `/`; nothing can be escaped.",
    );
  if (/[\u2018-\u201e\u00ab\u00bb]/.test(pattern.charAt(0)))
    return wrong("begins with a typographic quote, which is a letter like any other", 'Write straight quotes, `"…"`.');
  if (pattern.trim() !== pattern || inertText(pattern) !== pattern) {
    return wrong(
      "has spaces at an end, or characters that cannot be seen",
      "Remove them, or write `?` in their place.",
    );
  }
  return characterProblem(pattern, mark) ?? shapeProblem(pattern, mark);
}

function characterProblem(pattern: string, mark: string): { what: string; fix: string } | null {
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "\\") return wrong("has a backslash", "Separate folders by `/`; nothing can be escaped.");
    if (character === "[" || character === "]") {
      return wrong("has a character class", classFix(mended(pattern), mark));
    }
    if (character === "{" || character === "}") {
      return wrong("has braces", braceFix(mended(pattern), mark));
    }
    if (character === "(" && index > 0 && "?*+@!".includes(pattern.charAt(index - 1))) {
      return wrong("has an extended glob", "Write one pattern for each choice.");
    }
    if (character === "!") return wrong("has a `!`", "A `!` excludes only as the first character of a pattern.");
  }
  return null;
}

/** The choices of a class as patterns; a range, and all but some, as any one character. */
function classFix(pattern: string, mark: string): string {
  const inName = withMarksInName(pattern);
  const any = withAnyCharacter(pattern);
  const written = writtenOut(pattern, mark);
  if (written === null && (any === pattern || globProblem(any) !== null))
    return `Write \`?\` for one character${globProblem(inName) === null ? `: "${mark}${inName}"` : ""}.`;
  const instead = written ?? `Write \`?\` for any one character: "${mark}${any}"`;
  return `${instead}; where the brackets are part of a name, "${mark}${inName}".`;
}

function braceFix(pattern: string, mark: string): string {
  const written = writtenOut(pattern, mark);
  if (written !== null) return `${written}.`;
  const first = firstChoice(pattern);
  if (first !== null && globProblem(first) === null)
    return `Write one pattern for each choice, such as "${mark}${first}".`;
  return `Write one pattern for each choice; where the braces are part of a name, "${mark}${withMarksInName(pattern)}".`;
}

/** Null when the choices are too many, or are no patterns. */
function writtenOut(pattern: string, mark: string): string | null {
  const choices = choicesIn(pattern);
  if (choices === null || choices.some((choice) => globProblem(choice) !== null)) return null;
  return `Write one pattern for each choice: ${choices.map((choice) => `"${mark}${choice}"`).join(", ")}`;
}

function shapeProblem(pattern: string, mark: string): { what: string; fix: string } | null {
  const segments = pattern.split("/");
  const what = slashesWrong(pattern, segments);
  if (what !== null)
    return wrong(what, globProblem(mended(pattern), mark)?.fix ?? `Write "${mark}${mended(pattern)}".`);
  if (segments.includes("..") || segments.includes(".")) {
    return wrong("has a `.` or `..` segment", "Write the path from the root of the repository.");
  }
  if (segments.some((part) => part !== "**" && part.includes("**"))) {
    return wrong("has `**` beside other characters", 'Write `**` between slashes: "src/**/*.ts".');
  }
  return null;
}

function slashesWrong(pattern: string, segments: readonly string[]): string | null {
  if (pattern.startsWith("/")) return "begins with a slash";
  if (pattern.endsWith("/")) return "ends with a slash";
  if (segments.includes("")) return "has two slashes in a row";
  return segments[0] === "." ? "begins with `./`" : null;
}

/** The pattern without slashes and dots that mean nothing; a folder stands for what is in it. */
function mended(pattern: string): string {
  const path = pattern
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
  if (path === "") return "**";
  return pattern.endsWith("/") && path !== "**" && !path.endsWith("/**") ? `${path}/**` : path;
}

function wrong(what: string, fix: string): { what: string; fix: string } {
  return { what: `the pattern ${what}`, fix };
}

function compileSegment(segment: string): GlobSegment {
  if (segment === "**") return { kind: "any-depth" };
  if (!segment.includes("*") && !segment.includes("?")) return { kind: "exact", text: segment };
  return { kind: "wild", text: segment, characters: Array.from(segment, (character) => character.codePointAt(0)!) };
}

function segmentMatches(segment: GlobSegment, name: string, work: Work | undefined): boolean {
  if (segment.kind === "any-depth") return true;
  if (segment.kind === "exact") return segment.text === name;
  return wildMatches(segment.characters, name, work);
}

const star = 0x2a;
const question = 0x3f;

/** As above, with `*` for any run of code points. The name is read where it stands: splitting it costs more than matching. */
function wildMatches(pattern: readonly number[], name: string, work: Work | undefined): boolean {
  let part = 0;
  let at = 0;
  let backPart = -1;
  let backAt = 0;
  let steps = 1;
  while (at < name.length) {
    steps += 1;
    const wanted = pattern[part];
    const character = name.codePointAt(at)!;
    if (wanted === star) {
      backPart = part++;
      backAt = at;
      // Whatever is left.
      if (part === pattern.length) return counted(true, steps, work);
    } else if (wanted === question || wanted === character) {
      part += 1;
      at += widthOf(character);
    } else if (backPart >= 0) {
      steps += 1;
      backAt += widthOf(name.codePointAt(backAt)!);
      at = backAt;
      part = backPart + 1;
    } else return counted(false, steps, work);
  }
  while (pattern[part] === star) part += 1;
  return counted(part === pattern.length, steps, work);
}

/** In UTF-16 code units. */
function widthOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}
