import type { Glob } from "./glob.ts";
import { includedIn, partsOf, type PathList } from "./path-list.ts";
import { spend, type Work } from "./work.ts";

/** The entries whose lists may mean a file with these forms of its paths, in their order. */
export type ListIndex<Entry> = (forms: readonly string[], work?: Work) => readonly Entry[];

/**
 * Puts lists under what a path must have to be meant by them: the folders that a pattern begins with, else the longest name
 * in it. A monorepo has hundreds of areas, and each of its files lies in one or two.
 */
export function indexLists<Entry>(entries: readonly Entry[], listOf: (entry: Entry) => PathList): ListIndex<Entry> {
  const byClue = new Map<string | null, number[]>();
  entries.forEach((entry, at) => {
    for (const clue of new Set(includedIn(listOf(entry)).map(clueOf))) {
      const known = byClue.get(clue);
      if (known === undefined) byClue.set(clue, [at]);
      else known.push(at);
    }
  });
  return (forms, work) => {
    const { split, short } = partsOf(forms);
    // Nobody knows what a short name leads to, and looking up hundreds of folders takes longer than asking.
    if (short.length > 0 || split.some(({ length }) => length > mostFolders)) return entries;
    const found = new Set(byClue.get(null));
    for (const segments of split) {
      const clues = cluesIn(segments);
      if (work !== undefined) spend(work, stepsOfClue * clues.length);
      for (const clue of clues) for (const at of byClue.get(clue) ?? []) found.add(at);
    }
    return [...found].sort((a, b) => a - b).map((at) => entries[at]!);
  };
}

/** A path of more is asked for every list. */
const mostFolders = 32;

/** Looking one up: as long as comparing so many characters. */
const stepsOfClue = 8;

/** Patterns that begin with more folders stand under the first of them. */
const longestBeginning = 3;

/** Null for a pattern that says nothing of what a path must have. No name holds a slash, so the two kinds are never confused. */
function clueOf({ parts }: Glob): string | null {
  const exact = parts.flatMap((part) => (part.kind === "exact" ? [part.text] : []));
  const wild = parts.findIndex(({ kind }) => kind !== "exact");
  const beginning = exact.slice(0, Math.min(wild < 0 ? parts.length : wild, longestBeginning));
  if (beginning.length > 0) return `/${beginning.join("/")}`;
  return exact.reduce<string | null>((best, name) => (best !== null && best.length >= name.length ? best : name), null);
}

/** Every clue under which a pattern that matches this path may stand. */
function cluesIn(segments: readonly string[]): string[] {
  const beginnings = segments
    .slice(0, longestBeginning)
    .map((_, index) => `/${segments.slice(0, index + 1).join("/")}`);
  return [...beginnings, ...segments];
}
