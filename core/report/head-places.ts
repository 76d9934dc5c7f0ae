import type { WrittenLines } from "../change/authorship.ts";
import type { Place } from "../findings/finding.ts";
import type { Review } from "./review.ts";

/** Where things of the change stand at head, by path. */
export interface HeadPlaces {
  /** Who wrote the added lines of each changed file that is still there. */
  written: ReadonlyMap<string, readonly WrittenLines[]>;
  /** From a path that a file had before to the one it has now. */
  renamed: ReadonlyMap<string, string>;
  deleted: ReadonlySet<string>;
}

/** Of files that stand in no change: every place is as it is. */
export const noPlaces: HeadPlaces = { written: new Map(), renamed: new Map(), deleted: new Set() };

/** Whether the place is a file or lines of one. */
export function isInFile(place: Place): place is Extract<Place, { path: string }> {
  return place.kind === "lines" || place.kind === "file";
}

export function headPlaces(review: { change: Pick<Review["change"], "files"> }): HeadPlaces {
  const { files } = review.change;
  const there = files.filter((file) => file.status !== "deleted");
  return {
    written: new Map(there.map((file) => [file.path, file.written])),
    renamed: new Map(there.flatMap((file) => (file.previousPath === null ? [] : [[file.previousPath, file.path]]))),
    deleted: new Set(files.filter((file) => file.status === "deleted").map((file) => file.path)),
  };
}

/**
 * The place as a file at head has it: a renamed file under its new path, as a whole because its old lines mean nothing
 * there; a deleted one is no place in a file any more, but the change.
 */
export function atHead(places: HeadPlaces, place: Place): Place {
  if (!isInFile(place)) return place;
  if (places.written.has(place.path)) return place;
  const path = places.renamed.get(place.path);
  if (path !== undefined) return { kind: "file", path };
  return places.deleted.has(place.path) ? { kind: "change" } : place;
}

/**
 * The place as a platform can mark it in the diff: lines only where the change added some of them, and only those; other
 * lines become their file, and a file that the change does not touch becomes the change.
 */
export function inDiff(places: HeadPlaces, place: Place): Place {
  const there = atHead(places, place);
  if (!isInFile(there)) return there;
  const written = places.written.get(there.path);
  if (written === undefined) return { kind: "change" };
  if (there.kind === "file") return there;
  const added = written.filter(({ start, end }) => start <= there.end && end >= there.start);
  const first = added[0];
  const last = added.at(-1);
  if (first === undefined || last === undefined) return { kind: "file", path: there.path };
  return { ...there, start: Math.max(there.start, first.start), end: Math.min(there.end, last.end) };
}
