import { literalShape, memberShape, nameShape, type CodeTokens } from "./code-tokens.ts";

/** Two stretches of the same shape, token by token. */
export interface ComparedStretch {
  own: CodeTokens;
  start: number;
  other: CodeTokens;
  from: number;
  length: number;
}

/**
 * Whether two stretches of the same shape are one piece of logic written twice; null when they only look alike. A copy
 * keeps the members that it uses and renames its own names one for one. Rows of data have other literals each, and code of
 * one kind of line again and again is a list.
 */
export function judgeCopy(stretch: ComparedStretch): { isRenamed: boolean } | null {
  const { members, names, literals, renamedOnce, kinds, lines } = countSame(stretch);
  if (kinds < Math.max(leastKinds, lines * leastVariety)) return null;
  const isEqual = share(members) === 1 && share(names) === 1 && share(literals) === 1;
  if (isEqual) return { isRenamed: false };
  if (stretch.length < fewestRenamed || share(members) < 0.8 || share(both(members, names)) < 0.3 || renamedOnce < 0.95)
    return null;
  if (literals.all * 8 > stretch.length && share(literals) < 0.5) return null;
  return { isRenamed: true };
}

/** What is not equal has to be longer, to be more than a habit. */
const fewestRenamed = 70;

/** How many kinds of line a stretch has at least, and how many of its lines are of a kind of their own. */
const leastKinds = 4;
const leastVariety = 0.5;

interface Same {
  all: number;
  same: number;
}

function share({ all, same }: Same): number {
  return all === 0 ? 1 : same / all;
}

function both(one: Same, other: Same): Same {
  return { all: one.all + other.all, same: one.same + other.same };
}

interface Counts {
  members: Same;
  names: Same;
  literals: Same;
  /** The share of names that stand for one and the same name all along. */
  renamedOnce: number;
  kinds: number;
  lines: number;
}

function countSame({ own, start, other, from, length }: ComparedStretch): Counts {
  const counted: Record<number, Same> = {
    [memberShape]: { all: 0, same: 0 },
    [nameShape]: { all: 0, same: 0 },
    [literalShape]: { all: 0, same: 0 },
  };
  const renamed = new Map<number, number>();
  const originals = new Map<number, number>();
  let steady = 0;
  const kinds = new Set<number>();
  let lines = 0;
  let kind = 0;
  for (let next = 0; next < length; next += 1) {
    const shape = own.shapes[start + next]!;
    const [text, there] = [own.texts[start + next]!, other.texts[from + next]!];
    const counts = counted[shape];
    if (counts !== undefined) {
      counts.all += 1;
      if (text === there) counts.same += 1;
    }
    if (shape === nameShape) {
      const known = renamed.get(text) ?? there;
      const original = originals.get(there) ?? text;
      renamed.set(text, known);
      originals.set(there, original);
      if (known === there && original === text) steady += 1;
    }
    kind = (Math.imul(kind, 31) + shape) | 0;
    if (next + 1 < length && own.lines[start + next] === own.lines[start + next + 1]) continue;
    kinds.add(kind);
    lines += 1;
    kind = 0;
  }
  const names = counted[nameShape]!;
  return {
    members: counted[memberShape]!,
    names,
    literals: counted[literalShape]!,
    renamedOnce: names.all === 0 ? 1 : steady / names.all,
    kinds: kinds.size,
    lines,
  };
}
