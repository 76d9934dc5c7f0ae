import type { PathList } from "./path-list.ts";

/**
 * Whether certainly no path, as it is written, matches a pattern of both lists: every two of them differ in a folder that
 * both name before anything wild. Exclusions are passed over, they only take away.
 */
export function lieApart(one: PathList, other: PathList): boolean {
  const [left, right] = [included(one), included(other)];
  if (left.length === 0 || right.length === 0 || left.length * right.length > mostPairs) return false;
  return left.every((a) => right.every((b) => differs(a, b)));
}

/** Longer lists are not compared: a policy is loaded for every decision. */
const mostPairs = 1_000;

/** In lower case: a letter's case brings a file under a list. */
function included(list: PathList): string[][] {
  return list.filter((pattern) => !pattern.startsWith("!")).map((pattern) => pattern.toLowerCase().split("/"));
}

function differs(one: readonly string[], other: readonly string[]): boolean {
  const at = one.findIndex((part, index) => part !== other[index] || isWild(part));
  const [a, b] = [one[at], other[at]];
  return a !== undefined && b !== undefined && !isWild(a) && !isWild(b);
}

function isWild(part: string): boolean {
  return part.includes("*") || part.includes("?");
}
