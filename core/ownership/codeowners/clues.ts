import type { CodeownersPattern, Part, Segment } from "./pattern.ts";

/** The kinds of clues. `folder`: what a path begins with. The others may stand in any of its names. */
export const clueKinds = ["folder", "name", "beginning", "ending", "inside"] as const;

/** A text that every path has which a pattern matches: whoever looks for the pattern looks for the text first. */
export interface Clue {
  readonly kind: (typeof clueKinds)[number];
  readonly text: string;
  /** Of a folder how many names it has, of the others how many UTF-16 units. */
  readonly size: number;
}

/** Of longer texts a part is clue enough: how long clues are bounds how many a path can have. */
const longest = { folder: 32, text: 32, inside: 4 };

/** More clues than this tell no more of one pattern. */
const mostClues = 16;

/** The clues of a pattern; none for one such as `*`, which could match anything. */
export function cluesOf({ segments }: CodeownersPattern): Clue[] {
  const folders = foldersOf(segments);
  const names = folders.slice(0, longest.folder);
  const folder: Clue[] = names.length === 0 ? [] : [{ kind: "folder", text: names.join("/"), size: names.length }];
  return [...folder, ...segments.slice(folders.length).flatMap(cluesOfName)].slice(0, mostClues);
}

/** The names before the first wildcard. */
function foldersOf(segments: readonly Segment[]): string[] {
  const names: string[] = [];
  for (const segment of segments) {
    if (typeof segment !== "string") break;
    names.push(segment);
  }
  return names;
}

function cluesOfName(segment: Segment): Clue[] {
  if (segment === null) return [];
  if (typeof segment === "string") return [{ kind: "name", text: segment, size: segment.length }];
  const texts = textsBetweenWildcards(segment);
  const beginning = (texts[0] ?? "").slice(0, longest.text);
  const ending = (texts.at(-1) ?? "").slice(-longest.text);
  const clues: Clue[] = [
    { kind: "beginning", text: beginning, size: beginning.length },
    { kind: "ending", text: ending, size: ending.length },
    ...texts.slice(1, -1).flatMap(cluesInside),
  ];
  return clues.filter(({ size }) => size > 0);
}

function textsBetweenWildcards(parts: readonly Part[]): string[] {
  const texts: string[][] = [[]];
  for (const part of parts) {
    if (typeof part === "string") texts.push([]);
    else texts.at(-1)?.push(part.literal);
  }
  return texts.map((characters) => characters.join(""));
}

/** A few units each, one after the other, and those at the end. */
function cluesInside(text: string): Clue[] {
  const size = Math.min(longest.inside, text.length);
  if (size === 0) return [];
  const clues: Clue[] = [{ kind: "inside", text: text.slice(-size), size }];
  for (let at = 0; at + size < text.length && clues.length < mostClues; at += size)
    clues.push({ kind: "inside", text: text.slice(at, at + size), size });
  return clues;
}

/** Which sizes of clues are looked for. */
export type ClueSizes = Readonly<Record<Clue["kind"], ReadonlySet<number>>>;

/** Tells `look` every clue of these sizes that a path has, some of them more than once. Linear in the length of the path. */
export function lookForClues(
  names: readonly string[],
  sizes: ClueSizes,
  look: (kind: Clue["kind"], text: string) => void,
): void {
  let folder = "";
  const deepest = Math.min(names.length, longest.folder);
  for (let depth = 1; depth <= deepest && sizes.folder.size > 0; depth += 1) {
    const name = names[depth - 1] ?? "";
    folder = depth === 1 ? name : `${folder}/${name}`;
    if (sizes.folder.has(depth)) look("folder", folder);
  }
  for (const name of names) {
    if (sizes.name.size > 0) look("name", name);
    for (const size of sizes.beginning) if (size <= name.length) look("beginning", name.slice(0, size));
    for (const size of sizes.ending) if (size <= name.length) look("ending", name.slice(-size));
    for (const size of sizes.inside) {
      for (let at = 0; at + size <= name.length; at += 1) look("inside", name.slice(at, at + size));
    }
  }
}
