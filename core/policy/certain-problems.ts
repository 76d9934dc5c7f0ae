import type { FoundProblem, KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";

/** A part of a text that the parser stumbled over, in UTF-16 code units: what it made of it is a guess. */
export interface Doubt {
  from: number;
  /** Where the text is read for itself again; beyond its end where it never is. */
  to: number;
}

/** Of the problems of a document that was not read to its end, those that would be told of it once it is mended too. */
export function certainProblems(
  found: readonly FoundProblem[],
  root: YamlNode,
  doubts: readonly Doubt[],
): FoundProblem[] {
  const parts = doubts.map(({ from, to }) => {
    const path = pathAt(root, from);
    return { path, from: Math.min(from, nodeAt(root, path)?.keyOffset ?? from), to };
  });
  return found.filter((problem) =>
    parts.every(({ path, from, to }) => !holds(problem.path, path) && (problem.offset < from || problem.offset >= to)),
  );
}

/** The key or the item within which an offset stands. */
function pathAt({ entries }: YamlNode, offset: number): KeyPath {
  const before = [...entries].findLast(([, { keyOffset }]) => keyOffset <= offset);
  return before === undefined ? [] : [before[0], ...pathAt(before[1], offset)];
}

/** What is said of a mapping or a list as a whole may be so only by the part that is in doubt. */
function holds(whole: KeyPath, part: KeyPath): boolean {
  return whole.every((step, index) => part[index] === step);
}
