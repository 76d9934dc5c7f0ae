import type { Place, Severity } from "../../findings/finding.ts";
import { compare } from "../order.ts";

/** An annotation in the making. All its texts may be untrusted still. */
export interface Note {
  level: Severity;
  place: Place;
  /** What kind of news it is; only notes of one kind become one. */
  title: string;
  /** What was found, one sentence each. */
  says: string[];
  /** Who wrote it and what to do: said once, after all that was found. */
  closing: string[];
}

/** Notes of one kind and level on lines that touch or overlap, made one. Other notes stay as they are, and come first. */
export function groupNeighbours(notes: readonly Note[]): Note[] {
  const grouped: Note[] = [];
  for (const note of notes.filter(({ place }) => place.kind === "lines").sort(byKindAndPlace)) {
    const last = grouped.at(-1);
    const joined = last === undefined ? null : join(last, note);
    if (joined === null) grouped.push(note);
    else grouped[grouped.length - 1] = joined;
  }
  return [...notes.filter(({ place }) => place.kind !== "lines"), ...grouped];
}

function join(a: Note, b: Note): Note | null {
  if (a.place.kind !== "lines" || b.place.kind !== "lines") return null;
  if (a.level !== b.level || a.title !== b.title || a.place.path !== b.place.path) return null;
  if (b.place.start > a.place.end + 1) return null;
  return {
    ...a,
    place: { ...a.place, end: Math.max(a.place.end, b.place.end) },
    says: [...new Set([...a.says, ...b.says])],
    closing: [...new Set([...a.closing, ...b.closing])],
  };
}

function byKindAndPlace(a: Note, b: Note): number {
  return compare(kind(a), kind(b)) || start(a) - start(b);
}

function kind({ level, title, place }: Note): string {
  return JSON.stringify([level, title, place.kind === "lines" ? place.path : ""]);
}

function start({ place }: Note): number {
  return place.kind === "lines" ? place.start : 0;
}
