import type { AttributedLines } from "./attribution.ts";

/**
 * The stretches of one file ascending, without overlap, and joined where neighbours say the same. Where several cover a
 * line the strongest counts: ai, then mixed, then human; among equals one that names its tool, then the first.
 * Takes n log n steps, whatever overlaps.
 */
export function joinStretches(stretches: readonly AttributedLines[]): AttributedLines[] {
  const ascending = [...stretches].sort((a, b) => a.start - b.start);
  const overlap = ascending.some((stretch, index) => stretch.start <= (ascending[index - 1]?.end ?? 0));
  return join(overlap ? withoutOverlap(stretches) : ascending);
}

function join(ascending: readonly AttributedLines[]): AttributedLines[] {
  const joined: AttributedLines[] = [];
  for (const stretch of ascending) {
    const before = joined.at(-1);
    if (before !== undefined && before.end + 1 === stretch.start && sameWriter(before, stretch))
      before.end = stretch.end;
    else joined.push({ ...stretch });
  }
  return joined;
}

function sameWriter(a: AttributedLines, b: AttributedLines): boolean {
  return a.by === b.by && a.agent === b.agent && a.model === b.model && a.session === b.session;
}

/** Paints the strongest first; what a weaker one finds painted stays. */
function withoutOverlap(stretches: readonly AttributedLines[]): AttributedLines[] {
  const cuts = [...new Set(stretches.flatMap(({ start, end }) => [start, end + 1]))].sort((a, b) => a - b);
  const indexOf = new Map(cuts.map((cut, index) => [cut, index]));
  const painted: (AttributedLines | undefined)[] = [];
  const nextFree = freeSlots(cuts.length);
  for (const stretch of [...stretches].sort(strongestFirst)) {
    const end = indexOf.get(stretch.end + 1)!;
    for (let at = nextFree(indexOf.get(stretch.start)!); at < end; at = nextFree(at + 1)) {
      painted[at] = stretch;
      nextFree.take(at);
    }
  }
  return cuts.flatMap((start, index) => {
    const stretch = painted[index];
    return stretch === undefined ? [] : [{ ...stretch, start, end: cuts[index + 1]! - 1 }];
  });
}

/** Finds the first slot from `at` on that nobody took. Each slot remembers where to look next, so a walk is never repeated. */
function freeSlots(count: number) {
  const next = Int32Array.from({ length: count + 2 }, (_, index) => index);
  const find = (at: number): number => {
    let free = at;
    while (next[free] !== free) free = next[free]!;
    for (let walked = at; walked !== free;) {
      const following = next[walked]!;
      next[walked] = free;
      walked = following;
    }
    return free;
  };
  return Object.assign(find, { take: (at: number) => void (next[at] = at + 1) });
}

const strength = { ai: 0, mixed: 1, human: 2 } as const;

function strongestFirst(a: AttributedLines, b: AttributedLines): number {
  return strength[a.by] - strength[b.by] || Number(a.agent === null) - Number(b.agent === null);
}
