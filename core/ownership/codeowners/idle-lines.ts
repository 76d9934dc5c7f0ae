import type { CodeownersLine } from "./codeowners.ts";
import { coversPattern } from "./covers.ts";
import type { CodeownersPattern, Segment } from "./pattern.ts";
import { indexPatterns, TooMuchWork } from "./pattern-index.ts";

/**
 * Each line that a later one covers, with the first that does. Lines that are left out have been told of already. Null
 * where that is too much work.
 */
export function shadowedBy(
  lines: readonly CodeownersLine[],
  isLeftOut: (line: CodeownersLine) => boolean,
): [CodeownersLine, CodeownersLine][] | null {
  const index = indexPatterns(lines, ({ matches }) => [matches]);
  return unlessTooMuch(() =>
    lines
      .filter((line) => !isLeftOut(line))
      .flatMap((line): [CodeownersLine, CodeownersLine][] => {
        // Whatever matches all that the line matches matches this too: few patterns are left to compare.
        const near = index.all(examplePath(line.matches), (other) => other.line > line.line);
        const later = near.find((other) => coversPattern(other.matches, line.matches));
        return later === undefined ? [] : [[line, later]];
      }),
  );
}

/** The lines that match none of the files; null where that is too much work. */
export function matchingNothing(
  lines: readonly CodeownersLine[],
  files: readonly string[],
): readonly CodeownersLine[] | null {
  const index = indexPatterns(lines, ({ matches }) => [matches]);
  const matching = new Set<CodeownersLine>();
  return unlessTooMuch(() => {
    for (const file of files)
      for (const line of index.all(file.split("/"), (one) => !matching.has(one))) matching.add(line);
    return lines.filter((line) => !matching.has(line));
  });
}

/** A path that the pattern matches, with nothing in it that it does not ask for. */
function examplePath({ segments, reach }: CodeownersPattern): string[] {
  const names = segments.filter((segment) => segment !== null).map(exampleName);
  return reach === "inside" ? [...names, anyLetter] : names;
}

/** It stands in no pattern: those with control characters are not valid. */
const anyLetter = "\u0001";

function exampleName(segment: Exclude<Segment, null>): string {
  return typeof segment === "string"
    ? segment
    : segment.map((part) => (typeof part === "string" ? anyLetter : part.literal)).join("");
}

function unlessTooMuch<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooMuchWork) return null;
    throw error;
  }
}
