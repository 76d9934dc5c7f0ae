import { compileGlob, globMatches, type Glob } from "./glob.ts";
import type { KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";

/** One list of patterns in a policy file. */
export interface PatternList {
  path: KeyPath;
  patterns: readonly string[];
  /** `exact`: paths that count letter by letter, as those that exempt do. */
  of: "paths" | "exact" | "branches";
  /** Whose list it is, as the end of a sentence, and what could be removed with it. */
  whose: string;
  part: string;
}

/** Every list of patterns that a policy file holds; a row below for each place where one may stand. */
export function patternLists(root: YamlNode): PatternList[] {
  return places.flatMap(({ at, ...place }) =>
    pathsLike(root, at).flatMap((path) => {
      const patterns = textsAt(root, path);
      return patterns.length === 0 ? [] : [{ ...place, path, patterns }];
    }),
  );
}

/** Whether every pattern is taken out again, by the letter of the list: whether two patterns can meet is not worth guessing. */
export function isUndone({ patterns }: Pick<PatternList, "patterns">): boolean {
  const exclusions = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  const included = patterns.filter((pattern) => !pattern.startsWith("!"));
  if (exclusions.includes("**")) return true;
  if (included.length === 0 || included.length * exclusions.length > mostPairs) return false;
  const globs = exclusions.map(compileGlob);
  return included.every((pattern) => exclusions.includes(pattern) || (isPlain(pattern) && isMatched(globs, pattern)));
}

/** A longer list is not looked through: a policy is loaded for every decision. */
const mostPairs = 1_000;

function isPlain(pattern: string): boolean {
  return !pattern.includes("*") && !pattern.includes("?");
}

function isMatched(globs: readonly Glob[], path: string): boolean {
  return globs.some((glob) => globMatches(glob, path));
}

/** Stands for every key or position. */
const each = null;
type Place = readonly (string | typeof each)[];

const ofRule = { whose: "this rule", part: "the rule" };
const ofArea = { whose: "this area", part: "the area" };
const ofBoundary = { whose: "this boundary", part: "the boundary" };
const ofWaiver = { whose: "this waiver", part: "the waiver" };

/** One boundary, or a list of them. */
const boundaries = [["forbid"], ["rules", each, "forbid"], ["rules", each, "require", "forbid"]].flatMap(
  (at): Place[] => [at, [...at, each]],
);

const places: readonly (Omit<PatternList, "path" | "patterns"> & { at: Place })[] = [
  { at: ["provenance", "exclude"], of: "exact", whose: "`provenance.exclude`", part: "the list" },
  { at: ["areas", each, "paths"], of: "paths", ...ofArea },
  { at: ["rules", each, "when", "paths"], of: "paths", ...ofRule },
  { at: ["rules", each, "when", "base"], of: "branches", ...ofRule },
  { at: ["rules", each, "when", "branch"], of: "branches", ...ofRule },
  ...boundaries.map((at) => ({ at: [...at, "paths"], of: "paths" as const, ...ofBoundary })),
  ...boundaries.map((at) => ({ at: [...at, "branches"], of: "branches" as const, ...ofBoundary })),
  { at: ["waivers", each, "paths"], of: "exact", ...ofWaiver },
];

function pathsLike(root: YamlNode, place: Place): KeyPath[] {
  return place.reduce<KeyPath[]>(
    (found, part) =>
      part === each
        ? found.flatMap((path) => [...(nodeAt(root, path)?.entries.keys() ?? [])].map((key) => [...path, key]))
        : found.map((path) => [...path, part]),
    [[]],
  );
}

/** A list, or the one text that may stand in its place. */
function textsAt(root: YamlNode, path: KeyPath): string[] {
  const node = nodeAt(root, path);
  if (node === null) return [];
  const values = node.entries.size === 0 ? [node.value] : [...node.entries.values()].map(({ value }) => value);
  return values.filter((value) => typeof value === "string");
}
