import { Problem } from "../../problem.ts";
import { cluesOf, lookForClues, type Clue } from "./clues.ts";
import { countedMatching, matchesPattern, type CodeownersPattern } from "./pattern.ts";

/** Something in a CODEOWNERS file that patterns say where it holds. */
export interface Placed {
  readonly line: number;
}

/** The entries of a file by what a path must have for their patterns to match it, so that a path is compared with few of them. */
export interface PatternIndex<Entry extends Placed> {
  /** The lowest line that matches and is asked for. Entries that are not asked for are passed over. */
  last: (names: readonly string[], isAsked: (entry: Entry) => boolean) => Entry | undefined;
  /** Every entry of which a pattern matches and that is asked for, by line. */
  all: (names: readonly string[], isAsked?: (entry: Entry) => boolean) => Entry[];
}

/** How many comparisons of names one file may take, over all the paths that it is asked about: some seconds at worst. */
export const comparisonLimit = 15_000_000;

/**
 * A file takes more work than anybody waits for: GitHub loads one of 3 MB, which may hold 100,000 wildcards for each of 3,000
 * paths. A command ends with it; whoever decides takes it for a broken configuration, and never for a file without owners.
 */
export class TooMuchWork extends Problem {
  constructor(lines: number, limit: number) {
    super(
      `CODEOWNERS takes too much work: for these files its ${lines.toLocaleString("en-US")} lines need more than ${limit.toLocaleString("en-US")} comparisons of names, so nobody can say who owns them.`,
      "Begin patterns with the folders that they are about, write fewer wildcards, or ask about fewer files at once.",
    );
    this.name = "TooMuchWork";
  }
}

/** @throws {TooMuchWork} its functions do, once they have compared more than the limit in all */
export function indexPatterns<Entry extends Placed>(
  entries: readonly Entry[],
  patternsOf: (entry: Entry) => readonly CodeownersPattern[],
  limit = comparisonLimit,
): PatternIndex<Entry> {
  let left = limit;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw new TooMuchWork(entries.length, limit);
  };
  const matching = countedMatching(spend);
  const shelves = shelve(entries, patternsOf);
  const matches = ({ pattern }: Entrance<Entry>, names: readonly string[]) => {
    spend(1);
    return matchesPattern(pattern, names, matching);
  };
  return {
    last: (names, isAsked) => {
      let best: Entry | undefined;
      for (const shelf of shelvesFor(names, shelves)) {
        for (let index = shelf.length - 1; index >= 0; index -= 1) {
          const entrance = shelf[index]!;
          const { entry } = entrance;
          if (best !== undefined && entry.line <= best.line) break;
          if (!isAsked(entry)) spend(1);
          else if (matches(entrance, names)) best = entry;
        }
      }
      return best;
    },
    all: (names, isAsked = () => true) => {
      const found = [...shelvesFor(names, shelves)].flatMap((shelf) =>
        shelf.filter((entrance) => isAsked(entrance.entry) && matches(entrance, names)),
      );
      return [...new Set(found.map(({ entry }) => entry))].sort((a, b) => a.line - b.line);
    },
  };
}

/** An entry under one of its patterns. */
interface Entrance<Entry> {
  entry: Entry;
  pattern: CodeownersPattern;
}

/** In each list the entries are in the order of the file. */
interface Shelves<Entry> {
  byClue: Readonly<Record<Clue["kind"], Map<string, Entrance<Entry>[]>>>;
  sizes: Readonly<Record<Clue["kind"], Set<number>>>;
  /** Of patterns that could match anything. */
  clueless: Entrance<Entry>[];
}

/** Puts every pattern under the one of its clues that it shares with the fewest others. */
function shelve<Entry>(
  entries: readonly Entry[],
  patternsOf: (entry: Entry) => readonly CodeownersPattern[],
): Shelves<Entry> {
  const entrances = entries.flatMap((entry) =>
    patternsOf(entry).map((pattern) => ({ entry, pattern, clues: cluesOf(pattern) })),
  );
  const sharing = forEachKind(() => new Map<string, number>());
  for (const { clues } of entrances)
    for (const { kind, text } of clues) sharing[kind].set(text, (sharing[kind].get(text) ?? 0) + 1);
  const shelves: Shelves<Entry> = {
    byClue: forEachKind(() => new Map<string, Entrance<Entry>[]>()),
    sizes: forEachKind(() => new Set<number>()),
    clueless: [],
  };
  const shares = ({ kind, text }: Clue) => sharing[kind].get(text) ?? 0;
  for (const { entry, pattern, clues } of entrances) {
    const clue = clues.reduce<Clue | null>((best, one) => (best && shares(best) <= shares(one) ? best : one), null);
    shelfFor(clue, shelves).push({ entry, pattern });
  }
  return shelves;
}

function forEachKind<Value>(make: () => Value): Record<Clue["kind"], Value> {
  return { folder: make(), name: make(), beginning: make(), ending: make(), inside: make() };
}

function shelfFor<Entry>(clue: Clue | null, { byClue, sizes, clueless }: Shelves<Entry>): Entrance<Entry>[] {
  if (clue === null) return clueless;
  sizes[clue.kind].add(clue.size);
  const known = byClue[clue.kind].get(clue.text) ?? [];
  byClue[clue.kind].set(clue.text, known);
  return known;
}

/** Everything that could match a path, and little else. */
function shelvesFor<Entry>(
  names: readonly string[],
  { byClue, sizes, clueless }: Shelves<Entry>,
): Set<Entrance<Entry>[]> {
  const found = new Set([clueless]);
  lookForClues(names, sizes, (kind, text) => {
    const shelf = byClue[kind].get(text);
    if (shelf !== undefined) found.add(shelf);
  });
  return found;
}
