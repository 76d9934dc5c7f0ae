import type { CodeownersPattern, Part, Segment } from "./pattern.ts";
import { endOfMatch, type Wildcards } from "./wildcards.ts";

/**
 * Whether one pattern is sure to match every path that the other matches. `false` also where nobody can tell easily: it
 * never says yes for a path that is left out.
 */
export function coversPattern(covering: CodeownersPattern, covered: CodeownersPattern): boolean {
  const wide = withoutLoneStar(covering);
  const whole = wide.reach === "self";
  const end = endOfMatch(segments, wide.segments, covered.segments, whole);
  if (end === null) return false;
  if (whole) return covered.reach === "self";
  // The last name of a pattern is never `**`: what is left of it is at least one name.
  return wide.reach === "both" || covered.reach === "inside" || end < covered.segments.length;
}

/** `**` and `*` behind it are all that is inside. */
function withoutLoneStar(pattern: CodeownersPattern): CodeownersPattern {
  const { segments: names, reach } = pattern;
  if (reach !== "self" || names.at(-2) !== null) return pattern;
  return { segments: names.slice(0, -2), reach: "inside" };
}

const segments: Wildcards<Segment, Segment> = { isStar: (segment) => segment === null, fits: coversName };
const parts: Wildcards<Part, Part> = {
  isStar: (part) => part === "many",
  fits: (part, covered) => {
    if (part === "many" || covered === "many") return false;
    return part === "any" || (covered !== "any" && part.literal === covered.literal);
  },
};

function coversName(covering: Segment, covered: Segment): boolean {
  if (covering === null || covered === null) return false;
  return endOfMatch(parts, partsOf(covering), partsOf(covered), true) !== null;
}

function partsOf(name: string | readonly Part[]): readonly Part[] {
  return typeof name === "string" ? Array.from(name, (literal) => ({ literal })) : name;
}
