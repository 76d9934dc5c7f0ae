import type * as z from "zod";
import { keyPlaces } from "./key-places.ts";
import { otherWordsFor } from "./other-words.ts";
import type { KeyPath } from "./problem.ts";
import { closest, holding, isPluralOf } from "./suggest.ts";

/**
 * What to write for a key that there is not: what it was probably meant as here, where it belongs, or the known keys.
 * @param known the keys that may stand in its place
 */
export function suggestKey(path: KeyPath, known: readonly string[], schema: z.ZodType): string {
  const key = String(path.at(-1));
  const [first] = key.split(":", 1);
  if (first !== undefined && first !== key && known.includes(first)) {
    return `Write a space after the colon: \`${first}: …\`.`;
  }
  if (exclusions.has(asWord(key)) && known.includes("paths") && !known.includes("exclude")) {
    return 'To leave paths out, write them with a `!` first: `paths: ["src/**", "!src/gen/**"]`.';
  }
  const here = meantHere(key, known);
  if (here.length > 0) return didYouMean(here);
  const elsewhere = unplaced.has(key) ? [] : placesOf(path, schema);
  const meant = closest(key, known);
  // A key that stands elsewhere letter by letter is no slip of the pen.
  if (meant !== null && elsewhere.length === 0 && !unplaced.has(key)) return didYouMean([meant]);
  return elsewhere.length === 0 ? `Known keys: ${known.join(", ")}.` : belongs(key, elsewhere);
}

/** Whether a key was probably meant as this one, which is then not missing. */
export function isMeantAs(key: string, meant: string): boolean {
  return key !== meant && (closest(key, [meant]) !== null || otherWordsFor(asWord(key)).includes(meant));
}

/** What a key is meant as although it may stand elsewhere too: its singular or plural, another word for it, or more words. */
function meantHere(key: string, known: readonly string[]): readonly string[] {
  const plural = known.find((candidate) => isPluralOf(key, candidate));
  if (plural !== undefined) return [plural];
  const others = otherWordsFor(asWord(key));
  const words = known.filter((candidate) => others.includes(candidate));
  if (words.length > 0 || unplaced.has(key)) return words;
  const holder = holding(key, known);
  return holder === null ? [] : [holder];
}

/** What other tools leave paths out by. */
const exclusions: ReadonlySet<string> = new Set(
  "exclude except ignore excludes exclude_paths exclude_files ignore_paths paths_ignore not_paths".split(" "),
);

/** Words that say too little: neither where they belong nor what they are a part of. */
const unplaced: ReadonlySet<string> = new Set(["name", "description", "exclude", "policy", "default"]);

function asWord(key: string): string {
  return key.toLowerCase().replaceAll("-", "_");
}

function didYouMean(keys: readonly string[]): string {
  return `Did you mean ${keys.map((key) => `\`${key}\``).join(" or ")}?`;
}

/** Where the key, or what it is another word for, stands below the mapping that it was written in; or in one around it; else wherever it stands. */
function placesOf(path: KeyPath, schema: z.ZodType): readonly string[] {
  const key = String(path.at(-1));
  const places = keyPlaces(schema);
  const all = places.get(key) ?? [];
  const parent = partsOf(path.slice(0, -1));
  const words = parent.length === 0 ? [] : [key, ...otherWordsFor(asWord(key))];
  const below = words.map((word) => (places.get(word) ?? []).filter((place) => isBelow(place.split("."), parent)));
  const around = all.filter((place) => isBelow(parent, place.split(".").slice(0, -1)));
  const nearest = around.toSorted((a, b) => b.split(".").length - a.split(".").length).slice(0, 1);
  // Owners are named by area first of all.
  const ofAreas = all.filter((place) => place === `areas.<name>.owners.${key}`);
  return [...below, nearest, ofAreas].find((found) => found.length > 0) ?? all;
}

/** `rules[]`, `when`: a path as the places of keys are written. */
function partsOf(path: KeyPath): string[] {
  const text = path.map((part) => (typeof part === "number" ? "[]" : `\n${part}`)).join("");
  return text.split("\n").slice(1);
}

/** Whether one path leads on from the other; `<name>` in either stands for any name. */
function isBelow(path: readonly string[], start: readonly string[]): boolean {
  const isSame = (a: string, b: string | undefined) => a === b || a === "<name>" || b === "<name>";
  return path.length > start.length && start.every((part, index) => isSame(part, path[index]));
}

/** Of a key that stands in many places, those nearest to the top are told. */
function belongs(key: string, places: readonly string[]): string {
  const [first = key] = places;
  if (first === key) return `It belongs at the top of the file: \`${key}\`.`;
  const near = places.filter((place) => place.split(".").length === first.split(".").length).slice(0, 3);
  return `It belongs elsewhere: ${near.map((place) => `\`${place}\``).join(", ")}.`;
}
