import { hasShortName, mayBeShortFor } from "../../untrusted/index.ts";
import type { CodeownersLine } from "./codeowners.ts";
import { comparisonLimit, TooMuchWork } from "./pattern-index.ts";
import { countedMatching, matchesPattern, type Matching, type Part } from "./pattern.ts";

/** The lines that may mean a path, given as its names in lower case, by the long names of its short ones. */
export type LinesByShortName = (names: readonly string[]) => CodeownersLine[];

/**
 * Asks every line about a path with parts in the shape of Windows' short names (`AUTHEN~1`); none about any other path.
 * @throws {TooMuchWork} the answer does, once more than the limit was compared in all
 */
export function linesByShortName(lines: readonly CodeownersLine[], limit = comparisonLimit): LinesByShortName {
  let left = limit;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw new TooMuchWork(lines.length, limit);
  };
  const matching = shortNameMatching(spend);
  return (names) =>
    hasShortName(names) ? lines.filter(({ matches }) => matchesPattern(matches, names, matching)) : [];
}

function shortNameMatching(spend: (steps: number) => void): Matching {
  const plain = countedMatching(spend);
  return {
    isStar: plain.isStar,
    fits: (segment, name) => {
      if (plain.fits(segment, name)) return true;
      if (segment === null) return false;
      spend(stepsOfShortName);
      return mayBeShortFor(name, typeof segment === "string" ? segment : segment.map(sign).join(""));
    },
  };
}

/** A name of no more than 12 characters is compared with the beginning of a pattern's name. */
const stepsOfShortName = 5;

function sign(part: Part): string {
  return part === "many" ? "*" : part === "any" ? "?" : part.literal;
}
