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
  const entriesOf = entriesOnce();
  const parts = doubts.map(({ from, to }) => {
    const path = pathAt(root, from, entriesOf);
    return { path, from: Math.min(from, nodeAt(root, path)?.keyOffset ?? from), to };
  });
  return found.filter((problem) =>
    parts.every(({ path, from, to }) => !holds(problem.path, path) && (problem.offset < from || problem.offset >= to)),
  );
}

type Entries = readonly (readonly [KeyPath[number], YamlNode])[];

/** What a node holds, in the order of the text; listed once, however many doubts ask. */
function entriesOnce(): (node: YamlNode) => Entries {
  const known = new Map<YamlNode, Entries>();
  return (node) => {
    const entries = known.get(node) ?? [...node.entries];
    known.set(node, entries);
    return entries;
  };
}

/** The key or the item within which an offset stands. */
function pathAt(node: YamlNode, offset: number, entriesOf: (node: YamlNode) => Entries): KeyPath {
  const entries = entriesOf(node);
  const before = entries[lastAtOrBefore(entries, offset)];
  return before === undefined ? [] : [before[0], ...pathAt(before[1], offset, entriesOf)];
}

/** The index of the last that begins at the offset or before it; -1 where none does. */
function lastAtOrBefore(entries: Entries, offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.[1].keyOffset ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What is said of a mapping or a list as a whole may be so only by the part that is in doubt. */
function holds(whole: KeyPath, part: KeyPath): boolean {
  return whole.every((step, index) => part[index] === step);
}
