import { Problem } from "../../problem.ts";
import { countedMatching, matchesPattern, type CodeownersPattern } from "./pattern.ts";

/** Something in a CODEOWNERS file that patterns say where it holds. */
export interface Placed {
  readonly line: number;
}

/** The entries of a file by the folders that their patterns begin with, so that a path is compared with few of them. */
export interface PatternIndex<Entry extends Placed> {
  /** The lowest line that matches and is asked for. Entries that are not asked for are passed over. */
  last: (names: readonly string[], isAsked: (entry: Entry) => boolean) => Entry | undefined;
  /** Every entry of which a pattern matches, by line. */
  all: (names: readonly string[]) => Entry[];
}

/** How many comparisons of names one file may take, over all the paths that it is asked about: some seconds at worst. */
export const comparisonLimit = 15_000_000;

/**
 * @throws {Problem} its functions do, once they have compared more than the limit in all: GitHub loads a file of 3 MB, and
 * nobody waits for 100,000 wildcards on each of 3,000 paths
 */
export function indexPatterns<Entry extends Placed>(
  entries: readonly Entry[],
  patternsOf: (entry: Entry) => readonly CodeownersPattern[],
  limit = comparisonLimit,
): PatternIndex<Entry> {
  let left = limit;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw tooMuch(entries.length, limit);
  };
  const matching = countedMatching(spend);
  const [root, anywhere] = sorted(entries, patternsOf);
  const matches = ({ pattern }: Entrance<Entry>, names: readonly string[]) => {
    spend(1);
    return matchesPattern(pattern, names, matching);
  };
  return {
    last: (names, isAsked) => {
      let best: Entry | undefined;
      for (const bucket of bucketsFor(names, root, anywhere)) {
        for (let index = bucket.length - 1; index >= 0; index -= 1) {
          const entrance = bucket[index]!;
          const { entry } = entrance;
          if (best !== undefined && entry.line <= best.line) break;
          if (!isAsked(entry)) spend(1);
          else if (matches(entrance, names)) best = entry;
        }
      }
      return best;
    },
    all: (names) => {
      const found = bucketsFor(names, root, anywhere).flatMap((bucket) =>
        bucket.filter((entrance) => matches(entrance, names)),
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

interface Folder<Entry> {
  entries: Entrance<Entry>[];
  folders: Map<string, Folder<Entry>>;
}

type ByName<Entry> = Map<string, Entrance<Entry>[]>;

/** By the folders before the first wildcard; and those that hold for one name in any folder, by that name. */
function sorted<Entry>(
  entries: readonly Entry[],
  patternsOf: (entry: Entry) => readonly CodeownersPattern[],
): [Folder<Entry>, ByName<Entry>] {
  const root: Folder<Entry> = { entries: [], folders: new Map() };
  const anywhere: ByName<Entry> = new Map();
  for (const entry of entries) {
    for (const pattern of patternsOf(entry)) {
      const { segments } = pattern;
      const [first, second] = segments;
      if (first === null && typeof second === "string") entriesIn(anywhere, second).push({ entry, pattern });
      else folderOf(root, segments).entries.push({ entry, pattern });
    }
  }
  return [root, anywhere];
}

function entriesIn<Entry>(byName: ByName<Entry>, name: string): Entrance<Entry>[] {
  const known = byName.get(name) ?? [];
  byName.set(name, known);
  return known;
}

function folderOf<Entry>(root: Folder<Entry>, segments: CodeownersPattern["segments"]): Folder<Entry> {
  let folder = root;
  for (const segment of segments) {
    if (typeof segment !== "string") break;
    const known: Folder<Entry> = folder.folders.get(segment) ?? { entries: [], folders: new Map() };
    folder.folders.set(segment, known);
    folder = known;
  }
  return folder;
}

function bucketsFor<Entry>(
  names: readonly string[],
  root: Folder<Entry>,
  anywhere: ByName<Entry>,
): Entrance<Entry>[][] {
  const buckets = [root.entries, ...[...new Set(names)].flatMap((name) => [anywhere.get(name) ?? []])];
  let folder: Folder<Entry> | undefined = root;
  for (const name of names) {
    folder = folder.folders.get(name);
    if (folder === undefined) break;
    buckets.push(folder.entries);
  }
  return buckets;
}

function tooMuch(lines: number, limit: number): Problem {
  return new Problem(
    `CODEOWNERS takes too much work: its ${lines} lines on the files of this change need more than ${limit.toLocaleString("en-US")} comparisons, so nobody can say who owns them.`,
    "Begin patterns with the folders that they are about, write fewer wildcards, or split the change.",
  );
}
